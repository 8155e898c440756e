// The review by keyboard, and the effects in full once they are worked out. Without this the buttons and the
// link beside them do the same.
const form = document.querySelector("#answer");
const keys = document.querySelector("#keys");

const press = (selector) => {
  const found = document.querySelector(selector);
  if (found) found.click();
  return Boolean(found);
};

const typing = (target) => target.matches?.("input:not([type=hidden]), textarea, select, [contenteditable]");

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  if (event.key === "Escape") {
    document.activeElement?.blur();
    if (keys) keys.open = false;
    return;
  }
  if (typing(event.target)) {
    // Enter in a field chooses no answer: the keys that do are free again
    if (event.key === "Enter" && event.target.form === form) {
      event.preventDefault();
      event.target.blur();
    }
    return;
  }
  const key = event.key.toLowerCase();
  let done = true;
  if (key === "?" && keys) keys.open = !keys.open;
  else if (key === "r" && form) form.elements.reason.focus();
  else if (key === "u") done = press("#undo button");
  else if (/^[a-z0-9]$/.test(key)) done = press(`[data-key="${key}"]`);
  else done = false;
  if (done) event.preventDefault();
});

if (form) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault(); // a key held down answers one question, not two
    sent = true;
    form.classList.add("sent");
  });
  addEventListener("pageshow", () => {
    sent = false;
    form.classList.remove("sent");
  });
}

if (form && !form.dataset.exact) {
  const answer = await fetch(form.dataset.effect, { headers: { accept: "application/json" } }).catch(() => null);
  if (answer?.ok) {
    for (const { value, effect } of (await answer.json()).answers) {
      const place = [...form.querySelectorAll(".effect")].find((e) => e.dataset.value === value);
      if (!place || place.closest("button").classList.contains("stands")) continue;
      place.textContent = `origins ${effect}`;
      place.classList.remove("about");
    }
    form.querySelector(".exact")?.remove();
    form.dataset.exact = "1";
  }
}
