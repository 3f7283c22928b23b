"""The offline workbook in the hands of a test: open it, read its bar, look at everything that a browser keeps."""

from playwright.sync_api import Page, expect

from communitas.kit.addresses import path_of
from tests.e2e.pages import WatchedPage

EVERYTHING_KEPT = """async () => {
  const found = [];
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((resolve) => {
      const ask = indexedDB.open(name);
      ask.onsuccess = () => resolve(ask.result);
    });
    for (const store of db.objectStoreNames) {
      found.push(await new Promise((resolve) => {
        const ask = db.transaction(store).objectStore(store).getAll();
        ask.onsuccess = () => resolve(ask.result);
      }));
    }
    db.close();
  }
  return JSON.stringify(found);
}"""
LOSE_EVERYTHING = """async () => {
  for (const { name } of await indexedDB.databases()) {
    await new Promise((resolve) => {
      const ask = indexedDB.deleteDatabase(name);
      ask.onsuccess = ask.onblocked = resolve;
    });
  }
}"""
FULL = """() => {
  window.put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function put() { throw new DOMException("full", "QuotaExceededError"); };
}"""


def opened(visitor: WatchedPage, place: str = "", *, axe: bool = False) -> Page:
    """Open the app at a place of its own, such as `#/12/1`."""
    page = visitor.open(path_of("hearth", "workbooks:offline") + place, axe=axe)
    page.locator("[data-criterion]" if place.endswith("/1") else "main h1").first.wait_for()
    return page


def bar(page: Page, text: str) -> None:
    """Expect the bar at the foot to say this."""
    expect(page.locator(".status-bar .saying")).to_contain_text(text)


def send_now(page: Page) -> None:
    """Press the bar's button unless the app, which tries again by itself, was quicker and it is gone."""
    page.evaluate("() => document.querySelector('[data-action] button')?.click()")


def kept_for_offline(page: Page) -> None:
    """Wait until the app itself is on the device."""
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
