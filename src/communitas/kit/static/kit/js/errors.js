// The summary of what needs another look takes focus when the page opens; its links go to the field itself.

document.querySelector("[data-error-summary]")?.focus();

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-error-summary] a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  const input = field.matches("input, select, textarea") ? field : field.querySelector("input, select, textarea") ?? field;
  input.focus({ preventScroll: true });
  input.scrollIntoView({ block: "center" });
});
