// The search of claims follows what is typed, and keeps its state in the address. Without this script the
// button does the same.
const form = document.querySelector("form.search");
const found = document.getElementById("found");
const announced = document.getElementById("announced");

// Fields that are empty do not go into the address.
const query = () => {
  const given = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) given.append(name, value);
  return given.toString();
};

let waiting;
let asked;
const began = location.href;

const follow = async () => {
  const typed = query();
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(`/claims/found?${typed}`, { signal: asked.signal });
    // a date that is half typed means nothing yet
    if (!answer.ok || answer.redirected) return;
    found.innerHTML = await answer.text();
    history.replaceState(null, "", typed ? `/?${typed}` : "/");
    announced.textContent = found.querySelector("[data-found]").textContent;
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
};

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(follow, 120);
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  asked?.abort();
  const typed = query();
  // what was typed stands in the address already, and going to where one is makes no step to go back by
  history.replaceState(null, "", began);
  location.assign(typed ? `/?${typed}` : "/");
});
