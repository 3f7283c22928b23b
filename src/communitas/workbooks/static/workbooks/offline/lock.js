// Locking what a person leaves on this device. Used by the app, and by every page from which somebody signs out.

import { sealedCopies } from "./send.js";
import { KEPT_DAYS, Store } from "./store.js";

const DAY = 86400000;

/** What other tabs of the same person are told: nothing of theirs is here any more. */
export const LEFT = "left";

/** Whether the server has not known this person for so long that nothing of theirs shall stay readable. */
export async function isForgotten(account, now = Date.now()) {
  const store = await Store.open(account);
  const seen = await store.meta("seen_at");
  store.db.close();
  return seen !== undefined && now - seen > KEPT_DAYS * DAY;
}

/**
 * Lock what a person leaves on this device: what waits and what was sent in the last month stays as sealed copies
 * that only the server can open, everything readable goes. Without the server's key what waits stays as it is. Where a PIN
 * is set it stays for what comes; without the `vault` that it opened, what waits is what was sealed when it was written.
 */
export async function lock(registry, account, { now = Date.now(), vault = null } = {}) {
  const store = await Store.open(account, { vault });
  if (store.isLocked) await store.giveUp();
  const key = await store.meta("key");
  await store.keepDrafts();
  const waiting = await store.unsent();
  const seals = Boolean(key && globalThis.crypto?.subtle);
  if (seals) {
    for (const copy of await sealedCopies(store, waiting, key)) await store.addSealed({ ...copy, kind: "outbox" });
    const sent = await recentlySent(store, now);
    for (const copy of await sealedCopies(store, sent, key)) await store.addSealed({ ...copy, kind: "sent" });
  }
  await store.erase(null, { sealed: seals ? waiting : [] });
  const locked = (await store.sealed()).filter((each) => each.kind === "outbox");
  const count = locked.reduce((sum, each) => sum + each.count, 0) + (await store.unsent()).length;
  await registry.note(String(account), { current: false, unsent: count });
  store.db.close();
  const tabs = new BroadcastChannel(`communitas-${account}`);
  tabs.postMessage(LEFT);
  tabs.close();
  return count;
}

async function recentlySent(store, now) {
  const found = [];
  for (const { workbook } of await store.books()) {
    found.push(...(await store.events(workbook)).filter((event) => event.own && !event.unsent && !event.redacted && now - event.sent_at < KEPT_DAYS * DAY));
  }
  return found;
}
