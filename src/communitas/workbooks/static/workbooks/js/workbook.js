// The workbook saves by itself and shows what others enter, without ever touching what somebody is writing.
//
// form[data-answer] posts itself (htmx). Here: what could not be sent is tried again, others' answers wait while
// one writes in the same criterion, 'Start from last comment', and the sign 'I am here' (form[data-pulse]).

const PULSE = 12000;
const AGAIN = 5000;
const unsent = new Set();
const dirty = new Set();
const pulse = document.querySelector("form[data-pulse]");
let waited = false;

const answerOf = (element) => element?.closest?.("form[data-answer]");
const busy = (form) => dirty.has(form.id) || unsent.has(form.id) || form.contains(document.activeElement);

function say(text, state) {
  const bar = document.querySelector("#saved .status-bar");
  if (!bar) return;
  bar.classList.remove("saved", "saving", "waiting");
  bar.classList.add(state);
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
  if (form.querySelector("input[value=NA]:checked") && !reason.value.trim()) event.preventDefault();
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
  if (unsent.size || status === 403 || status === 404) say(document.querySelector("[data-failed]").dataset.failed, "waiting");
});

setInterval(() => {
  for (const id of unsent) document.getElementById(id)?.requestSubmit();
}, AGAIN);

addEventListener("beforeunload", (event) => {
  if (unsent.size || dirty.size) event.preventDefault();
});

// Others' answers arrive as whole criteria; one in which somebody here writes waits for the next pulse.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const target = event.detail.target;
  if (target?.id === "pulse-after" && waited) { event.preventDefault(); waited = false; }
  else if (target?.matches?.("form[data-answer]") && busy(target)) { event.preventDefault(); waited = true; }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-start-from]");
  const form = answerOf(button);
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
  const writing = document.activeElement?.matches?.("textarea") ? answerOf(document.activeElement) : null;
  pulse.elements.at.value = writing?.dataset.answer ?? "";
  window.htmx.trigger(pulse, "pulse");
}

setInterval(beat, PULSE);
document.addEventListener("visibilitychange", beat);
addEventListener("load", beat);
