// On a small screen the section list scrolls sideways: bring the current section into view.

for (const list of document.querySelectorAll(".sections ol")) {
  const current = list.querySelector("[aria-current]");
  if (current && list.scrollWidth > list.clientWidth) list.scrollLeft = current.offsetLeft - list.offsetLeft;
}
