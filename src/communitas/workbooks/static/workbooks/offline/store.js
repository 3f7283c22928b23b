// What one person keeps on this device, in a database of their own: books, events, sealed copies.
//
// An event here is the server's event with marks of this device: unsent (1 while it waits), offered (a batch with it
// has left, so it is never changed again), waits (why it is not sent yet), held (what the server said when it put
// it aside), own (written here), sent_at, touched_at.

import { ask, open, within } from "./database.js";
import { REGISTRY, shapeAccount } from "./registry.js";
import { Closed, giveUp, HIDDEN } from "./vault.js";

const DAY = 86400000;
export const KEPT_DAYS = 30;

const placeOfDraft = (edit) => [edit.workbook, edit.criterion_key, edit.register].join("\n");

/**
 * On a shared device (`shared`) what the office holds of this person is never on the disk: it passes through the
 * page's memory (`passing`), and how far was pulled is remembered there too (`reached`), so that each page pulls it all.
 */
export class Store {
  shared = false;
  vault = null;
  isLocked = false;
  passing = new Map();
  reached = new Map();

  /** Where a PIN is set, what can be read is behind the `vault` that it opened; without it the store is locked. */
  static async open(account, { vault = null } = {}) {
    const store = new Store();
    store.account = String(account);
    store.db = await open(`${REGISTRY}-${account}`, shapeAccount);
    const pin = await store.within("meta", "readwrite", async ({ meta }) => {
      if (!(await ask(meta.get("device")))) meta.put({ id: crypto.randomUUID(), seq: 0 }, "device");
      return ask(meta.get("pin"));
    });
    if (pin && pin.id === vault?.id) Object.assign(store, { vault: Object.assign(vault, { db: store.db }) });
    else store.isLocked = Boolean(pin);
    return store;
  }

  within(stores, mode, work) {
    if (this.vault) return this.vault.within(stores, mode, work);
    if (this.isLocked && mode === "readwrite" && [stores].flat().some((name) => HIDDEN.includes(name))) throw new Closed("locked");
    return within(this.db, stores, mode, work);
  }

  /** Without the PIN: what can be read goes, what waits stays as sealed copies. */
  async giveUp(how) {
    await giveUp(this.db, how);
    this.isLocked = false;
  }

  meta(name) { return this.within("meta", "readonly", ({ meta }) => ask(meta.get(name))); }
  setMeta(name, value) { return this.within("meta", "readwrite", ({ meta }) => { meta.put(value, name); }); }

