// The app: who works here, which page is open, when to send and to pull, what the bar says.

import { Bar } from "./bar.js";
import { NoStorage } from "./database.js";
import { announce, button, h } from "./dom.js";
import { answerOf } from "./fold.js";
import { Installer } from "./install.js";
import { isForgotten, LEFT, lock } from "./lock.js";
import { Model } from "./model.js";
import { Net } from "./net.js";
import { leavePage, notesPage, overviewPage, preparePage, sectionPage, startPage, wordsPage } from "./pages.js";
import { noStoragePage } from "./prepare.js";
import { pull, pullBook } from "./pull.js";
import { pause, sealedCopies, Sender, SETTLED } from "./send.js";
import { others, signIn, signOut, wasKept } from "./session.js";
import { Registry, Store } from "./store.js";
import { say } from "./words.js";

const BOOK_AGAIN = 300000; // milliseconds until a kept book is asked for again
const SIGN_OF_LIFE = 60000; // milliseconds until the office hears of this device again, and may stop it

export class App {
  constructor({ base, links }) {
    this.net = new Net(base, links);
    this.models = new Map();
    this.others = [];
    this.onlyOpen = false;
    this.agreed = null;
    this.page = {};
    this.failures = 0;
    this.how = { failed: false, signedOut: false, evicted: false, stopped: false, gone: false, unsent: 0, since: null, waits: 0, decisions: 0, held: 0, office: 0, why: "", saving: 0, savedAt: null, sending: false, newVersion: false };
    this.bar = new Bar(document.querySelector(".status-bar"), { send: () => this.beat({ all: true }), signIn: () => this.signIn(), again: () => this.flush({ force: true }) });
    this.installer = new Installer(base, { changed: () => this.update() });
    this.installer.reload = () => location.reload();
  }

  async start() {
    this.installer.start();
    try { this.registry = await Registry.open(); } catch (problem) {
      if (!(problem instanceof NoStorage)) throw problem;
      this.draw({ title: say("no_storage_title"), main: noStoragePage(this.net.links) });
      return;
    }
    this.listen();
    let current = await this.registry.current();
    if (current && (await isForgotten(current.id))) {
      await lock(this.registry, current.id);
      current = null;
    }
    if (current) await this.workAs(current.id);
    else this.draw(wordsPage("start_title", say("starting")));
    if (current) await this.route();
    await this.meet();
  }

  /** From now on this person works here: their own database is opened. */
  async workAs(account) {
    this.store = await Store.open(account);
    this.account = String(account);
    this.sender = new Sender({ net: this.net, store: this.store, tell: (workbook) => this.tellTabs(workbook) });
    this.tabs = new BroadcastChannel(`communitas-${this.account}`);
    this.tabs.onmessage = ({ data }) => (data === LEFT ? location.reload() : this.refresh(data));
    this.others = await others(this.registry, this.account);
    await this.store.keepDrafts();
    await this.store.forgetOld();
    await this.count();
  }

  /** Ask the server who is signed in, and go on as that person. */
  async meet() {
    const who = await this.net.who();
    if (who.ok) {
      const account = String(who.data.account);
      if (await this.leftBefore(account)) return this.meet();
      if (this.account && account !== this.account) return this.makeRoom(account);
      const isNew = !this.account;
      if (isNew) { await this.registry.makeCurrent(null); await this.workAs(account); }
      await this.registry.note(account, { current: true, initials: who.data.initials, base: this.net.base });
      await this.store.setMeta("key", who.data.key);
      await this.store.setMeta("seen_at", Date.now());
      this.how.signedOut = false;
      if (isNew) await this.route();
    } else if (who.why === "signed_out") {
      for (const each of await this.registry.all()) if (each.leaving) await this.registry.note(each.id, { leaving: false });
      this.how.signedOut = true;
      if (!this.account) return this.draw(wordsPage("sign_in_first", say("sign_in_first_what"), [button(say("sign_in"), () => this.signIn(), ""), ...await this.waitingHere()]));
    } else if (!this.account) {
      return this.draw(wordsPage("nothing_here", say("nothing_here_what"), await this.waitingHere()));
    }
    return this.beat();
  }

  /** Whether this person signed out here while there was no network: then the session ends now. */
  async leftBefore(account) {
    const known = (await this.registry.all()).find((each) => each.id === account);
    if (!known?.leaving || this.account || !(await signOut(this.net))) return false;
    await this.registry.note(account, { leaving: false });
    return true;
  }

  async waitingHere() {
    return (await others(this.registry, "")).map((each) => h("span", { class: "notice" }, say("other_waits", { count: each.unsent, initials: each.initials || "?" })));
  }

