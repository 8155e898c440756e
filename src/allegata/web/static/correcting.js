// Selected words of the passage become a part of the statement. The numbers count characters (code points), as
// everywhere; without this they are typed.
const passage = document.querySelector("#passage");
document.documentElement.classList.add("js");

const before = (node, offset) => {
  const range = document.createRange();
  range.setStart(passage, 0);
  range.setEnd(node, offset);
  return [...range.toString()].length + Number(passage.dataset.start);
};

const selected = () => {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  if (!passage.contains(range.startContainer) || !passage.contains(range.endContainer)) return null;
  const span = [before(range.startContainer, range.startOffset), before(range.endContainer, range.endOffset)];
  return span[0] < span[1] ? { span, words: range.toString().trim() } : null;
};

let last = null;
document.addEventListener("selectionchange", () => (last = selected() ?? last));

for (const button of document.querySelectorAll(".take")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    last = selected() ?? last;
    if (!last) return;
    const part = button.dataset.part;
    document.querySelector(`#part-${part}`).value = last.span.join("-");
    document.querySelector(`#words-${part}`).textContent = `“${last.words}”`;
  });
}
