// Signing out on any page of the site: what can be read on this device is removed first. With answers that wait there
// is a choice to make, on the app's own page; nothing is ever cleared for them.

/** Who works on this device; null where nobody does. Looks without making anything. */
function current() {
  return new Promise((resolve) => {
    if (!globalThis.indexedDB) { resolve(null); return; }
    const asked = indexedDB.open("communitas");
    asked.onupgradeneeded = () => asked.transaction.abort(); // it is not there, and is not made
    asked.onerror = (event) => { event.preventDefault(); resolve(null); };
    asked.onsuccess = () => {
      const all = asked.result.transaction("accounts").objectStore("accounts").getAll();
      all.onerror = () => resolve(null);
      all.onsuccess = () => { asked.result.close(); resolve(all.result.find((each) => each.current) ?? null); };
    };
  });
}

async function leave(form) {
  const person = await current();
  if (person?.unsent > 0 && person.base) { location.assign(`${person.base}offline/#/leave`); return; }
  if (person) {
    const [{ lock }, { Registry }] = await Promise.all([import("./lock.js"), import("./registry.js")]);
    await lock(await Registry.open(), person.id);
  }
  form.submit();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !new URL(form.action, location.href).pathname.endsWith("/accounts/logout/")) return;
  event.preventDefault();
  leave(form).catch(() => form.submit()); // whatever is wrong with this device, signing out works
});
