// On 'Prepare for offline': setting, changing and taking away the PIN of this device.

import { h } from "./dom.js";
import { LEFT } from "./lock.js";
import { forget, pinField, shut, WAIT, watchOver } from "./locked.js";
import { canPin, isPin, newKey, tryPin, unwrap, wrap } from "./pin.js";
import { Store } from "./store.js";
import { Vault } from "./vault.js";
import { say } from "./words.js";

const OTHERS_CLOSE = 600; // milliseconds for other tabs to write what is typed in them, and to let go

/** The section; nothing on a shared device, which closes itself and keeps nothing readable. */
export function pinSettings(app) {
  const place = h("section", { class: "stack tight", "data-pin": true });
  const show = (words = "") => {
    place.replaceChildren(h("h2", { tabindex: -1 }, say("pin_settings")), h("p", { class: "soft", role: "status" }, words || say(app.vault ? "pin_is_set" : "pin_is_not_set")), ...(app.vault ? [changing(app, show), removing(app, show)] : [setting(app, show)]));
    if (words) place.querySelector("h2").focus();
  };
  show();
  place.hidden = app.store.shared && !app.vault;
  return place;
}

function setting(app, show) {
  const [first, again] = [pinField("pin-new", "pin_new"), pinField("pin-again", "pin_again")];
  const what = h("p", { class: "soft", id: "pin-what" }, say("pin_what"));
  return form([what, first, again], "pin_set", async () => {
    const why = !isPin(first.input.value) ? "pin_form" : first.input.value !== again.input.value ? "pin_differ" : !canPin() ? "pin_cannot" : !(await app.store.meta("key")) ? "shared_no_key" : "";
    if (why) return say(why);
    await set(app, first.input.value);
    show(say("pin_done"));
    return "";
  });
}

function changing(app, show) {
  const fields = [pinField("pin-old", "pin_now"), pinField("pin-new", "pin_new"), pinField("pin-again", "pin_again")];
  const [old, first, again] = fields.map((each) => each.input);
  return h("details", {}, h("summary", {}, say("pin_change")), form(fields, "pin_change", async () => {
    if (!isPin(first.value)) return say("pin_form");
    if (first.value !== again.value) return say("pin_differ");
    const wrong = await typed(app, old.value);
    if (wrong !== null) return wrong;
    const kept = await app.store.meta("pin");
    await app.store.setMeta("pin", await wrap(first.value, await unwrap(old.value, kept, true), kept.id));
    show(say("pin_changed"));
    return "";
  }));
}

function removing(app, show) {
  const field = pinField("pin-away", "pin_now");
  return h("details", {}, h("summary", {}, say("pin_remove")), form([field], "pin_remove", async () => {
    const wrong = await typed(app, field.input.value);
    if (wrong !== null) return wrong;
    await app.flush();
    app.watch?.stop();
    await app.store.vault.dissolve();
    app.store.vault = app.vault = null;
    app.how.pin = false;
    app.tabs.postMessage(LEFT); // they begin anew
    if (app.store.shared) await app.guard();
    show(say("pin_removed"));
    return "";
  }));
}

/** Null when this is the PIN, else what is wrong. After the fifth wrong one the page is gone. */
async function typed(app, pin) {
  const { key, left } = await tryPin(app.store, pin);
  if (key) return null;
  if (left) return say("pin_wrong", { count: left });
  await app.flush();
  const { account } = app;
  app.tabs.postMessage(LEFT);
  shut(app);
  await forget(app, await Store.open(account), "pin_spent");
  return "";
}

/** Set a PIN. Other tabs write what is typed in them and wait; what one writes all the same is taken in when it is next opened. */
async function set(app, pin) {
  await app.flush();
  app.tabs.postMessage(WAIT);
  await new Promise((resolve) => { setTimeout(resolve, OTHERS_CLOSE); });
  const { store } = app;
  const key = await newKey();
  const kept = await wrap(pin, key);
  const own = await unwrap(pin, kept); // what memory holds from now on cannot be exported
  try { store.vault = app.vault = await Vault.make({ db: store.db, account: store.account, key: own, pin: kept }); } finally { app.tabs.postMessage(LEFT); }
  watchOver(app);
}

function form(fields, label, act) {
  const problem = h("p", { class: "notice error", role: "alert", hidden: true });
  const go = h("button", { class: "button quiet", type: "submit" }, say(label));
  const submit = async (event) => {
    event.preventDefault();
    if (go.disabled) return;
    go.disabled = true;
    problem.hidden = true;
    try { problem.textContent = await act(); } catch (full) {
      if (!(full instanceof DOMException)) throw full;
      problem.textContent = say("pin_not_kept");
    }
    for (const { input } of fields) if (input) input.value = "";
    go.disabled = false;
    problem.hidden = !problem.textContent;
    if (!problem.hidden) fields.find((each) => each.input).input.focus();
  };
  return h("form", { class: "stack tight", onsubmit: submit }, problem, fields.map((each) => each.element ?? each), h("div", {}, go));
}
