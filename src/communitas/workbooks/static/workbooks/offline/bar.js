// The bar at the foot: in words, where every answer is.

import { h } from "./dom.js";
import { moment, say } from "./words.js";

/** What stood in the way, as words that say what happens next. */
const LINKS = {
  offline: "link_offline", network: "link_network", timeout: "link_network", captive: "link_captive", redirect: "link_captive",
  truncated: "link_truncated", server: "link_server", gateway: "link_server", busy: "link_busy", old_app: "link_old_app", refused: "link_refused",
  malformed: "link_refused", too_big: "link_too_big", csrf: "link_network", somebody_else: "link_somebody_else",
};

/**
 * The sentence for how things stand: {text, state, action}. `how` holds: failed, signedOut, evicted, unsent, since,
 * waits, decisions, held, office, why, stopped, gone, idle, pin, empty.
 */
export function sentence(how) {
  if (how.failed) return { text: say("not_kept"), state: "waiting", action: "again" };
  if (how.idle) return { text: say(how.pin ? "idle_soon_pin" : "idle_soon"), state: "waiting", action: "" };
  if (how.stopped) return { text: say("stopped"), state: "waiting", action: how.unsent ? "send" : "" };
  if (how.gone) return { text: say("gone"), state: "waiting", action: "" };
  if (how.signedOut && how.unsent) return { text: say("sign_in_to_send", { count: how.unsent }), state: "waiting", action: "sign_in" };
  if (how.unsent) return { text: say("only_here", { count: how.unsent, time: moment(how.since) }), state: "waiting", action: how.unsent > how.waits ? "send" : "" };
  if (how.signedOut) return { text: say("sign_in_to_go_on"), state: "waiting", action: "sign_in" };
  if (how.evicted) return { text: say("evicted", { count: how.office }), state: "waiting", action: "" };
  const decide = how.decisions + how.waits + how.held;
  if (decide) return { text: say("need_decision", { count: decide }), state: "waiting", action: "" };
  if (how.empty) return { text: say("nothing_kept"), state: "empty", action: "" };
  if (!how.office) return { text: say("nothing_waits"), state: "saved", action: "" };
  return { text: say("all_at_office", { count: how.office }), state: "saved", action: "" };
}

/** A second line that is not read out each time: what was kept when, and why sending waits. */
export function detail(how) {
  const parts = [];
  if (how.saving) parts.push(say("saving"));
  else if (how.savedAt) parts.push(say("saved_here", { time: moment(how.savedAt) }));
  if (how.waits) parts.push(say("wait_reason", { count: how.waits }));
  if (how.held) parts.push(say("held", { count: how.held }));
  if (how.sending) parts.push(say("sending"));
  else if (how.unsent && LINKS[how.why]) parts.push(say(LINKS[how.why]));
  if (how.newVersion) parts.push(say(how.unsent ? "new_version_waits" : "new_version"));
  return parts.join(" ");
}

export class Bar {
  constructor(element, { send, signIn, again }) {
    this.element = element;
    this.acts = { send, sign_in: signIn, again };
    this.words = element.querySelector(".saying span");
    this.use = element.querySelector(".saying use");
    this.detail = element.querySelector("[data-detail]");
    this.place = element.querySelector("[data-action]");
  }

  show(how) {
    const { text, state, action } = sentence(how);
    if (this.words.textContent !== text) this.words.textContent = text;
    const more = detail(how);
    if (this.detail.textContent !== more) this.detail.textContent = more;
    this.element.classList.toggle("waiting", state === "waiting");
    this.element.classList.toggle("saved", state === "saved");
    this.use.setAttribute("href", { saved: "#m2", empty: "#mnone" }[state] ?? "#m1");
    if (this.action !== action) {
      this.action = action;
      this.place.replaceChildren(...(action ? [h("button", { type: "button", class: "button", onclick: () => this.acts[action]() }, say(`act_${action}`))] : []));
    }
    this.element.hidden = false;
  }
}
