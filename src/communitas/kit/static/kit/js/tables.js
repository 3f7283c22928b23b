// A hand-written table.stackable gets the labels that its cells show when rows become cards.

function label(table) {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.textContent.trim());
  for (const row of table.tBodies[0]?.rows ?? []) {
    for (const cell of row.cells) {
      if (cell.tagName === "TD" && !cell.dataset.label && heads[cell.cellIndex]) cell.dataset.label = heads[cell.cellIndex];
    }
  }
}

const every = (root) => root.querySelectorAll("table.stackable").forEach(label);
every(document);
document.addEventListener("htmx:load", (event) => {
  const arrived = event.detail.elt;
  const table = arrived.closest?.("table.stackable");
  if (table) label(table);
  if (arrived.querySelectorAll) every(arrived);
});
