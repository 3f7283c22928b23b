// Sending: batches in the order of writing, one tab at a time, again and again until the server names each event.

import { payload } from "./fold.js";
import { LINK_TROUBLES } from "./net.js";
import { seal, sha256 } from "./seal.js";

export const BATCH = 200;
export const SETTLED = 1500; // milliseconds without a change until an edit leaves
const BYTES = 900000;
const STATUSES = new Set(["stored", "duplicate", "redacted", "quarantined"]);
const REFUSED = new Set(["missing", "refused", "malformed"]);
const HASH = /^[0-9a-f]{64}$/;

/** The results that really answer for an event of this batch. */
export function acknowledged(batch, data) {
  const asked = new Set(batch.map((event) => event.event_id));
  const results = Array.isArray(data?.results) ? data.results : [];
  return results.filter((each) => asked.has(each?.event_id) && HASH.test(each.hash ?? "") && STATUSES.has(each.status));
}

/**
 * Seconds until the next round: 30 while all is well; after a failure of the server 30, 60, … up to 300; where only the
 * link is bad, which may be good again any moment, 3, 6, … up to 40. Never two devices in step.
 */
export function pause(failures, why, wait = 0, random = Math.random) {
  const [first, most] = !why ? [30, 30] : LINK_TROUBLES.has(why) ? [3, 40] : [30, 300];
  const seconds = Math.min(most, first * 2 ** Math.max(0, failures - 1));
  return Math.max(wait, seconds * (0.75 + random() * 0.25));
}

/** The first events that fit into one request. */
export function batchOf(events, most = BATCH) {
  const batch = [];
  let size = 0;
  for (const event of events.slice(0, most)) {
    size += new TextEncoder().encode(JSON.stringify(payload(event))).length + 1;
    if (batch.length && size > BYTES) break;
    batch.push(event);
  }
  return batch;
}

export class Sender {
  constructor({ net, store, tell }) {
    Object.assign(this, { net, store, tell, most: BATCH });
  }

  /** One pass in the one tab that sends. {why, sent}: why is empty when nothing was in the way. */
  async pass({ all = false } = {}) {
    const work = () => this.#pass(all);
    if (!navigator.locks) return work();
    return navigator.locks.request(`communitas-send-${this.store.account}`, { ifAvailable: true }, (lock) =>
      lock ? work() : { why: "", sent: 0, elsewhere: true });
  }

  async #pass(all) {
    const who = await this.net.who(); // each time: somebody else may have signed in beside this page
    if (!who.ok) return { why: who.why, wait: who.wait, sent: 0 };
    if (String(this.net.token.account) !== this.store.account) return { why: "somebody_else", sent: 0 };
    const sealed = await this.#sealed(all);
    if (sealed.why) return sealed;
    return this.#events(all);
  }

  async #events(all) {
    let sent = 0;
    for (;;) {
      const waiting = await this.#waiting(all);
      if (!waiting.length) return { why: "", sent };
      const { workbook } = waiting[0];
      const first = batchOf(waiting.filter((event) => event.workbook === workbook), this.most);
      const batch = await this.store.offer(first.map((event) => event.event_id));
      if (!batch.length) return { why: "", sent };
      const answer = await this.#post(workbook, batch, waiting.length - batch.length);
      if (answer.why === "too_big" && this.most > 1 && batch.length > 1) { this.most = Math.ceil(batch.length / 2); continue; }
      if (!answer.ok) return { why: answer.why, wait: answer.wait, sent };
      const results = acknowledged(batch, answer.data);
      if (!results.length) return { why: "captive", sent };
      await this.store.sent(results);
      this.most = BATCH;
      sent += results.length;
      await this.tell(workbook);
    }
  }

  async #waiting(all) {
    const now = Date.now();
    const unsent = await this.store.unsent();
    return unsent.filter((event) => !event.waits && (all || event.offered || now - event.touched_at >= SETTLED));
  }

  async #post(workbook, batch, unsent) {
    const body = { device: batch[0].device_id, unsent, events: batch.map(payload) };
    const path = `sync/v1/${workbook}/events`;
    const answer = await this.net.post(path, body);
    if (answer.why !== "csrf") return answer;
    const who = await this.net.who(); // a new sign-in has made a new token
    if (!who.ok) return who;
    if (String(this.net.token.account) !== this.store.account) return { ok: false, why: "somebody_else", wait: 0 };
    return this.net.post(path, body);
  }

  /** Hand over what was locked on this device when its writer left. */
  async #sealed(all) {
    let sent = 0;
    for (const each of (await this.store.sealed()).filter((one) => one.kind === "outbox" && (all || !one.refused))) {
      const answer = await upload(this.net, each.wbk);
      if (REFUSED.has(answer.why)) await this.store.changeSealed(each.id, { refused: answer.why }); // it stays, for a colleague to bring
      else if (!answer.ok) return { why: answer.why, wait: answer.wait, sent };
      else await this.store.handedOver(each.id, answer.data.status === "kept" && !each.again ? each.count : 0);
      sent += each.count;
    }
    return { why: "", sent };
  }
}

/** Hand a sealed copy to the server. It has arrived only when the server names its hash. */
export async function upload(net, wbk) {
  const text = JSON.stringify(wbk);
  const form = new FormData();
  form.append("file", new Blob([text], { type: "application/json" }), "answers.wbk");
  let answer = await net.call("sync/v1/sealed", { method: "POST", body: form });
  if (answer.why === "csrf" && (await net.who()).ok) answer = await net.call("sync/v1/sealed", { method: "POST", body: form });
  if (answer.ok && answer.data.sha256 !== (await sha256(text))) return { ...answer, ok: false, why: "captive" };
  return answer;
}

/** Sealed copies of some events, one for each workbook and each 200. */
export async function sealedCopies(store, events, key) {
  const made = [];
  const workbooks = [...new Set(events.map((event) => event.workbook))];
  for (const workbook of workbooks) {
    const own = events.filter((event) => event.workbook === workbook);
    while (own.length) {
      const batch = batchOf(own);
      own.splice(0, batch.length);
      const sealed = { key, workbook, account: store.account, device: batch[0].device_id, events: batch.map(payload) };
      made.push({ workbook, count: batch.length, made_at: Date.now(), wbk: await seal(sealed) });
    }
  }
  return made;
}
