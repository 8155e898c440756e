// The page of a claim: the day it is shown as of, the stretch of time that is drawn, and a drawer with the
// passages behind a citation. All three are links and forms without this; here they change only a part of
// the page, and the address says what is shown.
import "./fold.js";
import "./lanes.js";

document.documentElement.classList.add("js");

async function fetched(address) {
  const answer = await fetch(address, { headers: { accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return answer.ok ? page : null;
}

// Puts in the same part of another state of the page. The last one asked for wins.
let newest = 0;

async function swap(address, selectors) {
  const turn = ++newest;
  document.body.setAttribute("aria-busy", "true");
  try {
    const page = await fetched(address);
    if (turn !== newest) return false;
    if (!page) throw new Error(address);
    for (const selector of selectors) {
      const [old, fresh] = [document.querySelector(selector), page.querySelector(selector)];
      for (const fold of old?.querySelectorAll("details.fold[open][id]") ?? []) {
        fresh?.querySelector(`#${fold.id}`)?.setAttribute("open", "");
      }
      if (old && fresh) old.replaceWith(fresh);
    }
    document.title = page.title;
    history.replaceState(null, "", address);
    return true;
  } catch {
    location.assign(address);
    return false;
  } finally {
    if (turn === newest) document.body.removeAttribute("aria-busy");
  }
}

// as of ------------------------------------------------------------------------------------------------

const form = document.querySelector(".as-of");

if (form) {
  const range = form.querySelector("input[type=range]");
  const select = form.querySelector("select");
  const before = select.options.length - 1 - Number(range.max); // an option for a day before all of it
  const said = () => range.setAttribute("aria-valuetext", select.selectedOptions[0].textContent.trim());
  range.hidden = false;
  said();

  const address = () => {
    const to = new URL(location.href);
    to.hash = "";
    for (const name of ["judged", "rows", "edges"]) to.searchParams.delete(name); // another day has other pages
    if (select.value) to.searchParams.set("as_of", select.value);
    else to.searchParams.delete("as_of");
    return to.pathname + to.search;
  };

  let waiting;
  const show = () => {
    said();
    clearTimeout(waiting);
    waiting = setTimeout(() => swap(address(), ["#state", "#as-of-steps"]), 120);
  };

  range.addEventListener("input", () => {
    select.selectedIndex = Number(range.value) + before;
    show();
  });
  select.addEventListener("change", () => {
    range.value = String(Math.max(0, select.selectedIndex - before));
    show();
  });
  form.addEventListener("click", (event) => {
    const link = event.target.closest?.("#as-of-steps a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const day = new URL(link.href).searchParams.get("as_of") ?? "";
    select.value = day;
    range.value = String(Math.max(0, select.selectedIndex - before));
    show();
  });
}

// zoom -------------------------------------------------------------------------------------------------

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-zoom]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const name = link.textContent.trim();
  const address = link.getAttribute("href").replace(/#.*/, "");
  if (!(await swap(address, ["#lanes"]))) return;
  for (const field of form?.querySelectorAll("input[type=hidden]") ?? []) field.remove();
  for (const [key, value] of new URL(address, location.href).searchParams) {
    if (!form || key === "as_of") continue;
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: key, value });
    form.prepend(field);
  }
  const ways = [...document.querySelectorAll(".zoom-ways a")];
  (ways.find((a) => a.textContent.trim() === name) ?? ways[0])?.focus({ preventScroll: true });
});

// drawer -----------------------------------------------------------------------------------------------

const drawer = document.getElementById("drawer");
let opener = null;

async function open(address) {
  const page = await fetched(address).catch(() => null);
  const evidence = page?.querySelector("article.edge");
  if (!evidence) return location.assign(address);
  const head = document.createElement("header");
  const close = document.createElement("button");
  close.type = "button";
  close.className = "plainly";
  close.textContent = "Close";
  close.addEventListener("click", () => drawer.close());
  const title = document.createElement("p");
  title.className = "kicker";
  title.textContent = page.querySelector(".kicker").textContent;
  head.append(title, close);
  evidence.removeAttribute("id");
  const parts = [head, ...page.querySelectorAll(".lead.marks"), evidence];
  for (const part of page.querySelectorAll("section[aria-labelledby=h-decided], section.deciding, nav.pages")) parts.push(part);
  drawer.replaceChildren(...parts);
  if (!drawer.open) drawer.showModal();
  drawer.scrollTop = 0;
  close.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-edge], #drawer nav.pages a[rel]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (!drawer.open) opener = link;
  open(link.getAttribute("href"));
});

// a click beside the drawer closes it; links inside that lead to this page do too
drawer.addEventListener("click", (event) => {
  const away = event.target.closest?.("nav.pages a:not([rel])");
  if (event.target === drawer || away) drawer.close();
});

drawer.addEventListener("close", () => {
  opener?.focus();
  opener = null;
});
