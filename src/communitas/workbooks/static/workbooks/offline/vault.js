// What a PIN protects. Books, events and drafts stand on the disk only as encrypted rows, each encrypted before it is
// written, so that a device that loses its power while it is open holds no more than one that is locked. What waits to be
// sent stands beside its row sealed to the office's key too (a spare), in the same transaction: without the PIN it can
// still be sent. Memory holds what is decrypted; a number on the disk says when another tab has written.

import { ask, within } from "./database.js";
import { decrypted, encrypted } from "./rows.js";
import { sealedCopies } from "./send.js";
import { hiddenShelf, isUnsent, keyOf, plainShelf } from "./shelves.js";

export const HIDDEN = ["books", "events", "drafts"];
const TOGETHER = 50; // events in one spare
const ROWS = () => IDBKeyRange.bound(["row"], ["row", []]);

export class Closed extends Error {}

const nothing = () => new Map(HIDDEN.map((name) => [name, new Map()]));
const groupOf = (event) => `spare ${event.workbook} ${Math.floor(event.device_seq / TOGETHER)}`;
const copiesOf = (group) => IDBKeyRange.bound(`${group} `, `${group} \uffff`);
const opened = (account) => `communitas-open-${account}`;

/** Every key and record that stands readable in these stores. */
async function readable(stores) {
  const found = [];
  for (const name of HIDDEN) {
    const [keys, values] = [await ask(stores[name].getAllKeys()), await ask(stores[name].getAll())];
    keys.forEach((key, at) => found.push([name, key, values[at]]));
  }
  return found;
}

export class Vault {
  tables = nothing(); // name -> key -> {id of the row, value}
  stale = []; // rows that a newer one has replaced
  ready = new Map(); // drafts that are encrypted before they are needed
  generation = undefined;
  isLoaded = false;

  constructor({ db, account, key, id }) { Object.assign(this, { db, account, key, id }); }

  /** Open what is kept under this key. */
  static async open(given) {
    const vault = new Vault(given);
    await vault.#stayOpen();
    await vault.#alone(async () => { await vault.#load(); await vault.#takeIn(); });
    await vault.#noteHanded();
    return vault;
  }

