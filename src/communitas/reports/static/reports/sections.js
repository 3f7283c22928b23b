// Browsers open a closed section by themselves when a link leads into it, and in print. This helps those that do not.

const parts = () => document.querySelectorAll("details.part");

function reveal() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const part = target && target.closest("details.part");
  if (!part || part.open) return;
  part.open = true;
  target.scrollIntoView();
}

let opened = [];
window.addEventListener("hashchange", reveal);
window.addEventListener("beforeprint", () => {
  opened = [...parts()].filter((part) => !part.open);
  for (const part of opened) part.open = true;
});
window.addEventListener("afterprint", () => {
  for (const part of opened) part.open = false;
});
reveal();
