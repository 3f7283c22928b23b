// The service worker: it keeps the app on the device. A new version waits while anything is unsent.

export class Installer {
  constructor(base, { changed }) {
    Object.assign(this, { base, changed, waiting: null, offer: null });
    addEventListener("beforeinstallprompt", (event) => { event.preventDefault(); this.offer = event; changed(); });
  }

  async start() {
    if (!navigator.serviceWorker) return;
    let hadOne = Boolean(navigator.serviceWorker.controller);
    navigator.serviceWorker.addEventListener("controllerchange", () => {
      if (hadOne) this.reload?.();
      hadOne = true; // the first one takes over a page that is of its own version
    });
    try {
      const registration = await navigator.serviceWorker.register(`${this.base}offline/sw.js`, { scope: `${this.base}offline/`, updateViaCache: "none" });
      this.#watch(registration);
      registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", () => this.#watch(registration)));
    } catch { /* no network, or a browser without it: the checks of 'Prepare for offline' say so */ }
  }

  #watch(registration) {
    const waiting = registration.active ? registration.waiting : null;
    if (this.waiting === waiting) return;
    this.waiting = waiting;
    this.changed();
  }

  /** Change to the new version; the page is loaded again. Only called while nothing waits and nobody writes. */
  takeOver() { this.waiting?.postMessage("take over"); }

  /** Whether the app itself can be opened without a network. */
  static async isKept(base) {
    if (!navigator.serviceWorker || !globalThis.caches) return false;
    await Promise.race([navigator.serviceWorker.ready, new Promise((resolve) => { setTimeout(resolve, 8000); })]);
    return Boolean(await caches.match(new Request(`${base}offline/`)));
  }
}
