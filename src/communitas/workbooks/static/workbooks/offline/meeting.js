// Meeting the server: who is signed in there, and whether that is the person who works on this device.

import { button } from "./dom.js";
import { waitingOf } from "./goodbye.js";
import { lock } from "./lock.js";
import { wordsPage } from "./plain.js";
import { others, signOut } from "./session.js";
import { say } from "./words.js";

/** Ask the server who is signed in, and go on as that person. */
export async function meet(app) {
  const who = await app.net.who();
  if (who.ok) {
    const account = String(who.data.account);
    if (await leftBefore(app, account)) return meet(app);
    if (app.account && account !== app.account) return makeRoom(app, account);
    const isNew = !app.account;
    if (isNew) { await app.registry.makeCurrent(null); if (!(await app.workAs(account))) return null; }
    await app.registry.note(account, { current: true, initials: who.data.initials, base: app.net.base });
    await app.store.setMeta("key", who.data.key);
    await app.store.setMeta("seen_at", Date.now());
    app.how.signedOut = false;
    if (isNew) await app.route();
  } else if (who.why === "signed_out") {
    for (const each of await app.registry.all()) if (each.leaving) await app.registry.note(each.id, { leaving: false });
    app.how.signedOut = true;
    if (!app.account) return app.draw(wordsPage("sign_in_first", say("sign_in_first_what"), [button(say("sign_in"), () => app.signIn(), ""), ...await waitingHere(app)]));
  } else if (!app.account) {
    return app.draw(wordsPage("nothing_here", say("nothing_here_what"), await waitingHere(app)));
  }
  return app.beat();
}

/** Whether this person signed out here while there was no network: then the session ends now. */
async function leftBefore(app, account) {
  const known = (await app.registry.all()).find((each) => each.id === account);
  if (!known?.leaving || app.account || !(await signOut(app.net))) return false;
  await app.registry.note(account, { leaving: false });
  return true;
}

async function waitingHere(app) {
  return waitingOf(await others(app.registry, ""));
}

/** Somebody else has signed in: what the person before left is locked, and the app starts anew. */
export async function makeRoom(app, account) {
  await app.flush();
  app.tabs.close();
  await lock(app.registry, app.account, { vault: app.vault });
  await app.registry.makeCurrent(null);
  await app.registry.note(account, { current: true, initials: app.net.token.initials });
  location.reload();
}
