// The app: who works here, which page is open, when to send and to pull, what the bar says.

import { Bar } from "./bar.js";
import { NoStorage } from "./database.js";
import { announce, h } from "./dom.js";
import { answerOf } from "./fold.js";
import { guard, share } from "./guard.js";
import { Installer } from "./install.js";
import { isForgotten, LEFT, lock } from "./lock.js";
import { LOCKED, lockNow, unlocked, WAIT, waitFor, watchOver } from "./locked.js";
import { makeRoom, meet } from "./meeting.js";
import { Model } from "./model.js";
import { Net } from "./net.js";
import { hasBooks, leavePage, notesPage, overviewPage, preparePage, sectionPage, startPage, wordsPage } from "./pages.js";
import { noStoragePage } from "./prepare.js";
import { pull } from "./pull.js";
import { Registry } from "./registry.js";
import { Rounds } from "./rounds.js";
import { Sender } from "./send.js";
import { others, signIn, wasKept } from "./session.js";
import { isLeft } from "./shared.js";
import { Store } from "./store.js";
import { say } from "./words.js";

export class App {
  constructor({ base, links }) {
    this.net = new Net(base, links);
    this.models = new Map();
    this.others = [];
    this.onlyOpen = false;
    this.agreed = null;
    this.page = {};
    this.rounds = new Rounds(this);
    this.how = { failed: false, signedOut: false, evicted: false, stopped: false, gone: false, unsent: 0, since: null, waits: 0, decisions: 0, held: 0, office: 0, why: "", saving: 0, savedAt: null, sending: false, newVersion: false, idle: false, empty: true };
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
    const left = current && (await this.registry.isShared()) && isLeft(current);
    if (current && (left || (await isForgotten(current.id)))) {
      await lock(this.registry, current.id);
      if (left) await this.registry.note(current.id, { leaving: true }); // the session ends too
      current = null;
    }
    if (current && !(await this.workAs(current.id))) return;
    if (!current) this.draw(wordsPage("start_title", say("starting")));
    if (current) await this.route();
    await this.meet();
  }

  /** From now on this person works here: their own database is opened. False when it asks for a PIN and was given up. */
  async workAs(account) {
    const store = await Store.open(account);
    if (store.isLocked && !(await unlocked(this, store))) return false;
    Object.assign(this, { store, vault: store.vault, account: String(account) });
    this.sender = new Sender({ net: this.net, store: this.store, tell: (workbook) => this.#answered(workbook) });
    this.tabs = new BroadcastChannel(`communitas-${this.account}`);
    this.tabs.onmessage = ({ data }) => this.hear(data);
    this.others = await others(this.registry, this.account);
    await this.store.keepDrafts();
    await this.store.forgetOld();
    if (await this.registry.isShared()) await this.guard();
    else if (this.vault) watchOver(this);
    await this.count();
    return true;
  }

  hear(said) {
    if (said === LEFT) { location.reload(); return; }
    if (said === LOCKED) { lockNow(this, { isTold: true }); return; }
    if (said === WAIT) { waitFor(this); return; }
    this.#during(() => this.refresh(said));
    if (this.store?.shared) this.rounds.shortly(); // what the other tab has sent is no longer on the disk
  }

  meet() { return meet(this); }
  makeRoom(account) { return makeRoom(this, account); }
  beat(how) { return this.rounds.beat(how); }
  share(shared) { return share(this, shared); }
  guard() { return guard(this); }

  listen() {
    addEventListener("hashchange", () => this.route({ focus: true }));
    addEventListener("online", () => this.beat());
    addEventListener("offline", () => { this.how.why = "offline"; this.update(); });
    addEventListener("pagehide", () => this.lastWords());
    addEventListener("input", () => this.foresee());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.lastWords() : this.beat()));
    addEventListener("beforeunload", (event) => { if (this.how.failed) event.preventDefault(); });
  }

  /** Work on a store that may be closed meanwhile: then nothing is left to do. */
  async #during(work) {
    const { store } = this;
    try { await work(); } catch (problem) { if (this.store === store) throw problem; }
  }

  /** From now on nothing is read or written for the person who worked here. */
  shut() {
    this.store?.db.close();
    this.store?.vault?.close();
    this.store = null;
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
    this.foresee();
    this.update();
    try {
      const event = await this.store.write(edit);
      Object.assign(this.how, { failed: false, savedAt: Date.now(), evicted: false });
      model.put(event);
      this.tellTabs(model.workbook);
      this.page.again?.();
      this.rounds.shortly();
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

  /** Where a PIN is set, what was typed is encrypted at once, because nothing can be waited for when the page goes away. */
  foresee() {
    if (this.store?.vault) for (const form of this.page.forms ?? []) for (const edit of form.pending()) this.store.prepareDraft(edit);
  }

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

  /** The server has answered for events of this workbook: every page shows what it said, also where it put one aside. */
  #answered(workbook) {
    this.tellTabs(workbook);
    return this.#during(() => this.refresh(workbook));
  }

  tellTabs(workbook) { if (this.store) this.tabs.postMessage(String(workbook)); }

  async signIn() {
    if (!(await signIn(this.net))) return;
    this.how.signedOut = false;
    announce(say("signed_in"));
    await this.meet();
  }

  // The bar

  count() { return this.#during(() => this.#count()); }

  async #count() {
    if (!this.store) return;
    const waiting = await this.store.unsent();
    const locked = (await this.store.sealed()).filter((each) => each.kind === "outbox");
    const unsent = waiting.length + locked.reduce((sum, each) => sum + each.count, 0);
    const model = this.models.get(this.open_workbook);
    Object.assign(this.how, {
      unsent,
      since: unsent ? Math.min(...waiting.map((event) => event.touched_at), ...locked.map((each) => each.made_at)) : null,
      waits: waiting.filter((event) => event.waits).length,
      empty: !model && !(await hasBooks(this)) && (await this.store.meta("handed")) == null,
      ...(model ? { decisions: toDecide(model), held: model.held().length, office: model.atOffice() } : {}),
    });
    await this.registry.note(this.account, { unsent, since: this.how.since }).catch(() => {}); // a full disk: noted later
    this.update();
  }

  update() {
    this.how.newVersion = Boolean(this.installer.waiting);
    if (this.store || this.how.stopped) this.bar.show(this.how);
    const idle = !this.rounds.beating && !this.how.unsent && !this.how.saving && !(this.page.forms ?? []).some((form) => form.isBusy);
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
