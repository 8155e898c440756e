// What the address leads into is unfolded. Without this the style sheet shows it, but it cannot be folded again.
document.documentElement.classList.add("unfolds");

function unfold() {
  const target = document.getElementById(location.hash.slice(1)); // all our ids are plain
  const folded = target ? [...document.querySelectorAll("details.fold:not([open])")] : [];
  const led = folded.filter((fold) => fold.contains(target) || fold.parentElement === target);
  for (const fold of led) fold.open = true;
  if (led.length) target.scrollIntoView();
}

addEventListener("hashchange", unfold);
unfold();
