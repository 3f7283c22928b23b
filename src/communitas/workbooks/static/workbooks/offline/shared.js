// A device that several people use, or that is kept in a secure place: what was sent does not stay readable on it, and
// what nobody uses for five minutes is closed.

import { sealedCopies } from "./send.js";

export const IDLE = 300000; // milliseconds without use until everything readable goes
export const WARNING = 120000; // milliseconds before that the person is told
const NOTED = 5000; // milliseconds between two notes of when it was used last
const SIGNS = ["pointerdown", "pointermove", "keydown", "input", "touchstart", "wheel"];

/** Whether nobody has used a shared device for so long that it is to be closed. A clock put back counts as that too. */
export const isLeft = (person, now = Date.now()) => Math.abs(now - (person.used_at ?? 0)) >= IDLE;

/**
 * Of what has been sent only a sealed form stays on the disk: what the office gave in return remains in the page's
 * memory. Without the server's key nothing is removed.
 */
export async function hideSent(store) {
  const key = await store.meta("key");
  if (!key || !globalThis.crypto?.subtle) return 0;
  const sent = await store.ownSent();
  const toSeal = sent.filter((event) => event.own && !event.redacted); // the others were written elsewhere
  await store.hide(sent, (await sealedCopies(store, toSeal, key)).map((copy) => ({ ...copy, kind: "sent" })));
  return sent.length;
}

/** Watches whether somebody uses this device. `warn(soon)` two minutes before the end and after it, `end()` at the end. */
export class Watch {
  constructor(registry, account, { warn, end }) {
    Object.assign(this, { registry, account, warn, end, noted: 0, soon: false });
    this.used = () => this.#used();
    this.seen = () => { if (!document.hidden) this.#look(); };
  }

  start() {
    for (const name of SIGNS) addEventListener(name, this.used, { capture: true, passive: true });
    document.addEventListener("visibilitychange", this.seen);
    this.#note(Date.now());
    this.timer = setInterval(() => this.#look(), 1000);
  }

  stop() {
    clearInterval(this.timer);
    for (const name of SIGNS) removeEventListener(name, this.used, { capture: true });
    document.removeEventListener("visibilitychange", this.seen);
  }

  #used() {
    const now = Date.now();
    if (Math.abs(now - this.last) >= IDLE) { this.#look(); return; } // asleep in between: too late
    this.last = now;
    if (this.soon) { this.soon = false; this.warn(false); }
    if (Math.abs(now - this.noted) >= NOTED) this.#note(now);
  }

  #note(now) {
    this.last = now;
    this.noted = now;
    this.registry.note(this.account, { used_at: now }).catch(() => {}); // then the next start closes it the sooner
  }

  async #look() {
    if (Math.abs(Date.now() - this.last) < IDLE - WARNING) return;
    const known = (await this.registry.all().catch(() => [])).find((each) => each.id === this.account);
    if (known?.used_at > this.last) this.last = known.used_at; // in another tab
    const idle = Math.abs(Date.now() - this.last);
    if (idle >= IDLE) { this.stop(); this.end(); return; }
    const soon = idle >= IDLE - WARNING;
    if (soon !== this.soon) { this.soon = soon; this.warn(soon); }
  }
}
