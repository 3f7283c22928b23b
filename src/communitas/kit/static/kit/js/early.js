// What somebody chooses while the page is still loading. It runs at once, before anything can be chosen;
// swaps.js lets the choice happen again as soon as htmx listens, so that no mark is shown and never saved.

window.earlyChoices = [];
document.addEventListener("change", (event) => window.earlyChoices?.push(event.target), true);
