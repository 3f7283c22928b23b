// Key in a page of paper by keyboard alone. kit/js/marks.js chooses marks and moves; here is what paper needs besides:
//   X             no box is ticked
//   Ctrl + Enter  send the page, from wherever one is
// The page keeps itself as a draft (hx-post of the form); sending it is an ordinary post. The cursor starts at the
// first thing to key in.

const page = document.getElementById("page");

document.addEventListener("keydown", (event) => {
  if (!page || event.isComposing || event.altKey) return;
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    event.preventDefault();
    page.querySelector("button[name=send][value='1']").click();
    return;
  }
  const criterion = event.target.closest?.("[data-criterion]");
  if (!criterion || event.ctrlKey || event.metaKey || event.target.matches("textarea")) return;
  if (event.key.toUpperCase() === "X") {
    event.preventDefault();
    const none = criterion.querySelector(".no-box input");
    none.focus({ preventScroll: true });
    none.click();
  }
});

// A draft on its way must not overtake the page itself.
page?.addEventListener("submit", () => window.htmx?.trigger(page, "htmx:abort"));

const first = page?.querySelector("#reviewer, #hand") ?? page?.querySelector("[data-criterion]");
first?.focus({ preventScroll: true });
