// The workbook saves by itself and shows what others enter, without ever touching what somebody is writing.
//
// form[data-answer] and form[data-side] post themselves (htmx). Here: what could not be sent is tried again, others'
// answers wait while one writes in the same criterion, 'Start from last comment', and 'I am here' (form[data-pulse]).

const PULSE = 12000;
const AGAIN = 5000;
const unsent = new Set();
const dirty = new Set();
const pulse = document.querySelector("form[data-pulse]");
let waited = false;

const answerOf = (element) => element?.closest?.("form[data-answer], form[data-side]");
const criterionOf = (element) => element?.closest?.("form[data-answer]");
const busy = (form) => dirty.has(form.id) || unsent.has(form.id) || form.contains(document.activeElement);
const swapsWhole = (target) => target?.matches?.("form[data-answer], [data-sides]");
const busyWithin = (target) => busy(target) || [...target.querySelectorAll("form")].some(busy);
const tell = (words) => document.dispatchEvent(new CustomEvent("announce", { detail: { value: words } }));

function tone(state) {
  const bar = document.querySelector("#saved .status-bar");
  bar?.classList.remove("saved", "saving", "waiting");
  bar?.classList.add(state);
  return bar;
}

function say(text, state) {
  const bar = tone(state);
  if (!bar) return;
  const words = bar.querySelector(".saying span");
  if (words.textContent !== text) words.textContent = text;
}

document.addEventListener("input", (event) => {
  const form = answerOf(event.target);
  if (form) dirty.add(form.id);
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = answerOf(event.detail.elt);
  if (!form) return;
  // 'Not applicable' without its reason is not an answer yet: nothing is sent, and nobody is scolded.
  const reason = form.querySelector("input[name=reason]");
  if (form.querySelector("input[value=NA]:checked") && !reason?.value.trim()) event.preventDefault();
  else dirty.delete(form.id);
});

document.addEventListener("htmx:afterRequest", (event) => {
  const form = answerOf(event.detail.elt);
  if (!form) return;
  // 403, 404 and 422 are answers: the server said why. Only what never arrived is tried again.
  const status = event.detail.xhr?.status ?? 0;
  const lost = status === 0 || status >= 500;
  unsent[lost ? "add" : "delete"](form.id);
  form.classList.toggle("unsent", lost || status === 403 || status === 404);
  if (status === 200) tell(document.querySelector("#saved .saying span")?.textContent);
  if (unsent.size || status === 403 || status === 404) say(document.querySelector("[data-failed]").dataset.failed, "waiting");
  else if (status === 200) tone("saved");
});

setInterval(() => {
  for (const id of unsent) document.getElementById(id)?.requestSubmit();
}, AGAIN);

addEventListener("beforeunload", (event) => {
  if (unsent.size || dirty.size) event.preventDefault();
});

// Others' answers arrive as whole criteria; one in which somebody here writes waits for the next pulse, and says so.
// Whatever is swapped, focus stays where it was, and what was folded open stays open.
let kept = null;

const pathTo = (element) => element.id ? `#${CSS.escape(element.id)}`
  : element.getAttribute("href") ? `[href="${CSS.escape(element.getAttribute("href"))}"]`
  : element.getAttribute("name") ? `[name="${CSS.escape(element.getAttribute("name"))}"]` : element.tagName.toLowerCase();

function hint(form) {
  if (!form?.matches("form[data-answer]") || form.querySelector(".waits")) return;
  const words = document.querySelector("[data-waits]")?.dataset.waits;
  if (!words) return;
  const line = document.createElement("p");
  line.className = "waits small soft";
  line.textContent = words;
  form.querySelector(".criterion")?.append(line);
  tell(words);
}

document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const target = event.detail.target;
  if (target?.id === "pulse-after" && waited) { event.preventDefault(); waited = false; return; }
  if (swapsWhole(target) && busyWithin(target)) { event.preventDefault(); waited = true; hint(target); return; }
  if (!target?.id) return;
  const active = target.contains(document.activeElement) ? document.activeElement : null;
  kept = { id: target.id, focus: active && active !== target ? pathTo(active) : "",
    open: [...target.querySelectorAll("details")].map((one) => one.open) };
});

document.addEventListener("htmx:oobAfterSwap", () => {
  const arrived = kept && document.getElementById(kept.id);
  if (!arrived) return;
  const { focus, open } = kept;
  kept = null;
  if (swapsWhole(arrived)) arrived.querySelectorAll("details").forEach((one, at) => { if (open[at]) one.open = true; });
  if (arrived.id === "people-now") markHere();
  if (!focus || (document.activeElement && document.activeElement !== document.body)) return;
  const same = arrived.querySelector(focus);
  if (same) { same.focus({ preventScroll: true }); return; }
  arrived.tabIndex = -1;
  arrived.focus({ preventScroll: true });
});

// Who is at a criterion is said beside it too, where one looks.
function markHere() {
  for (const old of document.querySelectorAll(".criterion > .here")) old.remove();
  for (const one of document.querySelectorAll("#people-now [data-here]")) {
    const line = document.createElement("p");
    line.className = "here";
    line.setAttribute("aria-hidden", "true");
    line.textContent = one.textContent;
    document.querySelector(`form[data-answer="${CSS.escape(one.dataset.here)}"] > .criterion`)?.append(line);
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-start-from]");
  const form = criterionOf(button);
  if (!form) return;
  const comment = form.querySelector("[data-comment]");
  comment.value = document.getElementById(button.dataset.startFrom).textContent.trim();
  comment.focus();
  comment.dispatchEvent(new Event("input", { bubbles: true }));
  button.hidden = true;
});

// Choosing 'not applicable' asks for the reason at once; without it nothing can be saved.
document.addEventListener("change", (event) => {
  if (event.target.matches?.("input[type=radio][value=NA]")) {
    const reason = answerOf(event.target)?.querySelector("input[name=reason]");
    if (reason && !reason.value) reason.focus();
  }
});

function beat() {
  if (!pulse || document.hidden || !window.htmx) return;
  const at = criterionOf(document.activeElement) ?? document.activeElement?.closest?.("[data-sides]")?.previousElementSibling;
  pulse.elements.at.value = at?.dataset?.answer ?? "";
  window.htmx.trigger(pulse, "pulse");
}

setInterval(beat, PULSE);
document.addEventListener("visibilitychange", beat);
addEventListener("load", () => { markHere(); beat(); });
