// Keeps addresses short: fields that are empty do not go into the address of a search.
for (const form of document.querySelectorAll("form.search")) {
  form.addEventListener("submit", () => {
    const empty = [...form.elements].filter((field) => field.name && !field.value);
    for (const field of empty) field.disabled = true;
    // the page may be kept and come back from the history
    addEventListener("pageshow", () => empty.forEach((field) => (field.disabled = false)), { once: true });
  });
}