  async books() { return (await this.within("books", "readonly", ({ books }) => ask(books.getAll()))).map((each) => this.#asPulled(each)); }
  async book(workbook) {
    const found = await this.within("books", "readonly", ({ books }) => ask(books.get(String(workbook))));
    return found && this.#asPulled(found);
  }

  #asPulled(record) { return this.shared ? { ...record, last_seq: this.reached.get(record.workbook) ?? 0 } : record; }

  /** Keep what is new of a book's record: the book itself, how far it was pulled. */
  noteBook(workbook, changes) {
    return this.within("books", "readwrite", async ({ books }) => {
      const known = await ask(books.get(String(workbook)));
      books.put({ workbook: String(workbook), last_seq: 0, view: "", epoch: "", names: {}, ...known, ...changes });
    });
  }

  async events(workbook) {
    const kept = await this.within("events", "readonly", ({ events }) => ask(events.index("workbook").getAll(String(workbook))));
    const ids = new Set(kept.map((event) => event.event_id));
    return [...kept, ...[...this.passing.values()].filter((event) => event.workbook === String(workbook) && !ids.has(event.event_id))];
  }

  /** What is on the disk of this person's own and has been sent. */
  async ownSent() {
    const found = await this.within("events", "readonly", ({ events }) => ask(events.getAll()));
    return found.filter((event) => !event.unsent && String(event.author) === this.account);
  }

  /** Take sent events off the disk, in one step with their sealed copies; they go on in memory. */
  hide(sent, copies) {
    for (const event of sent) this.passing.set(event.event_id, event);
    return this.within(["events", "sealed"], "readwrite", async ({ events, sealed }) => {
      for (const event of sent) {
        const here = await ask(events.get(event.event_id));
        if (here && !here.unsent) events.delete(event.event_id);
      }
      for (const copy of copies) sealed.add(copy);
    });
  }

  /** The device is not shared any more: everything is pulled again, and kept. */
  keepAgain() {
    this.shared = false;
    this.passing.clear();
    this.reached.clear();
  }

  /** All that waits to be sent, oldest first. */
  async unsent() {
    const found = await this.within("events", "readonly", ({ events }) => ask(events.index("unsent").getAll()));
    return found.sort((a, b) => a.device_seq - b.device_seq);
  }

  /**
   * Keep one edit. While its only predecessor is an event of this device that no batch has carried, that event takes
   * the new value; else a new event is made that supersedes what the writer saw. Resolves when it is on the disk.
   */
  write({ seen, supersedes, waits = "", now = Date.now(), event_id = crypto.randomUUID(), ...words }) {
    return this.within(["events", "meta", "drafts"], "readwrite", async ({ events, meta, drafts }) => {
      drafts.delete(placeOfDraft(words));
      const mine = seen.length === 1 ? await ask(events.get(seen[0])) : null;
      const marks = { made_at: new Date(now).toISOString(), touched_at: now, waits };
      if (mine?.unsent && !mine.offered && mine.kind === words.kind && !mine.redacted) {
        const changed = { ...mine, value: words.value, ...marks };
        events.put(changed);
        return changed;
      }
      const device = await ask(meta.get("device"));
      device.seq += 1;
      meta.put(device, "device");
      const event = {
        ...words, ...marks, event_id, supersedes, author: this.account, own: 1, unsent: 1,
        device_id: device.id, device_seq: device.seq, origin: "offline", reason: "", transcribed_from: "",
        server_seq: null, redacted: false,
      };
      events.put(event);
      return event;
    });
  }

  /**
   * Hand over an edit while the page is going away: one request that needs no answer, so that the browser still
   * takes it. It becomes an event when the app opens again, unless `write` was quicker. `after` names an event whose
   * own write was under way: where it arrived, the draft follows it.
   */
  draft(edit) {
    if (this.vault) { this.vault.draft(placeOfDraft(edit), edit); return; }
    const transaction = this.db.transaction("drafts", "readwrite", { durability: "strict" });
    transaction.objectStore("drafts").put({ ...edit, now: Date.now() }, placeOfDraft(edit));
    transaction.commit();
  }

  /** Where a PIN is set a draft is encrypted before it is needed. */
  prepareDraft(edit) { return this.vault?.prepare(placeOfDraft(edit), edit); }

  /** Make events of what was being typed when the page went away. */
  async keepDrafts() {
    const found = await this.within("drafts", "readonly", ({ drafts }) => ask(drafts.getAll()));
    for (const { after, ...edit } of found) {
      const before = after && (await this.within("events", "readonly", ({ events }) => ask(events.get(after))));
      await this.write(before ? { ...edit, seen: [after], supersedes: [after] } : edit);
    }
  }

  /** Mark a batch as offered: from now on nothing in it is changed. Gives the events as they stand. */
  offer(ids, now = Date.now()) {
    return this.within("events", "readwrite", async ({ events }) => {
      const found = [];
      for (const id of ids) {
        const event = await ask(events.get(id));
        if (!event?.unsent || event.waits) continue;
        event.offered = now;
        events.put(event);
        found.push(event);
      }
      return found;
    });
  }

  /** Note what the server said of each event, which is then sent; a redacted one loses its words here too. */
  sent(results, now = Date.now()) {
    return this.within("events", "readwrite", async ({ events }) => {
      for (const result of results) {
        const event = await ask(events.get(result.event_id));
        if (!event) continue;
        delete event.unsent;
        Object.assign(event, { sent_at: now, hash: result.hash, server_seq: result.server_seq ?? event.server_seq });
        if (result.status === "quarantined") event.held = { reason: result.reason ?? "", sentence: result.sentence ?? "" };
        if (result.status === "redacted") Object.assign(event, { redacted: true, value: {}, reason: "" });
        events.put(event);
      }
    });
  }

  /** Keep a page of the server's events; what stands here unsent keeps waiting, what was redacted loses its words. */
  received(workbook, page, names) {
    return this.within(["events", "books"], "readwrite", async ({ events, books }) => {
      const book = await ask(books.get(String(workbook)));
      if (!book) return; // it left this device while the page was on its way
      for (const event of page.events) {
        const here = await ask(events.get(event.event_id));
        if (here?.unsent) continue; // it waits until the server answers for it by name
        const marks = here ? { own: here.own, sent_at: here.sent_at ?? Date.now(), touched_at: here.touched_at } : {};
        const whole = { ...event, workbook: String(workbook), redacted: Boolean(event.redacted), ...marks };
        if (this.shared && String(event.author) === this.account) this.passing.set(event.event_id, whole);
        else events.put(whole);
      }
      for (const id of page.redacted ?? []) {
        const gone = this.passing.get(id);
        if (gone) this.passing.set(id, { ...gone, redacted: true, value: {}, reason: "" });
        const here = await ask(events.get(id));
        if (here) events.put({ ...here, redacted: true, value: {}, reason: "" });
      }
      const last = page.events.reduce((highest, event) => Math.max(highest, event.server_seq), 0);
      const reached = page.more ? last : Math.max(last, page.last_seq);
      if (this.shared) this.reached.set(String(workbook), reached);
      books.put({ ...book, epoch: page.epoch, view: page.view ?? "", last_seq: this.shared ? 0 : reached, names: { ...book.names, ...names } });
    });
  }

  /** Forget what the server held before it was restored, and offer again what was written here. */
  offerAgain(workbook, epoch) {
    this.#forgetPassing(workbook);
    return this.within(["events", "books", "sealed"], "readwrite", async ({ events, books, sealed }) => {
      let again = 0;
      for (const event of await ask(events.index("workbook").getAll(String(workbook)))) {
        if (event.own && !event.redacted) { events.put({ ...event, unsent: 1, waits: event.waits ?? "", offered: 1, server_seq: null }); again += 1; }
        else if (!event.unsent) events.delete(event.event_id);
      }
      const book = await ask(books.get(String(workbook)));
      if (book) books.put({ ...book, epoch, last_seq: 0, view: "" });
      for (const each of await ask(sealed.getAll())) {
        if (each.kind === "sent" && each.workbook === String(workbook)) sealed.put({ ...each, kind: "outbox", again: true });
      }
      return again;
    });
  }

  /** Start a workbook's pull from nothing: what may be read has changed, so what was pulled before goes. */
  pullAnew(workbook, view) {
    this.reached.delete(String(workbook));
    return this.within(["events", "books"], "readwrite", async ({ events, books }) => {
      for (const event of await ask(events.index("workbook").getAll(String(workbook)))) {
        if (!event.own) events.delete(event.event_id);
      }
      const book = await ask(books.get(String(workbook)));
      if (book) books.put({ ...book, last_seq: 0, view });
    });
  }

  #forgetPassing(workbook) {
    for (const [id, event] of this.passing) if (!workbook || event.workbook === String(workbook)) this.passing.delete(id);
    if (workbook) this.reached.delete(String(workbook)); else this.reached.clear();
  }

  sealed() { return this.within("sealed", "readonly", ({ sealed }) => ask(sealed.getAll())); }
  addSealed(record) { return this.within("sealed", "readwrite", ({ sealed }) => ask(sealed.add(record))); }
  changeSealed(id, changes) {
    return this.within("sealed", "readwrite", async ({ sealed }) => { sealed.put({ ...(await ask(sealed.get(id))), ...changes }); });
  }

  /** A sealed copy has arrived; how many answers wait for their writer's word at the office is noted. */
  handedOver(id, count) {
    return this.within(["sealed", "meta"], "readwrite", async ({ sealed, meta }) => {
      sealed.put({ ...(await ask(sealed.get(id))), kind: "sent", refused: "", again: false });
      meta.put(((await ask(meta.get("handed"))) ?? 0) + count, "handed");
    });
  }

  removeSealed(id) { return this.within("sealed", "readwrite", ({ sealed }) => { sealed.delete(id); }); }

  /** Remove what can be read of one workbook, or of all; sealed copies stay. What waits goes only as it was sealed. */
  erase(workbook = null, { sealed = [] } = {}) {
    this.#forgetPassing(workbook);
    const safe = new Map(sealed.map((event) => [event.event_id, event.touched_at]));
    return this.within(["events", "books", "drafts"], "readwrite", async ({ events, books, drafts }) => {
      const found = workbook ? await ask(events.index("workbook").getAll(String(workbook))) : await ask(events.getAll());
      for (const event of found) if (!event.unsent || safe.get(event.event_id) === event.touched_at) events.delete(event.event_id);
      if (workbook) { books.delete(String(workbook)); return; }
      books.clear();
      drafts.clear();
    });
  }

  /** Sealed copies of what was sent are kept for a month. */
  async forgetOld(now = Date.now()) {
    await this.within("sealed", "readwrite", async ({ sealed }) => {
      for (const each of await ask(sealed.getAll())) {
        if (each.kind === "sent" && now - each.made_at > KEPT_DAYS * DAY) sealed.delete(each.id);
      }
    });
  }

  /** Write, read and remove a trial: whether this browser really keeps what it is given. */
  async trial() {
    const words = crypto.randomUUID();
    await this.within("trial", "readwrite", ({ trial }) => { trial.put(words, "trial"); });
    const read = await this.within("trial", "readonly", ({ trial }) => ask(trial.get("trial")));
    await this.within("trial", "readwrite", ({ trial }) => { trial.delete("trial"); });
    return read === words;
  }
}
