// A device that a PIN locks: the page that asks for it, and what goes on behind it.

import { button, h } from "./dom.js";
import { endSession, saveCopiesOf } from "./goodbye.js";
import { lock } from "./lock.js";
import { tryPin, triesLeft } from "./pin.js";
import { heading, wordsPage } from "./plain.js";
import { Quiet } from "./quiet.js";
import { Watch } from "./shared.js";
import { Vault } from "./vault.js";
import { say } from "./words.js";

/** What other tabs of the same person are told: ask for the PIN too; or wait, because one is being set. */
export const LOCKED = "locked";
export const WAIT = "wait";

/** Five minutes without use lock the app, in every tab. */
export function watchOver(app) {
  app.watch?.stop();
  app.how.pin = true;
  app.watch = new Watch(app.registry, app.account, {
    warn: (soon) => { app.how.idle = soon; app.update(); },
    end: () => lockNow(app),
  });
  app.watch.start();
}

/** Lock the app now: nothing of it stays on the page or in memory. Where words could be kept nowhere, they stay. */
export async function lockNow(app, { isTold = false } = {}) {
  if (!app.store?.vault) return;
  await app.flush();
  if (!app.store) return; // somebody was quicker
  if (app.how.failed) { app.watch.start(); return; }
  if (!isTold) app.tabs.postMessage(LOCKED);
  const { account } = app;
  shut(app);
  if (await app.workAs(account)) { await app.route(); await app.meet(); }
}

/** Everything that was read goes out of memory; the page says what comes. */
export function shut(app, page = wordsPage("start_title", say("starting"))) {
  app.watch?.stop();
  app.tabs?.close();
  app.shut();
  Object.assign(app, { sender: null, vault: null, open_workbook: null, missing: false });
  Object.assign(app.how, { idle: false, office: 0, decisions: 0, held: 0 });
  app.models.clear();
  const panel = document.querySelector("[data-sign-in]");
  panel.close();
  panel.replaceChildren();
  document.querySelector("[data-announcer]").textContent = "";
  document.querySelector(".status-bar").hidden = true;
  app.draw(page);
}

/** Another tab sets a PIN: what is typed here is kept, nothing more is written, and this tab begins anew when it is told to. */
export async function waitFor(app) {
  const name = app.tabs.name;
  await app.flush();
  shut(app);
  new BroadcastChannel(name).onmessage = () => location.reload();
}

/** Ask for the PIN. Resolves true once `store` is open, false when it was given up and another page stands there. */
export async function unlocked(app, store) {
  if (!(await triesLeft(store))) { await forget(app, store, "pin_spent"); return false; }
  const person = (await app.registry.all()).find((each) => each.id === store.account);
  return new Promise((resolve) => {
    const quiet = new Quiet(app, store, () => end(false));
    const end = (isOpen) => { quiet.stop(); removeEventListener("hashchange", asked); resolve(isOpen); };
    const page = askPage(person?.unsent ?? 0, {
      open: async (pin) => {
        const { key, left } = await tryPin(store, pin);
        if (key) {
          await quiet.stop();
          store.vault = await Vault.open({ db: store.db, account: store.account, key, id: (await store.meta("pin")).id });
          store.isLocked = false;
          end(true);
        } else if (!left) { quiet.stop(); await forget(app, store, "pin_spent"); end(false); }
        return left;
      },
      forget: async () => { quiet.stop(); await forget(app, store, "pin_forgotten"); end(false); },
    });
    const asked = () => { if (location.hash === "#/leave") page.showForgotten(); };
    addEventListener("hashchange", asked);
    app.draw(page, true);
    page.field.focus();
    asked();
    quiet.start();
  });
}

/** The page with the PIN. */
function askPage(unsent, { open, forget }) {
  const problem = h("p", { class: "notice error", role: "alert", hidden: true });
  const tell = (words) => { problem.textContent = words; problem.hidden = !words; };
  const field = pinField("pin", "pin_label");
  const go = h("button", { class: "button", type: "submit" }, say("pin_open"));
  const submit = async (event) => {
    event.preventDefault();
    if (go.disabled) return;
    go.disabled = true;
    tell("");
    const left = await open(field.input.value);
    go.disabled = false;
    field.input.value = "";
    if (left) { tell(say("pin_wrong", { count: left })); field.input.focus(); }
  };
  const forgotten = h("section", { class: "card stack tight", hidden: true, tabindex: -1, "aria-labelledby": "pin-forgotten" },
    h("h2", { id: "pin-forgotten" }, say("pin_unknown_title")), h("p", {}, unsent ? say("pin_unknown_waits", { count: unsent }) : say("pin_unknown_none")),
    h("p", {}, say("pin_unknown_after")), h("div", { class: "row" }, button(say("pin_unknown_do"), forget), button(say("pin_unknown_back"), () => { forgotten.hidden = true; field.input.focus(); }, "text")));
  const showForgotten = () => { forgotten.hidden = false; forgotten.focus(); };
  return {
    title: say("pin_title"), field: field.input, showForgotten,
    main: [heading(say("pin_title"), "", say("pin_lead")), unsent ? h("p", {}, say("pin_waits", { count: unsent })) : null, problem,
      h("form", { class: "stack", onsubmit: submit }, field.element, h("div", { class: "row" }, go, button(say("pin_unknown"), showForgotten, "text"))), forgotten],
  };
}

/** A field for a PIN with its label. */
export function pinField(id, words) {
  const input = h("input", { id, type: "password", inputmode: "numeric", autocomplete: "off", maxlength: 12, required: true });
  return { input, element: h("div", { class: "field" }, h("label", { for: id }, say(words)), input) };
}

/** Without the PIN: what can be read goes, the session ends, and what waits is sent after signing in or taken as a file. */
export async function forget(app, store, title) {
  const { account } = store;
  await store.giveUp({ isPinForgotten: true });
  store.db.close();
  const left = await lock(app.registry, account);
  app.account = null;
  app.how.signedOut = true;
  const isEnded = await endSession(app, account);
  const said = h("span", { role: "status", class: "soft" });
  const save = left ? button(say("pin_save"), async () => { await saveCopiesOf(account); said.textContent = ` ${say("other_saved")}`; }) : null;
  const words = say(left ? "left_locked" : "left_clean", { count: left }) + (isEnded ? "" : ` ${say("left_later")}`);
  app.draw(wordsPage(title, words, [button(say("sign_in"), () => app.signIn(), ""), save, said]), true);
}