  /** From now on everything is kept under this key; `pin` is what is kept of the PIN. One transaction. */
  static async make({ pin, ...given }) {
    const vault = new Vault({ ...given, id: pin.id });
    await vault.#stayOpen();
    try { await vault.#alone(() => vault.#takeIn(pin)); } catch (problem) { vault.close(); throw problem; }
    return vault;
  }

  /** As `within` of the database. The work sees what is decrypted; what it changed is encrypted and written at once. */
  within(stores, mode, work) {
    const names = [stores].flat();
    const isPlain = !names.some((name) => HIDDEN.includes(name));
    if (isPlain && mode === "readonly") return within(this.db, stores, mode, work);
    return this.#alone(async () => {
      if (isPlain) return within(this.db, stores, mode, work);
      for (;;) {
        await this.#load();
        const change = { tables: new Map(this.tables), dirty: new Map(), also: [] };
        const shelves = names.map((name) => [name, HIDDEN.includes(name) ? hiddenShelf(name, change) : plainShelf(this.db, name, change)]);
        const result = await work(Object.fromEntries(shelves));
        if (mode === "readonly" || (!change.dirty.size && !change.also.length) || (await this.#commit(change))) return result;
      }
    });
  }

  /** Encrypt what is being typed, so that it is ready when the page goes away and nothing can be waited for. */
  async prepare(place, edit) {
    const text = JSON.stringify(edit);
    if (this.ready.get(place)?.text === text) return;
    const value = { ...edit, now: Date.now() };
    const { id, row } = await encrypted(this.key, "drafts", place, value);
    this.ready.set(place, { text, id, row, value });
  }

  /** Write what was prepared of exactly this edit; nothing where the page goes away before it is ready. */
  draft(place, edit) {
    const made = this.ready.get(place);
    if (made?.text !== JSON.stringify(edit)) return;
    const before = this.tables.get("drafts").get(place);
    if (before?.id === made.id) return;
    const transaction = this.db.transaction("meta", "readwrite", { durability: "strict" });
    const meta = transaction.objectStore("meta");
    meta.put(made.row, ["row", made.id]);
    if (before) meta.delete(["row", before.id]);
    transaction.commit();
    this.tables.get("drafts").set(place, { id: made.id, value: made.value });
  }

  /** Take the PIN away: everything stands readable again. One transaction. */
  dissolve() {
    return this.#alone(async () => {
      await this.#load();
      await within(this.db, ["meta", "sealed", ...HIDDEN], "readwrite", async ({ meta, sealed, ...stores }) => {
        if ((await ask(meta.get("pin")))?.id !== this.id || (await ask(meta.get("generation"))) !== this.generation) throw new Closed("changed");
        for (const [name, table] of this.tables) for (const [key, { value }] of table) stores[name].put(value, ...(keyOf[name] ? [] : [key]));
        for (const each of await ask(sealed.getAll())) if (each.kind === "spare") sealed.delete(each.id);
        forget(meta, true);
      });
      this.close();
    });
  }

  /** Nothing is written through it at the same time, in whatever tab. */
  #alone(work) { return navigator.locks.request(`communitas-vault-${this.account}`, work); }

  /** While a tab has it open, no other tab hands over spares: what is in them may be changed. */
  #stayOpen() {
    return new Promise((resolve) => {
      navigator.locks.request(opened(this.account), { mode: "shared" }, () => {
        resolve();
        return new Promise((done) => { this.close = done; });
      });
    });
  }

  async #load() {
    const found = await within(this.db, "meta", "readonly", async ({ meta }) => {
      const generation = await ask(meta.get("generation"));
      if (this.isLoaded && generation === this.generation) return null;
      return { generation, keys: await ask(meta.getAllKeys(ROWS())), rows: await ask(meta.getAll(ROWS())) };
    });
    if (!found) return;
    const known = new Map();
    for (const [name, table] of this.tables) for (const [key, one] of table) known.set(one.id, [name, key, one.value]);
    const tables = nothing();
    const read = await Promise.all(found.keys.map(([, id], at) => known.get(id) ?? decrypted(this.key, id, found.rows[at])));
    const stale = [];
    read.forEach(([name, key, value], at) => {
      const one = { id: found.keys[at][1], value };
      const other = tables.get(name).get(key);
      const [newer, older] = other?.value.now > value.now ? [other, one] : [one, other]; // two drafts of one place, by two tabs
      tables.get(name).set(key, newer);
      if (older) stale.push(older.id);
    });
    for (const [key, one] of this.tables.get("drafts")) if (!tables.get("drafts").has(key)) tables.get("drafts").set(key, one); // put away meanwhile
    Object.assign(this, { tables, stale, generation: found.generation, isLoaded: true });
  }

  /** Take in what stands readable: everything when a PIN is set, and what a tab may have written while it was set. */
  async #takeIn(pin = null) {
    for (;;) {
      const found = await within(this.db, HIDDEN, "readonly", readable);
      if (!pin && !found.length) return;
      const change = { tables: new Map(this.tables), dirty: new Map(), also: [] };
      for (const [name, key, value] of found) {
        const shelf = hiddenShelf(name, change);
        if (name === "drafts" || !(await shelf.get(key))) shelf.put(value, key);
      }
      const before = JSON.stringify(found);
      change.first = async (stores) => {
        if (JSON.stringify(await readable(stores)) !== before) return false;
        for (const name of HIDDEN) stores[name].clear();
        if (pin) { stores.meta.put(pin, "pin"); stores.meta.put(0, "tries"); }
        return true;
      };
      if (await this.#commit(change, HIDDEN)) { this.isLoaded = true; return; }
      await this.#load();
    }
  }

  /** Write what was changed, with its spares, in one transaction. False when another tab was quicker. */
  async #commit({ tables, dirty, also, first }, more = []) {
    const changes = [];
    for (const [name, keys] of dirty) {
      for (const key of keys) {
        const now = tables.get(name).get(key);
        const made = now ? await encrypted(this.key, name, key, now.value) : null;
        changes.push({ name, key, before: this.tables.get(name).get(key), made, value: now?.value });
      }
    }
    const spares = await this.#spares(changes.filter((each) => each.name === "events"), tables.get("events"));
    const gone = [...this.stale, ...changes.map((each) => each.before?.id).filter(Boolean)];
    const kept = [...tables.get("books").values()].map(({ value }) => [value.workbook, value.network ?? ""]);
    const isDone = await within(this.db, [...new Set(["meta", "sealed", ...more, ...also.map((each) => each.name)])], "readwrite", async (stores) => {
      const { meta, sealed } = stores;
      if ((await ask(meta.get("generation"))) !== this.generation) return false;
      if (first && !(await first(stores))) return false;
      if ((await ask(meta.get("pin")))?.id !== this.id) throw new Closed("the PIN is gone");
      for (const id of gone) meta.delete(["row", id]);
      for (const { made } of changes) if (made) meta.put(made.row, ["row", made.id]);
      for (const [group, copies] of spares) {
        sealed.delete(copiesOf(group));
        copies.forEach((copy, at) => sealed.put({ ...copy, id: `${group} ${at}`, kind: "spare" }));
      }
      for (const { name, act } of also) act(stores[name]);
      if (dirty.has("books")) meta.put(kept, "kept_books"); // numbers alone: a locked device still asks whether it is stopped
      meta.put((this.generation ?? 0) + 1, "generation");
      return true;
    });
    if (!isDone) return false;
    this.generation = (this.generation ?? 0) + 1;
    this.stale = [];
    for (const { name, key, before, made, value } of changes) {
      const table = this.tables.get(name);
      if (table.get(key) !== before) continue; // a draft was put away meanwhile
      if (made) table.set(key, { id: made.id, value }); else table.delete(key);
    }
    return true;
  }

  /** The spares that a change of events asks for: each group with the copies that it has from now on. */
  async #spares(changes, events) {
    const groups = new Set(changes.flatMap(({ before, value }) => [before?.value, value]).filter(isUnsent).map(groupOf));
    if (!groups.size) return [];
    const key = await within(this.db, "meta", "readonly", ({ meta }) => ask(meta.get("key")));
    const waiting = [...events.values()].map((each) => each.value).filter(isUnsent).sort((a, b) => a.device_seq - b.device_seq);
    return Promise.all([...groups].map(async (group) => [group, await sealedCopies(this, waiting.filter((event) => groupOf(event) === group), key)]));
  }

  /** What was handed over while this was locked has been offered: it is not changed any more. */
  async #noteHanded() {
    const spares = (await within(this.db, "sealed", "readonly", ({ sealed }) => ask(sealed.getAll()))).filter((each) => each.kind === "spare" && each.handed);
    const groups = new Set(spares.map((each) => each.id.slice(0, each.id.lastIndexOf(" "))));
    if (!groups.size) return;
    await this.within("events", "readwrite", async ({ events }) => {
      for (const event of await events.getAll()) if (isUnsent(event) && groups.has(groupOf(event))) events.put({ ...event, offered: event.offered ?? Date.now() });
    });
  }
}