  /** Somebody else has signed in: what the person before left is locked, and the app starts anew. */
  async makeRoom(account) {
    await this.flush();
    this.tabs.close();
    await lock(this.registry, this.account);
    await this.registry.makeCurrent(null);
    await this.registry.note(account, { current: true, initials: this.net.token.initials });
    location.reload();
  }

  listen() {
    addEventListener("hashchange", () => this.route({ focus: true }));
    addEventListener("online", () => this.beat());
    addEventListener("offline", () => { this.how.why = "offline"; this.update(); });
    addEventListener("pagehide", () => this.lastWords());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.lastWords() : this.beat()));
    addEventListener("beforeunload", (event) => { if (this.how.failed) event.preventDefault(); });
  }

  // Pages

  async route({ focus = false } = {}) {
    const [workbook, what, more] = location.hash.replace(/^#\/?/, "").split("/");
    await this.flush();
    if (!this.store) return;
    if (workbook === "leave") { this.draw(leavePage(this), focus); return; }
    if (!workbook) { this.draw(await startPage(this), focus); return; }
    const model = await this.open(workbook, what === "prepare");
    if (what === "prepare") { this.draw({ title: say("prepare_title"), crumbs: [["#/", say("start_title")]], main: preparePage(this, workbook) }, focus); return; }
    this.missing = !model && this.mayCome; // it is fetched when the network is there
    if (!model) { this.draw(wordsPage("not_here", say("not_here_what"), [h("a", { class: "button", href: "#/" }, say("start_title"))]), focus); return; }
    this.open_workbook = model.workbook;
    if (what === "notes") this.draw(notesPage(this, model), focus);
    else if (Number(what) >= 1 && Number(what) <= model.book.sections.length) {
      const agreed = more === "agreed" && this.mayShowAgreed(model);
      this.draw(sectionPage(this, model, Number(what), agreed), focus);
      const key = decodeURIComponent(location.hash.split("@")[1] ?? "");
      this.page.forms?.find((form) => form.key === key)?.fieldset.focus();
    } else this.draw(overviewPage(this, model), focus);
    await this.count();
  }

  draw(page, focus = false) {
    this.page = page;
    document.title = [page.title, document.body.dataset.network].join(" · ");
    const place = document.querySelector("div.page");
    const main = h("main", { id: "main", tabindex: -1 }, page.main);
    const crumbs = page.crumbs?.length ? h("nav", { class: "crumbs", "aria-label": say("crumbs") }, h("ol", {}, page.crumbs.map(([href, words]) => h("li", {}, h("a", { href }, words))))) : null;
    const aside = page.aside ? h("aside", { class: "aside stack sticky first" }, page.aside) : null;
    place.replaceChildren(...[crumbs, main, aside].filter(Boolean));
    if (focus) { main.focus({ preventScroll: true }); scrollTo(0, 0); announce(page.title); }
  }

  /** The workbook as it is kept here; fetched when it is not, and the network is there. */
  async open(workbook, quietly = false) {
    let record = await this.store.book(workbook);
    if (!record?.book) {
      if (quietly) return null;
      this.how.evicted = wasKept(this.account, workbook);
      this.draw(wordsPage("fetching", say("fetching_what")));
      const answer = await pull(this, workbook);
      this.mayCome = !answer.gone;
      record = await this.store.book(workbook);
      if (answer.gone || !record?.book) return null;
      this.noteKept(workbook); // not waited for: the person is
    }
    return this.load(record);
  }

  /** The model of a workbook with its events, and of the self-review that stands beside it. */
  async load(record) {
    const model = this.modelOf(record);
    model.load(record, await this.store.events(record.workbook));
    const beside = record.book.beside && (await this.store.book(record.book.beside));
    model.beside = beside?.book ? await this.load(beside) : null;
    return model;
  }

  modelOf(record) {
    if (!this.models.has(record.workbook)) this.models.set(record.workbook, new Model(record, [], this.account));
    return this.models.get(record.workbook);
  }

  /** The server remembers in a cookie that this browser keeps a copy, so that its loss can be noticed. */
  async noteKept(workbook) {
    if (!wasKept(this.account, workbook)) await this.net.post("offline/kept/", { workbook: Number(workbook) });
  }

  placeOf(model, criterion, agreed) {
    const at = model.book.sections.findIndex((section) => section.criteria.includes(criterion)) + 1;
    return `#/${model.workbook}/${at}${agreed ? "/agreed" : ""}@${encodeURIComponent(criterion.key)}`;
  }

  mayShowAgreed(model) { return model.isPeer && ["agreeing", "closed", "reopened"].includes(model.book.review.state); }
  showsAgreed(model) { return this.mayShowAgreed(model) && (this.agreed ?? model.book.registers.agreed); }
  showAgreed(agreed) { this.agreed = agreed; this.route(); }
  mayWrite(model, agreed) { return model.may(agreed ? "agree" : "answer"); }
  toggleOpen() { this.onlyOpen = !this.onlyOpen; this.route(); }
  shellIsKept() { return Installer.isKept(this.net.base); }
  get install() { return this.installer.offer; }

  // Writing

  /** Keep an edit on the disk. Resolves with the event only when it is there; then it is sent when it can be. */
  async save(model, edit) {
    this.how.saving += 1;
    this.update();
    try {
      const event = await this.store.write(edit);
      Object.assign(this.how, { failed: false, savedAt: Date.now(), evicted: false });
      model.put(event);
      this.tellTabs(model.workbook);
      this.page.again?.();
      clearTimeout(this.soon);
      this.soon = setTimeout(() => this.beat(), SETTLED + 100);
      return event;
    } catch (problem) {
      this.how.failed = true;
      announce(say("not_kept"));
      throw problem;
    } finally {
      this.how.saving -= 1;
      await this.count().catch(() => this.update());
    }
  }

  /** Write what was typed at once; `force` also tries again what could not be kept. */
  flush() { return Promise.all((this.page.forms ?? []).map((form) => form.flush(this.how.failed))); }

  /** The page may go away at once: what was typed is handed over first, then written as always. */
  lastWords() {
    for (const form of this.page.forms ?? []) for (const edit of form.pending()) this.store?.draft(edit);
    return this.flush();
  }

  finish(model, finished) {
    const { score } = model.registers();
    const seen = model.get(`\n${score}`).map((event) => event.event_id);
    const words = { workbook: model.workbook, edition_hash: model.book.edition_hash, criterion_key: null, register: score, value: {} };
    return this.save(model, { ...words, kind: finished ? "complete" : "retract", seen: [], supersedes: seen }).then(() => this.route());
  }

  // Sending and pulling

  /** One round: send what waits, pull what is new, tell the office what is left. */
  async beat({ all = false } = {}) {
    if (!this.store) return;
    if (this.beating) {
      if (!all) { this.again = true; return; }
      await this.beating; // somebody waits for it: one more round, with all that is here
    }
    let done;
    this.beating = new Promise((resolve) => { done = resolve; });
    clearTimeout(this.next);
    Object.assign(this.how, { sending: this.how.unsent > 0 });
    this.update();
    let wait = 0;
    try {
      if (all) await this.flush();
      const answer = await this.sender.pass({ all });
      if (!answer.elsewhere) this.judge(answer.why);
      wait = answer.wait ?? 0;
      if (answer.why === "somebody_else") { await this.makeRoom(String(this.net.token.account)); return; }
      if (!answer.why && !answer.elsewhere) await this.pullAll();
      if (!this.how.why && this.missing) await this.route(); // what could not be fetched before
    } finally {
      this.beating = null;
      done();
      this.how.sending = false;
      this.failures = this.how.why ? this.failures + 1 : 0;
      await this.count();
      const unsettled = !this.how.why && this.how.unsent > this.how.waits; // written a moment ago, or sent by another tab
      this.next = setTimeout(() => this.beat(), unsettled ? SETTLED + 100 : 1000 * pause(this.failures, this.how.why, wait));
      if (this.again) { this.again = false; clearTimeout(this.soon); this.soon = setTimeout(() => this.beat(), SETTLED + 100); }
    }
  }

  judge(why) {
    this.how.signedOut = why === "signed_out" || (this.how.signedOut && Boolean(why));
    if (why === "signed_out") this.net.token = null;
    this.how.why = !navigator.onLine && why ? "offline" : why;
  }

  async pullAll() {
    for (const record of await this.store.books()) {
      if (record.network !== this.net.base) continue;
      const anew = Date.now() - (record.asked_at ?? 0) > BOOK_AGAIN;
      const before = record.view;
      let answer = await pull(this, record.workbook, { anew });
      if (anew && !answer.why && !answer.gone) await this.store.noteBook(record.workbook, { asked_at: Date.now() });
      const now = await this.store.book(record.workbook);
      if (!answer.why && now && before && now.view !== before) answer = { ...answer, ...(await pullBook(this, record.workbook)), changed: true };
      if (answer.gone) await this.letGo(record.workbook);
      else if (answer.why === "somebody_else") { await this.meet(); return; }
      else if (answer.why) { this.judge(answer.why); return; }
      else if (answer.changed) await this.refresh(record.workbook);
      if (now && !answer.gone) await this.heartbeat(record.workbook);
      if (this.how.stopped) return;
    }
  }

  async heartbeat(workbook) {
    const device = await this.store.meta("device");
    const waiting = (await this.store.unsent()).filter((event) => event.workbook === workbook);
    const since = waiting.length ? new Date(Math.min(...waiting.map((event) => event.touched_at))).toISOString() : null;
    const told = JSON.stringify([device.id, waiting.length]);
    this.told ??= new Map();
    const [words, at] = this.told.get(workbook) ?? ["", 0];
    if (words === told && Date.now() - at < SIGN_OF_LIFE) return;
    const answer = await this.net.post(`sync/v1/${workbook}/heartbeat`, { device: device.id, unsent: waiting.length, since, name: navigator.userAgentData?.platform || navigator.platform || "" });
    if (!answer.ok) return;
    this.told.set(workbook, [told, Date.now()]);
    if (!answer.data.stop) return;
    if ((await pullBook(this, workbook)).gone) await this.letGo(workbook); // only this workbook is out of reach
    else await this.stop();
  }

  /** The office has stopped this device: what can be read goes, what waits stays sealed. */
  async stop() {
    this.tabs.close();
    const left = await lock(this.registry, this.account);
    await this.registry.makeCurrent(null);
    Object.assign(this.how, { stopped: true, unsent: left });
    this.store = null;
    this.draw(wordsPage("stopped_title", say("stopped_what", { count: left })));
    this.update();
  }

  /** This person may not read the workbook any more: what can be read goes; what still waits is sealed. */
  async letGo(workbook) {
    const key = await this.store.meta("key");
    const waiting = (await this.store.unsent()).filter((event) => event.workbook === workbook);
    if (waiting.length && key) for (const copy of await sealedCopies(this.store, waiting, key)) await this.store.addSealed({ ...copy, kind: "outbox" });
    await this.store.erase(workbook, { waitingToo: Boolean(key) });
    this.models.delete(workbook);
    this.tellTabs(workbook);
    if (this.open_workbook === workbook) {
      this.how.gone = true;
      this.draw(wordsPage("gone_title", say("gone_what"), [h("a", { class: "button", href: "#/" }, say("start_title"))]));
    }
  }

  /** Something of this workbook has changed on the disk: show it wherever nobody is writing. */
  async refresh(workbook) {
    const model = this.models.get(String(workbook));
    const record = this.store && (await this.store.book(workbook));
    if (model && record?.book) {
      await this.load(record);
      for (const form of this.page.forms ?? []) if ([form.model, form.model.beside].includes(model) && !form.isBusy) form.show();
      this.page.again?.();
    }
    await this.count();
  }

  tellTabs(workbook) { if (this.store) this.tabs.postMessage(String(workbook)); }

  async signIn() {
    if (!(await signIn(this.net))) return;
    this.how.signedOut = false;
    announce(say("signed_in"));
    await this.meet();
  }

  // The bar

  async count() {
    if (!this.store) return;
    const waiting = await this.store.unsent();
    const locked = (await this.store.sealed()).filter((each) => each.kind === "outbox");
    const unsent = waiting.length + locked.reduce((sum, each) => sum + each.count, 0);
    const model = this.models.get(this.open_workbook);
    Object.assign(this.how, {
      unsent,
      since: unsent ? Math.min(...waiting.map((event) => event.touched_at), ...locked.map((each) => each.made_at)) : null,
      waits: waiting.filter((event) => event.waits).length,
      ...(model ? { decisions: toDecide(model), held: model.held().length, office: model.atOffice() } : {}),
    });
    await this.registry.note(this.account, { unsent, since: this.how.since });
    this.update();
  }

  update() {
    this.how.newVersion = Boolean(this.installer.waiting);
    if (this.store || this.how.stopped) this.bar.show(this.how);
    const idle = !this.how.unsent && !this.how.saving && !(this.page.forms ?? []).some((form) => form.isBusy);
    if (this.installer.waiting && idle && this.store) this.installer.takeOver();
  }
}

/** How many answers differ that this person may decide. */
function toDecide(model) {
  const { score } = model.registers(model.book.registers.agreed && model.isPeer && model.isLead);
  if (!model.isLead && !score.startsWith("reviewer:")) return 0;
  return [...model.heads].filter(([place, heads]) => place.split("\n")[1] === score && answerOf(heads).kind === "differ").length;
}

const theme = document.cookie.match(/(?:^|; )theme=(light|dark)/)?.[1];
if (theme) document.documentElement.dataset.theme = theme;
document.documentElement.classList.add("scripted");
new App(JSON.parse(document.getElementById("config").textContent)).start();
