// Signing out of the app: what waits is sent, taken along as a sealed copy, or locked here; nothing is ever cleared.

import { button, h } from "./dom.js";
import { lock } from "./lock.js";
import { wordsPage } from "./plain.js";
import { download } from "./seal.js";
import { sealedCopies } from "./send.js";
import { signOut } from "./session.js";
import { Store } from "./store.js";
import { say } from "./words.js";

export async function leaveBySending(app, tell) {
  tell(say("sending"));
  await app.beat({ all: true });
  if (app.how.unsent) tell(say("leave_not_sent", { count: app.how.unsent }));
  else await leave(app, tell);
}

export async function leaveWithCopy(app, tell) {
  const key = await app.store.meta("key");
  if (!key) { tell(say("no_key")); return; }
  const locked = (await app.store.sealed()).filter((each) => each.kind === "outbox");
  const copies = [...locked, ...(await sealedCopies(app.store, await app.store.unsent(), key))];
  const today = new Date().toISOString().slice(0, 10);
  copies.forEach((copy, at) => download(copy.wbk, `communitas-${copy.workbook}-${today}-${at + 1}.wbk`));
  await leave(app, tell);
}

/**
 * Save the locked copies that somebody else left on this device: nobody reads them but the server, and anybody of the
 * team may bring them. For who cannot come back, because their account is closed. Says how many files were made.
 */
export async function saveCopiesOf(account) {
  const store = await Store.open(account);
  const locked = (await store.sealed()).filter((each) => each.kind === "outbox");
  store.db.close();
  const today = new Date().toISOString().slice(0, 10);
  locked.forEach((copy, at) => download(copy.wbk, `communitas-${copy.workbook}-${today}-${at + 1}.wbk`));
  return locked.length;
}

/** What others left locked on this device, each with a way to save it. */
export function waitingOf(people) {
  return people.map((each) => {
    const said = h("span", { role: "status", class: "soft" });
    const save = button(say("other_save"), async () => { said.textContent = ` ${say((await saveCopiesOf(each.id)) ? "other_saved" : "other_open")}`; }, "quiet");
    return h("div", { class: "notice stack tight" }, h("p", {}, say("other_waits", { count: each.unsent, initials: each.initials || "?" })), h("p", {}, save, said));
  });
}

/** Lock what is here and end the session; without a network the session ends when there is one again. */
export async function leave(app, tell, title = "left_title") {
  tell(say("leaving"));
  await app.flush();
  app.watch?.stop();
  const { account, vault } = app;
  app.tabs.close();
  app.shut(); // an answer that is under way is not written any more
  const left = await lock(app.registry, account, { vault });
  const done = await endSession(app, account);
  app.how = { ...app.how, unsent: 0, signedOut: false };
  document.querySelector(".status-bar").hidden = true;
  document.querySelector("[data-sign-in]").close();
  const words = say(left ? "left_locked" : "left_clean", { count: left }) + (done ? "" : ` ${say("left_later")}`);
  app.draw(wordsPage(title, words, [h("a", { class: "button", href: app.net.base }, say("back_to_site"))]));
}

/** End the session, now or when there is a network again. Whether it has ended. */
export async function endSession(app, account) {
  if (await signOut(app.net)) return true;
  await app.registry.note(account, { leaving: true });
  addEventListener("online", () => endLater(app, account));
  return false;
}

/** End the session that could not be ended without a network, unless somebody else has signed in since. */
async function endLater(app, account) {
  if (!(await app.net.who()).ok || String(app.net.token.account) !== account) return;
  if (await signOut(app.net)) await app.registry.note(account, { leaving: false });
}
