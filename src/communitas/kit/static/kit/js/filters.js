// Filters with htmx answer while one types or chooses; without it the form's own button does.
// form[data-filters]: sent on a choice at once, on typing after a pause.

const pauses = new WeakMap();

function send(form) {
  clearTimeout(pauses.get(form));
  if (window.htmx) form.requestSubmit();
}

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-filters]");
  if (form && event.target.matches("select, input:is([type=checkbox], [type=radio], [type=date])")) send(form);
});

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-filters]");
  if (!form || !event.target.matches("input[type=search], input[type=text]")) return;
  clearTimeout(pauses.get(form));
  pauses.set(form, setTimeout(() => send(form), 350));
});
