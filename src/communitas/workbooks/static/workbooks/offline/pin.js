// A PIN that opens what is kept on this device: it wraps a random key, and wrong ones are counted on the disk.

import { ask } from "./database.js";

export const TRIES = 5;
const ROUNDS = 600000; // of PBKDF2-SHA-256; each PIN remembers its own, so that a later version may take more
const FORM = /^[0-9]{6,12}$/;
const AES = { name: "AES-GCM", length: 256 };

/** Whether these are 6 to 12 digits. */
export const isPin = (text) => FORM.test(text);

/** Whether this browser can do what a PIN needs. */
export const canPin = () => Boolean(globalThis.crypto?.subtle && navigator.locks);

/** The key that encrypts what is kept; it leaves memory only wrapped. */
export const newKey = () => crypto.subtle.generateKey(AES, true, ["encrypt", "decrypt"]);

async function wrapping(pin, { salt, rounds }) {
  const words = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, words, AES, false, ["wrapKey", "unwrapKey"]);
}

/** What is kept of a PIN: the key wrapped by it. `key` is extractable; `id` names the key, whatever PIN wraps it. */
export async function wrap(pin, key, id = crypto.randomUUID()) {
  const made = { id, rounds: ROUNDS, salt: crypto.getRandomValues(new Uint8Array(16)), iv: crypto.getRandomValues(new Uint8Array(12)) };
  const wrapped = await crypto.subtle.wrapKey("raw", key, await wrapping(pin, made), { name: "AES-GCM", iv: made.iv });
  return { ...made, wrapped };
}

/** The key that this PIN wraps; null when it is not the PIN. */
export async function unwrap(pin, kept, extractable = false) {
  try {
    const unwrapping = await wrapping(pin, kept);
    return await crypto.subtle.unwrapKey("raw", kept.wrapped, unwrapping, { name: "AES-GCM", iv: kept.iv }, AES, extractable, ["encrypt", "decrypt"]);
  } catch (problem) {
    if (problem.name !== "OperationError") throw problem;
    return null;
  }
}

/**
 * Try a PIN: {key} when it is right, {left} with how many tries are left when it is not. A try counts on the disk before
 * it is made, so that leaving the page in the middle of one gains nothing; the right PIN sets the count back.
 */
export async function tryPin(store, pin, { extractable = false } = {}) {
  const [kept, tries] = await store.within("meta", "readwrite", async ({ meta }) => {
    const count = ((await ask(meta.get("tries"))) ?? 0) + 1;
    meta.put(count, "tries");
    return [await ask(meta.get("pin")), count];
  });
  const key = kept && tries <= TRIES ? await unwrap(pin, kept, extractable) : null;
  if (key) await store.setMeta("tries", 0);
  return key ? { key } : { left: Math.max(0, TRIES - tries) };
}

/** How many tries are left. */
export const triesLeft = async (store) => Math.max(0, TRIES - ((await store.meta("tries")) ?? 0));
