// Sealing: what is on the device in a form that only the server can open (RSA-OAEP around AES-GCM).

const LIMIT = 200;

const encode = (buffer) => {
  const bytes = new Uint8Array(buffer);
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return btoa(text);
};
const decode = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** A sealed copy of some events, as a .wbk file holds it. `events` are payloads. */
export async function seal({ key, workbook, account, device, events, now = new Date() }) {
  const lock = await crypto.subtle.importKey("spki", decode(key.spki), { name: "RSA-OAEP", hash: "SHA-256" }, false, ["encrypt"]);
  const data = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify({ device, events }));
  const [sealed, wrapped] = await Promise.all([
    crypto.subtle.encrypt({ name: "AES-GCM", iv }, data, plain),
    crypto.subtle.exportKey("raw", data).then((raw) => crypto.subtle.encrypt({ name: "RSA-OAEP" }, lock, raw)),
  ]);
  return {
    wbk: 1, key_id: key.id, workbook: String(workbook), account: String(account), count: events.length,
    made_at: now.toISOString(), iv: encode(iv), sealed_key: encode(wrapped), data: encode(sealed),
  };
}

/** The events in parts that one request may carry. */
export function parts(events, size = LIMIT) {
  const made = [];
  for (let at = 0; at < events.length; at += size) made.push(events.slice(at, at + size));
  return made;
}

/** Hand a sealed copy to the person as a file. */
export function download(wbk, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(wbk)], { type: "application/json" }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

/** SHA-256 of a text in hexadecimal. */
export async function sha256(text) {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
