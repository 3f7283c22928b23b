// A shared device goes back to its first page when nobody has touched it for three minutes; it asks a minute before.
// Nothing that was typed is kept: the page is left, and the browser is told to store nothing.
const bar = document.querySelector("[data-idle]");
if (bar) {
  const after = Number(bar.dataset.idle) * 1000;
  const warning = Math.min(60_000, after / 3);
  let asked;
  let left;
  const leave = () => {
    document.querySelectorAll("form").forEach((form) => form.reset());
    window.location.replace(bar.dataset.start);
  };
  const wait = () => {
    clearTimeout(asked);
    clearTimeout(left);
    bar.hidden = true;
    asked = setTimeout(() => { bar.hidden = false; }, after - warning);
    left = setTimeout(leave, after);
  };
  for (const event of ["pointerdown", "keydown", "input", "scroll"]) {
    window.addEventListener(event, wait, { passive: true });
  }
  // A page that comes back out of the browser's memory holds somebody's answers: it is left at once.
  window.addEventListener("pageshow", (event) => { if (event.persisted) leave(); });
  wait();
}
