// A file is sent in pieces, so that a bad line costs one piece and not the whole file.
//
// form[data-evidence-form]: reads the file's hash, asks the server which pieces it has, sends the others, and when the
// file has been checked posts the form with its hash instead of the file. It pauses, waits for a connection, and goes
// on where it stopped: after a reload, or on another device, when the same file is chosen again.

const form = document.querySelector("form[data-evidence-form]");
const shown = form.querySelector("[data-progress]");
const bar = shown.querySelector("progress");
const said = shown.querySelector("[data-said]");
const hold = shown.querySelector("[data-hold]");
const picked = form.querySelector("input[type=file]");
const token = form.querySelector("input[name=csrfmiddlewaretoken]").value;
const pieceSize = Number(form.dataset.piece);
let paused = false;
let resume = null;
let underWay = false;

const say = (words) => { if (said.textContent !== words) said.textContent = words; };
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

class Refused extends Error {}

async function digest(file) {
  const hash = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Only an answer in our own form counts: a captive portal's page or a redirect to sign-in means 'not sent'.
async function ask(address, options) {
  for (let tries = 0; ; tries += 1) {
    await whilePaused();
    try {
      const answer = await fetch(address, { redirect: "manual", headers: { "X-CSRFToken": token }, ...options });
      if (answer.type === "opaqueredirect" || answer.status === 403) { stop(form.dataset.signedOut); continue; }
      const told = await answer.json();
      if (told.state === "refused") throw new Refused(told.sentence);
      if (answer.ok && told.state) return told;
    } catch (problem) {
      if (problem instanceof Refused) throw problem;
    }
    say(form.dataset.waiting);
    await Promise.race([pause(Math.min(30000, 1000 * 2 ** tries) * (0.5 + Math.random())), online()]);
  }
}

const online = () => new Promise((done) => addEventListener("online", done, { once: true }));

async function whilePaused() {
  while (paused) await new Promise((done) => { resume = done; });
}

function stop(words) {
  paused = true;
  hold.textContent = form.dataset.goOn;
  say(words);
}

hold.addEventListener("click", () => {
  if (!paused) { stop(form.dataset.paused); return; }
  paused = false;
  hold.textContent = form.dataset.pause;
  resume?.();
});

function arrived(pieces, all) {
  const percent = all ? Math.floor((100 * pieces) / all) : 0;
  bar.value = percent;
  say(form.dataset.sending.replace("%s", percent));
}

async function send(file) {
  say(form.dataset.reading);
  const hash = await digest(file);
  const address = form.dataset.uploads.replace("0".repeat(64), hash);
  const body = new URLSearchParams({ size: file.size, name: file.name });
  let told = await ask(address, { method: "POST", body });
  const all = Math.ceil(file.size / pieceSize);
  const have = new Set(told.have);
  for (let number = 0; number < all && told.state !== "kept"; number += 1) {
    if (have.has(number)) continue;
    arrived(have.size, all);
    if (have.size === all - 1) say(form.dataset.looking);
    const piece = await file.slice(number * pieceSize, (number + 1) * pieceSize).arrayBuffer();
    told = await ask(`${address}${number}/`, { method: "PUT", body: piece });
    have.add(number);
  }
  if (told.state !== "kept") throw new Refused(form.dataset.waiting);
  return hash;
}

form.addEventListener("submit", async (event) => {
  const file = picked.files[0];
  if (!file || form.elements.link.value.trim()) return;
  event.preventDefault();
  if (underWay) return;
  if (file.size > Number(form.dataset.most)) { shown.hidden = false; say(form.dataset.large); return; }
  underWay = true;
  shown.hidden = false;
  hold.hidden = false;
  hold.focus();
  try {
    form.elements.sha256.value = await send(file);
    form.elements.called.value = file.name;
    picked.disabled = true; // its bytes are there already
    underWay = false;
    form.submit();
  } catch (problem) {
    underWay = false;
    if (!(problem instanceof Refused)) throw problem;
    hold.hidden = true;
    say(problem.message);
    picked.focus();
  }
});

addEventListener("beforeunload", (event) => { if (underWay && !paused) event.preventDefault(); });
