// One record as an encrypted row: AES-GCM with a number of its own, bound to the row's name.

const bytes = (text) => new TextEncoder().encode(text);

/** A record as a new row: {id, row}. Rows are never changed; a newer one takes their place. */
export async function encrypted(key, name, place, value) {
  const id = crypto.randomUUID();
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bytes(id) }, key, bytes(JSON.stringify([name, place, value])));
  return { id, row: { iv, data } };
}

/** What a row holds: [store, key, record]. */
export async function decrypted(key, id, { iv, data }) {
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: bytes(id) }, key, data);
  return JSON.parse(new TextDecoder().decode(plain));
}
