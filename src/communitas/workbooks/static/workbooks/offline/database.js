// IndexedDB with promises. A write is done only when its transaction is complete, and then it is on the disk.

const VERSION = 1;

export class NoStorage extends Error {}

/**
 * The answer of one request, inside a transaction that stays open while only requests are awaited. What a vault answers
 * from memory is a promise already.
 */
export const ask = (request) => request instanceof Promise ? request : new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/** Open a database; `shape(db)` makes its stores the first time. NoStorage when the browser keeps nothing. */
export function open(name, shape) {
  return new Promise((resolve, reject) => {
    if (!globalThis.indexedDB) { reject(new NoStorage("no indexedDB")); return; }
    let request;
    try { request = indexedDB.open(name, VERSION); } catch (refused) { reject(new NoStorage(String(refused))); return; }
    request.onupgradeneeded = () => shape(request.result);
    request.onblocked = () => reject(new NoStorage("blocked"));
    request.onerror = () => reject(new NoStorage(String(request.error)));
    request.onsuccess = () => {
      const db = request.result;
      db.onversionchange = () => db.close();
      resolve(db);
    };
  });
}

/** Do some work in one transaction; resolves with its result only after the transaction is complete. */
export async function within(db, stores, mode, work) {
  const transaction = db.transaction(stores, mode, mode === "readwrite" ? { durability: "strict" } : undefined);
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
  });
  const named = Object.fromEntries([stores].flat().map((name) => [name, transaction.objectStore(name)]));
  let result;
  try {
    result = await work(named);
  } catch (problem) {
    done.catch(() => {}); // the reason is thrown below
    try { transaction.abort(); } catch { /* it has ended by itself */ }
    throw problem;
  }
  await done;
  return result;
}
