// While the app is locked: what is sealed is sent, the office hears of the device, and may stop it.

import { ask } from "./database.js";
import { lock } from "./lock.js";
import { signOfLife, stopped } from "./rounds.js";
import { pause, Sender, upload } from "./send.js";
import { sparesToHand } from "./vault.js";

export class Quiet {
  /** `gone()` when nothing is locked here any more and another page stands there. */
  constructor(app, store, gone) { Object.assign(this, { app, store, gone, isOver: false, failures: 0, beating: Promise.resolve() }); }

  start() {
    this.again = () => { if (!document.hidden) this.beat(); };
    addEventListener("online", this.again);
    document.addEventListener("visibilitychange", this.again);
    this.beat();
  }

  /** Resolves when nothing is under way any more that this page would have to wait for. */
  stop() {
    this.isOver = true;
    clearTimeout(this.next);
    removeEventListener("online", this.again);
    document.removeEventListener("visibilitychange", this.again);
    return this.noting;
  }

  beat() {
    clearTimeout(this.next);
    if (this.isOver || this.isBeating) return;
    this.isBeating = true;
    this.#round().catch((problem) => { if (!this.isOver && !(problem instanceof DOMException)) throw problem; return "server"; }).then((why) => {
      this.isBeating = false;
      this.failures = why ? this.failures + 1 : 0;
      if (!this.isOver) this.next = setTimeout(() => this.beat(), 1000 * pause(this.failures, why));
    });
  }

  async #round() {
    const { app: { net }, store } = this;
    const { why } = await new Sender({ net, store, tell: () => {} }).pass();
    if (why === "somebody_else" && !this.isOver) await this.#makeRoom();
    if (why || this.isOver) return why;
    this.noting = sparesToHand(store.db, store.account);
    for (const each of await this.noting) {
      if (this.isOver) return "";
      const answer = await upload(net, each.wbk);
      if (!answer.ok) return answer.why;
      if (!this.isOver) await this.#arrived(each);
    }
    return this.#tell();
  }

  /** The copy is with the office; it stays here until the answers in it are sent as usual. */
  #arrived(spare) {
    return this.store.within("sealed", "readwrite", async ({ sealed }) => {
      const here = await ask(sealed.get(spare.id));
      if (here?.wbk.iv === spare.wbk.iv) sealed.put({ ...here, arrived: Date.now() }); // else a newer one stands there
    });
  }

  async #tell() {
    const { app, store } = this;
    const spares = (await store.sealed()).filter((each) => each.kind === "spare");
    for (const [workbook, network] of (await store.meta("kept_books")) ?? []) {
      if (network !== app.net.base || this.isOver) continue;
      const own = spares.filter((each) => each.workbook === workbook);
      const since = own.length ? new Date(Math.min(...own.map((each) => each.made_at))).toISOString() : null;
      const answer = await signOfLife(app.net, store, workbook, own.reduce((sum, each) => sum + each.count, 0), since);
      if (!answer.ok) return answer.why;
      if (!answer.data.stop || this.isOver) continue;
      if ((await app.net.call(`sync/v1/${workbook}/book`)).why === "missing") continue; // only this one is out of reach: unlocking removes it
      this.stop();
      await stopped(app, store.account);
      this.gone();
      return "";
    }
    return "";
  }

  /** Somebody else has signed in: what the person before left stays sealed, and the app starts anew. */
  async #makeRoom() {
    const { app, store } = this;
    this.stop();
    const { account, initials } = app.net.token;
    await lock(app.registry, store.account);
    await app.registry.makeCurrent(null);
    await app.registry.note(String(account), { current: true, initials });
    location.reload();
  }
}
