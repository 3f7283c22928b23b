// What htmx changed is announced, and focus never falls off the page.
// A swapped-in element may carry data-announce="words" (read out) and data-focus (takes focus).
// A response may do the same with the header HX-Trigger: {"announce": "words"}.
// Other modules announce with: document.dispatchEvent(new CustomEvent("announce", {detail: {value: "words"}})).

const announcer = document.querySelector("[data-announcer]");
let lastFocus = null;

document.documentElement.classList.add("scripted");

function announce(words) {
  if (!announcer || !words) return;
  announcer.textContent = "";
  setTimeout(() => { announcer.textContent = words; }, 60);
}

document.addEventListener("announce", (event) => announce(event.detail?.value ?? event.detail));

document.addEventListener("htmx:beforeSwap", (event) => {
  const active = document.activeElement;
  lastFocus = event.detail.target?.contains(active) ? { id: active.id, name: active.name, value: active.value, tag: active.tagName } : null;
  // A form that comes back with errors (422) is shown like any other answer.
  if (event.detail.xhr.status === 422) { event.detail.shouldSwap = true; event.detail.isError = false; }
});

// From here on htmx listens itself; early.js may forget.
function repeatEarlyChoices() {
  const choices = window.earlyChoices ?? [];
  window.earlyChoices = null;
  for (const chosen of new Set(choices)) {
    if (chosen.isConnected) chosen.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

document.addEventListener("htmx:load", (event) => {
  const arrived = event.detail.elt;
  if (arrived === document.body) repeatEarlyChoices();
  if (!(arrived instanceof Element) || arrived === document.body) return;
  const find = (selector) => (arrived.matches(selector) ? arrived : arrived.querySelector(selector));
  announce(find("[data-announce]")?.dataset.announce);
  const wanted = find("[data-error-summary]") ?? find("[data-focus]");
  if (wanted) {
    if (!wanted.hasAttribute("tabindex") && wanted.tabIndex < 0) wanted.tabIndex = -1;
    wanted.focus();
  }
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (!lastFocus || (document.activeElement && document.activeElement !== document.body)) return;
  const { id, name, value, tag } = lastFocus;
  const same = (id && document.getElementById(id)) ||
    [...document.getElementsByName(name || " ")].find((element) => element.type !== "radio" || element.value === value);
  if (same && same.tagName === tag) { same.focus({ preventScroll: true }); return; }
  const target = event.detail.target?.isConnected ? event.detail.target : document.getElementById("main");
  if (!target.hasAttribute("tabindex")) target.tabIndex = -1;
  target.focus({ preventScroll: true });
});

for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(failure, (event) => {
    event.target.dispatchEvent(new CustomEvent("unsent", { bubbles: true, detail: { status: event.detail.xhr?.status ?? 0 } }));
  });
}
