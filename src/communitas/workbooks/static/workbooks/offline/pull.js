// Pulling: the book, and everything in the workbook that this person may read.

import { canonicalJson } from "./fold.js";
import { sha256 } from "./seal.js";

/** Bring one workbook up to date. {why, changed, gone}: gone when the person may not read it any more. */
export async function pull({ net, store }, workbook, { anew = true } = {}) {
  if (anew) {
    const book = await pullBook({ net, store }, workbook);
    if (book.why || book.gone) return book;
  }
  const events = await pullEvents({ net, store }, workbook);
  const beside = (await store.book(workbook))?.book?.beside;
  if (!beside || events.why || events.gone) return events;
  const own = await pull({ net, store }, beside, { anew: anew || !(await store.book(beside)) }); // the self-review that stands beside
  return { ...events, changed: events.changed || own.changed };
}

/** Fetch the book unless the one kept is the newest; what is kept is written with its own hash. */
export async function pullBook({ net, store }, workbook) {
  const kept = await store.book(workbook);
  const headers = kept?.etag ? { "If-None-Match": `"${kept.etag}"` } : {};
  const answer = await net.call(`sync/v1/${workbook}/book`, { headers });
  if (answer.why === "missing") return { why: "", gone: true, changed: false };
  if (!answer.ok) return { why: answer.why, changed: false };
  if (answer.status === 304) return { why: "", changed: false };
  const book = answer.data;
  if (book.me?.account !== store.account) return { why: "somebody_else", changed: false };
  if (!(await isAsSent(book))) return { why: "truncated", changed: false };
  await store.noteBook(workbook, { book, etag: book.etag, kept_hash: await sha256(canonicalJson(book)), fetched_at: Date.now(), network: net.base });
  return { why: "", changed: true };
}

/** Whether a book is the one that the server named: its etag is the hash of all that stays the same for a reader. */
async function isAsSent({ protocol, epoch, last_seq, etag, ...book }) {
  return (await sha256(asPython(book))) === etag;
}

/** JSON as Python writes it with sorted names: the server's hash is of this text. */
function asPython(value) {
  if (Array.isArray(value)) return `[${value.map(asPython).join(", ")}]`;
  if (value !== null && typeof value === "object") {
    return `{${Object.keys(value).sort().map((name) => `${asPython(name)}: ${asPython(value[name])}`).join(", ")}}`;
  }
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Whether the book that is kept is the one that came. */
export async function isWhole(record) {
  return Boolean(record?.book) && (await sha256(canonicalJson(record.book))) === record.kept_hash;
}

async function pullEvents({ net, store }, workbook) {
  let changed = false;
  for (let page = 0; page < 1000; page += 1) {
    const kept = await store.book(workbook);
    if (!kept) return { why: "", changed };
    const asked = new URLSearchParams({ after: kept.last_seq, epoch: kept.epoch, view: kept.view });
    const answer = await net.call(`sync/v1/${workbook}/events?${asked}`);
    if (answer.why === "missing") return { why: "", gone: true, changed };
    if (!answer.ok) return { why: answer.why, wait: answer.wait, changed };
    const { data } = answer;
    if (!Array.isArray(data.events)) return { why: "captive", changed };
    if (kept.epoch && data.epoch !== kept.epoch) {
      await store.offerAgain(workbook, data.epoch);
      changed = true;
      continue;
    }
    if (kept.view && data.view !== kept.view) {
      await store.pullAnew(workbook, data.view);
      changed = true;
      continue;
    }
    await store.received(workbook, data, data.names ?? {});
    changed ||= data.events.length > 0 || (data.redacted ?? []).length > 0;
    if (!data.more) return { why: "", changed };
  }
  return { why: "", changed };
}
