// Score a whole workbook from the keyboard.
//
// Markup: fieldset.criterion[data-criterion][tabindex="-1"] with a marks_input, and its comment in a
// textarea[data-comment]. Optional: [data-scope] on a common parent keeps up and down within it.
// Keys while focus is in a criterion and not in a text:
//   0 to 9   choose the mark of that value          N   not applicable
//   ↓ ↑      next, previous criterion               C   write the comment
//   ← →      the next mark, as the browser does
// Escape in a text goes back to the marks. Choosing fires the usual `change`, so htmx and autosave hear it.

const CRITERION = "[data-criterion]";
const isText = (element) => element.matches("textarea, select, input:not([type=radio], [type=checkbox]), [contenteditable]");

function radios(criterion) {
  return [...criterion.querySelectorAll(".marks input[type=radio]:not(:disabled)")];
}

function enter(criterion) {
  const choices = radios(criterion);
  const goal = choices.find((radio) => radio.checked) ?? choices[0] ?? criterion;
  goal.focus({ preventScroll: true });
  criterion.scrollIntoView({ block: "nearest" });
}

function choose(criterion, value) {
  const radio = radios(criterion).find((choice) => choice.value === value);
  if (!radio) return false;
  radio.focus({ preventScroll: true });
  if (!radio.checked) radio.click();
  return true;
}

function move(criterion, by) {
  const scope = criterion.closest("[data-scope]") ?? document;
  const all = [...scope.querySelectorAll(CRITERION)];
  const next = all[all.indexOf(criterion) + by];
  if (next) enter(next);
}

document.addEventListener("keydown", (event) => {
  const criterion = event.target.closest?.(CRITERION);
  if (!criterion || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (isText(event.target)) {
    if (event.key === "Escape") { event.preventDefault(); enter(criterion); }
    return;
  }
  const key = event.key.toUpperCase();
  if (key === "ARROWDOWN" || key === "ARROWUP") { event.preventDefault(); move(criterion, key === "ARROWDOWN" ? 1 : -1); }
  else if (/^[0-9]$/.test(key)) { if (choose(criterion, key)) event.preventDefault(); }
  else if (key === "N") { if (choose(criterion, "NA")) event.preventDefault(); }
  else if (key === "C") {
    const comment = criterion.querySelector("[data-comment]");
    if (comment) { event.preventDefault(); comment.closest("details")?.setAttribute("open", ""); comment.focus(); }
  }
});
