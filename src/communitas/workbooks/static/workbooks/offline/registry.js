// Who has worked on this device: one database for all of them, with initials and how much waits, nothing else.

import { ask, open, within } from "./database.js";

export const REGISTRY = "communitas";

function shapeRegistry(db) {
  db.createObjectStore("accounts", { keyPath: "id" });
}

/** The stores of one person's own database. */
export function shapeAccount(db) {
  db.createObjectStore("meta");
  db.createObjectStore("books", { keyPath: "workbook" });
  const events = db.createObjectStore("events", { keyPath: "event_id" });
  events.createIndex("workbook", "workbook");
  events.createIndex("unsent", "unsent"); // only those that wait have the mark
  db.createObjectStore("sealed", { keyPath: "id", autoIncrement: true });
  db.createObjectStore("drafts"); // what was being typed when the page went away
  db.createObjectStore("trial");
}

/** Everybody who has worked on this device: initials and how much waits, nothing else. */
export class Registry {
  static async open() {
    const registry = new Registry();
    registry.db = await open(REGISTRY, shapeRegistry);
    return registry;
  }

  all() { return within(this.db, "accounts", "readonly", ({ accounts }) => ask(accounts.getAll())); }

  /** Change what is noted of one account, making it when it is new. */
  note(id, changes) {
    return within(this.db, "accounts", "readwrite", async ({ accounts }) => {
      const known = await ask(accounts.get(id));
      accounts.put({ id, initials: "", unsent: 0, since: null, current: false, ...known, ...changes });
    });
  }

  /** From now on this person works here; null when nobody does. */
  makeCurrent(id) {
    return within(this.db, "accounts", "readwrite", async ({ accounts }) => {
      for (const each of await ask(accounts.getAll())) {
        if (each.current !== (each.id === id)) accounts.put({ ...each, current: each.id === id });
      }
    });
  }

  /** Whether somebody said that this device is shared or kept in a secure place: it holds for everybody. */
  async isShared() { return (await this.all()).some((each) => each.shared); }

  makeShared(shared) {
    return within(this.db, "accounts", "readwrite", async ({ accounts }) => {
      for (const each of await ask(accounts.getAll())) accounts.put({ ...each, shared });
    });
  }

  async current() { return (await this.all()).find((each) => each.current) ?? null; }
}
