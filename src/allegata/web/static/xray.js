// Keeps the legend's state in the address, so that what is seen can be linked to. The marks themselves are
// shown and hidden by the style sheet alone.
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

for (const box of boxes) box.addEventListener("change", remember);
