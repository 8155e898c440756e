// While a document or a citation of the drawing is pointed at, all that lies on its way up to the origin and
// down to its copies stands out. Listens at the document, so that a drawing that is put in later is traced too.
const DRAWING = "svg.lanes[role=group]";

function walk(lines, start, from, to) {
  const found = new Set();
  const queue = [start];
  while (queue.length) {
    const node = queue.pop();
    for (const line of lines) {
      if (found.has(line) || line.dataset[from] !== node) continue;
      found.add(line);
      if (line.dataset[to]) queue.push(line.dataset[to]);
    }
  }
  return found;
}

function clear() {
  for (const drawing of document.querySelectorAll(`${DRAWING}.tracing`)) {
    drawing.classList.remove("tracing");
    for (const item of drawing.querySelectorAll(".near")) item.classList.remove("near");
  }
}

function trace(event) {
  clear();
  const item = event.target.closest?.(".dots a, .lines a");
  const drawing = item?.closest(DRAWING);
  if (!drawing) return;
  const dots = new Map([...drawing.querySelectorAll(".dots a")].map((dot) => [dot.dataset.document, dot]));
  const lines = [...drawing.querySelectorAll(".lines a:not(.loop)")];
  const start = item.dataset.document;
  const near = new Set(start ? [...walk(lines, start, "to", "from"), ...walk(lines, start, "from", "to")] : [item]);
  if (start) dots.get(start).classList.add("near");
  for (const line of near) {
    line.classList.add("near");
    dots.get(line.dataset.from)?.classList.add("near");
    dots.get(line.dataset.to)?.classList.add("near");
  }
  drawing.classList.add("tracing");
}

document.addEventListener("pointerover", trace);
document.addEventListener("focusin", trace);
document.addEventListener("focusout", clear);