function forget(meta, isPinToo) {
  meta.delete(ROWS());
  for (const name of ["generation", "kept_books", ...(isPinToo ? ["pin", "tries"] : [])]) meta.delete(name);
}

/**
 * Give up what only the PIN opens: it goes, and the spares become sealed copies that are handed over after signing in.
 * One transaction. The PIN itself stays for what comes, unless it is forgotten.
 */
export function giveUp(db, { isPinForgotten = false } = {}) {
  return within(db, ["meta", "sealed", ...HIDDEN], "readwrite", async ({ meta, sealed, books, events }) => {
    for (const { id, handed, arrived, ...spare } of await ask(sealed.getAll())) {
      if (spare.kind !== "spare") continue;
      sealed.delete(id);
      sealed.add({ ...spare, kind: "outbox" });
    }
    for (const event of await ask(events.getAll())) if (!event.unsent) events.delete(event.event_id);
    books.clear();
    forget(meta, isPinForgotten);
  });
}

/** The spares that are to be handed over now, each noted first. None while a tab has the vault open. */
export function sparesToHand(db, account) {
  return navigator.locks.request(opened(account), { ifAvailable: true }, (lock) => (lock ? within(db, "sealed", "readwrite", async ({ sealed }) => {
    const found = (await ask(sealed.getAll())).filter((each) => each.kind === "spare" && !each.arrived);
    for (const each of found) sealed.put({ ...each, handed: each.handed ?? Date.now() });
    return found;
  }) : []));
}
