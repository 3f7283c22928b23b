// Rounds: send what waits, pull what is new, tell the office what is left; what happens when it says that this ends.

import { h } from "./dom.js";
import { lock } from "./lock.js";
import { wordsPage } from "./plain.js";
import { pull, pullBook } from "./pull.js";
import { pause, sealedCopies, SETTLED } from "./send.js";
import { hideSent } from "./shared.js";
import { say } from "./words.js";
import { Closed } from "./vault.js";

const BOOK_AGAIN = 300000; // milliseconds until a kept book is asked for again
const SIGN_OF_LIFE = 60000; // milliseconds until the office hears of this device again, and may stop it

export class Rounds {
  constructor(app) {
    Object.assign(this, { app, failures: 0, beating: null, again: false, told: new Map() });
  }

  /** A round when what was written just now has settled. */
  shortly(wait = SETTLED + 100) {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.beat(), wait);
  }

  /** One round. With `all` everything that is here, also what was typed a moment ago. */
  async beat({ all = false } = {}) {
    const { app } = this;
    if (!app.store) return;
    if (this.beating) {
      if (!all) { this.again = true; return; }
      await this.beating; // somebody waits for it: one more round, with all that is here
    }
    let done;
    this.beating = new Promise((resolve) => { done = resolve; });
    clearTimeout(this.next);
    Object.assign(app.how, { sending: app.how.unsent > 0 });
    app.update();
    let wait = 0;
    try {
      if (all) await app.flush();
      const answer = await app.sender.pass({ all });
      if (!answer.elsewhere) this.judge(answer.why);
      wait = answer.wait ?? 0;
      if (answer.why === "somebody_else") { await app.makeRoom(String(app.net.token.account)); return; }
      if (app.store?.shared) await hideSent(app.store);
      if (!answer.why && !answer.elsewhere) await this.#pullAll();
      if (!app.how.why && app.missing) await app.route(); // what could not be fetched before
    } catch (problem) {
      const isFull = problem instanceof DOMException; // the disk takes nothing now: the next round tries again
      const isChanged = problem instanceof Closed; // the PIN was changed or taken away meanwhile: the next round knows
      if (app.store && !isFull && !isChanged) throw problem; // without a store somebody has left meanwhile
    } finally {
      this.beating = null;
      done();
      app.how.sending = false;
      this.failures = app.how.why ? this.failures + 1 : 0;
      await app.count();
      const unsettled = !app.how.why && app.how.unsent > app.how.waits; // written a moment ago, or sent by another tab
      this.next = setTimeout(() => this.beat(), unsettled ? SETTLED + 100 : 1000 * pause(this.failures, app.how.why, wait));
      if (this.again) { this.again = false; this.shortly(); }
    }
  }

  judge(why) {
    const { how, net } = this.app;
    how.signedOut = why === "signed_out" || (how.signedOut && Boolean(why));
    if (why === "signed_out") net.token = null;
    how.why = !navigator.onLine && why ? "offline" : why;
  }

  async #pullAll() {
    const { app } = this;
    for (const record of await app.store.books()) {
      if (record.network !== app.net.base) continue;
      const anew = Date.now() - (record.asked_at ?? 0) > BOOK_AGAIN;
      const before = record.view;
      let answer = await pull(app, record.workbook, { anew });
      if (anew && !answer.why && !answer.gone) await app.store.noteBook(record.workbook, { asked_at: Date.now() });
      const now = await app.store.book(record.workbook);
      if (!answer.why && now && before && now.view !== before) answer = { ...answer, ...(await pullBook(app, record.workbook)), changed: true };
      if (answer.gone) await this.#letGo(record.workbook);
      else if (answer.why === "somebody_else") { await app.meet(); return; }
      else if (answer.why) { this.judge(answer.why); return; }
      else if (answer.changed) await app.refresh(record.workbook);
      if (now && !answer.gone) await this.#heartbeat(record.workbook);
      if (app.how.stopped || !app.store) return;
    }
  }

  async #heartbeat(workbook) {
    const { net, store } = this.app;
    const device = await store.meta("device");
    const waiting = (await store.unsent()).filter((event) => event.workbook === workbook);
    const since = waiting.length ? new Date(Math.min(...waiting.map((event) => event.touched_at))).toISOString() : null;
    const told = JSON.stringify([device.id, waiting.length]);
    const [words, at] = this.told.get(workbook) ?? ["", 0];
    if (words === told && Date.now() - at < SIGN_OF_LIFE) return;
    const answer = await signOfLife(net, store, workbook, waiting.length, since);
    if (!answer.ok) return;
    this.told.set(workbook, [told, Date.now()]);
    if (!answer.data.stop) return;
    if ((await pullBook(this.app, workbook)).gone) await this.#letGo(workbook); // only this workbook is out of reach
    else await stopped(this.app, this.app.account);
  }

  /** This person may not read the workbook any more: what can be read goes; what still waits is sealed. */
  async #letGo(workbook) {
    const { app } = this;
    const key = await app.store.meta("key");
    const waiting = (await app.store.unsent()).filter((event) => event.workbook === workbook);
    if (waiting.length && key) for (const copy of await sealedCopies(app.store, waiting, key)) await app.store.addSealed({ ...copy, kind: "outbox" });
    await app.store.erase(workbook, { sealed: key ? waiting : [] });
    app.models.delete(workbook);
    app.tellTabs(workbook);
    if (waiting.length) this.again = true; // it is handed over at once, while the session lasts
    if (app.open_workbook === workbook) {
      app.how.gone = true;
      app.draw(wordsPage("gone_title", say("gone_what"), [h("a", { class: "button", href: "#/" }, say("start_title"))]));
    }
  }
}

/** Tell the office that this device lives, and how much waits on it. The answer says whether it is to stop. */
export async function signOfLife(net, store, workbook, unsent, since) {
  const device = await store.meta("device");
  const name = navigator.userAgentData?.platform || navigator.platform || "";
  return net.post(`sync/v1/${workbook}/heartbeat`, { device: device.id, unsent, since, name });
}

/** The office has stopped this device: what can be read goes, what waits stays sealed. */
export async function stopped(app, account) {
  app.tabs?.close();
  app.watch?.stop();
  app.shut();
  const left = await lock(app.registry, account, { vault: app.vault });
  await app.registry.makeCurrent(null);
  Object.assign(app.how, { stopped: true, unsent: left });
  app.draw(wordsPage("stopped_title", say("stopped_what", { count: left })));
  app.update();
}
