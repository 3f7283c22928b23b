// What work on a vault sees in place of a store of the database: the same few verbs, answered from memory.

import { ask, within } from "./database.js";

export const keyOf = { books: (book) => book.workbook, events: (event) => event.event_id };
export const isUnsent = (event) => Boolean(event?.unsent);

/** A store that the PIN protects. The first change makes a copy of its table; `dirty` names the keys that changed. */
export function hiddenShelf(name, { tables, dirty }) {
  const change = (key, act) => {
    if (!dirty.has(name)) { dirty.set(name, new Set()); tables.set(name, new Map(tables.get(name))); }
    dirty.get(name).add(key);
    act(tables.get(name));
  };
  const all = (wanted = () => true) => [...tables.get(name).values()].filter(({ value }) => wanted(value)).map(({ value }) => structuredClone(value));
  return {
    get: async (key) => structuredClone(tables.get(name).get(key)?.value),
    getAll: async () => all(),
    index: (field) => ({ getAll: async (asked) => all((value) => value[field] !== undefined && (asked === undefined || value[field] === asked)) }),
    put(value, place) {
      const key = keyOf[name]?.(value) ?? place;
      change(key, (table) => table.set(key, { value: structuredClone(value) }));
    },
    delete(key) { if (tables.get(name).has(key)) change(key, (table) => table.delete(key)); },
    clear() { for (const key of [...tables.get(name).keys()]) this.delete(key); },
  };
}

/** A store that is as it always was: read at once, written with the rest. */
export function plainShelf(db, name, { also }) {
  const read = (act) => within(db, name, "readonly", (stores) => ask(act(stores[name])));
  const later = (verb) => (...values) => { also.push({ name, act: (store) => store[verb](...values) }); };
  return { get: (key) => read((store) => store.get(key)), getAll: () => read((store) => store.getAll()), put: later("put"), add: later("add"), delete: later("delete") };
}
