// The service worker. The server writes `const KEPT = {version, shell, assets}` before this text.
//
// It keeps the shell and its files, and nothing that belongs to a person: no page of somebody who signed in, no answer.
// A new version waits until the app says that nothing is unsent.

/* global KEPT */
const PREFIX = `communitas ${KEPT.shell} `;
const NAME = PREFIX + KEPT.version;
const FILES = new Set(KEPT.assets);

self.addEventListener("install", (event) => {
  const shell = new Request(KEPT.shell, { cache: "reload", credentials: "omit" });
  const files = KEPT.assets.map((path) => new Request(path, { cache: "reload", credentials: "omit" }));
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll([shell, ...files])));
});

self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name.startsWith(PREFIX) && name !== NAME);
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  const isShell = request.mode === "navigate" && url.pathname === KEPT.shell;
  if (!isShell && !FILES.has(url.pathname)) return;
  const kept = caches.open(NAME).then((cache) => cache.match(isShell ? KEPT.shell : url.pathname));
  event.respondWith(kept.then((found) => found ?? fetch(request)));
});

// An extra where the browser knows it: the app is asked to send when the network is back.
self.addEventListener("sync", (event) => {
  event.waitUntil(self.clients.matchAll().then((clients) => clients.forEach((client) => client.postMessage("send"))));
});
