// Keeps the legend's state in the address, so that what is seen can be linked to. The marks themselves are
// shown and hidden by the style sheet alone.
import "./fold.js";

document.documentElement.classList.add("js");

const boxes = [...document.querySelectorAll(".legend input[type=checkbox]")];

function remember() {
  const address = new URL(location.href);
  const shown = boxes.filter((box) => box.checked).map((box) => box.value);
  address.searchParams.delete("show");
  if (shown.length === 0) address.searchParams.set("show", "none");
  else if (shown.length < boxes.length) address.searchParams.set("show", shown.join(","));
  history.replaceState(null, "", address);
}

// Words selected in the text are offered as a statement that was missed.
const form = document.querySelector("#add-statement");
const text = document.querySelector("#text");

const wordsOf = (range) => {
  const copy = range.cloneContents();
  for (const mark of copy.querySelectorAll(".ref")) mark.remove();
  return [...copy.childNodes].map((node) => node.textContent).join(copy.querySelector("p") ? " " : "");
};

if (form && text) {
  const offer = document.createElement("button");
  Object.assign(offer, { type: "button", className: "offer", hidden: true, textContent: "Add as a statement" });
  document.body.append(offer);
  let chosen = "";
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    const range = selection.rangeCount ? selection.getRangeAt(0).cloneRange() : null;
    const inside = range && !range.collapsed && text.contains(range.startContainer);
    if (inside && !text.contains(range.endContainer)) range.setEnd(text, text.childNodes.length);
    chosen = inside ? wordsOf(range).replace(/\s+/g, " ").trim().slice(0, 2000) : "";
    offer.hidden = !chosen;
    if (!chosen) return;
    const before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const share = before.toString().length / Math.max(1, text.textContent.length);
    form.elements.near.value = Math.min(999, Math.round(1000 * share));
  });
  offer.addEventListener("mousedown", (event) => event.preventDefault());
  offer.addEventListener("click", () => {
    form.elements.words.value = chosen;
    form.requestSubmit();
  });
}

for (const box of boxes) box.addEventListener("change", remember);
