// While a document or a citation of the drawing is pointed at, all that lies on its way up to the origin and
// down to its copies stands out.
const drawing = document.querySelector("svg.lanes[role=group]");

if (drawing) {
  const dots = new Map([...drawing.querySelectorAll(".dots a")].map((dot) => [dot.dataset.document, dot]));
  const lines = [...drawing.querySelectorAll(".lines a:not(.loop)")];

  const walk = (start, from, to) => {
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
  };

  const clear = () => {
    drawing.classList.remove("tracing");
    for (const item of drawing.querySelectorAll(".near")) item.classList.remove("near");
  };

  const trace = (event) => {
    const item = event.target.closest?.(".dots a, .lines a");
    clear();
    if (!item) return;
    const start = item.dataset.document;
    const near = new Set(start ? [...walk(start, "to", "from"), ...walk(start, "from", "to")] : [item]);
    if (start) dots.get(start).classList.add("near");
    for (const line of near) {
      line.classList.add("near");
      dots.get(line.dataset.from)?.classList.add("near");
      dots.get(line.dataset.to)?.classList.add("near");
    }
    drawing.classList.add("tracing");
  };

  drawing.addEventListener("pointerover", trace);
  drawing.addEventListener("pointerleave", clear);
  drawing.addEventListener("focusin", trace);
  drawing.addEventListener("focusout", clear);
}
