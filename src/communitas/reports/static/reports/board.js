// Cards of the board are moved with their buttons. Where a mouse is at hand they can be dragged into a column as well:
// dropping one presses the button that leads there, or opens the place for the reason that this move asks for.

const board = document.querySelector(".board");
let card = null;

const wayTo = (column) => column && card?.querySelector(`form[data-to="${CSS.escape(column.dataset.state)}"]`);
const columnOf = (event) => event.target.closest?.("[data-state]");

function mark(column) {
  for (const each of board.querySelectorAll("[data-state]")) each.classList.toggle("over", each === column);
}

function go(form) {
  const reason = form.querySelector("textarea");
  if (!reason) return form.requestSubmit();
  form.closest("details").open = true;
  reason.focus();
}

for (const each of board?.querySelectorAll("li.card") ?? []) {
  if (!each.querySelector("form[data-to]")) continue;
  each.draggable = true;
  for (const link of each.querySelectorAll("a")) link.draggable = false;
  // Words in a field are marked with the mouse, so a card that is written in stays where it is.
  each.addEventListener("focusin", (event) => { each.draggable = !event.target.matches("textarea"); });
  each.addEventListener("focusout", () => { each.draggable = true; });
}

board?.addEventListener("dragstart", (event) => {
  card = event.target.closest?.("li.card[draggable=true]");
  if (!card) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", card.id);
});
board?.addEventListener("dragover", (event) => {
  const column = columnOf(event);
  const way = wayTo(column);
  mark(way ? column : null);
  if (way) event.preventDefault();
});
board?.addEventListener("drop", (event) => {
  const way = wayTo(columnOf(event));
  mark(null);
  if (!way) return;
  event.preventDefault();
  go(way);
});
board?.addEventListener("dragend", () => {
  mark(null);
  card = null;
});
