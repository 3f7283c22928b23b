"""How soon is a workbook of 150 criteria open in a browser that has never seen it, and without a network?"""

import statistics
from collections.abc import Callable
from importlib import import_module

from playwright.sync_api import Browser, Page

from benchmarks.ground.browsing import chromium, serving
from benchmarks.ground.site import application, installation, signed_in
from benchmarks.results import Result, at_most, for_information

CRITERIA = 15  # in each of ten sections
# When the first criterion can be answered, in milliseconds since the navigation began.
WATCH = """new MutationObserver((changes, watching) => {
  if (!document.querySelector(".marks input")) return;
  watching.disconnect();
  window.openedAfter = performance.now();
}).observe(document, { childList: true, subtree: true });"""


def run(full: bool) -> list[Result]:
    """Production settings behind a small threaded server; each cold opening in a browser context of its own."""
    count = 15 if full else 7
    with installation():
        network = import_module("benchmarks.ground.network")
        made = network.make("meadow", communities=4, criteria=CRITERIA)
        visitor = signed_in(made.lead, application())
        with serving(visitor) as address, chromium() as browser:
            place = f"{address}/meadow/offline/#/{made.workbook.pk}/1"
            cold = [_cold(browser, place) for _ in range(count)]
            kept = _kept(browser, place, count)
    note = f"{CRITERIA * 10} criteria, median of {count}, slowest {max(cold):.2f} s; server, database and browser here"
    return [
        at_most("offline workbook, cold cache", statistics.median(cold), "s", 1.0, note),
        for_information("offline workbook, no network", statistics.median(kept), "s", f"median of {count} reloads"),
    ]


def _cold(browser: Browser, place: str) -> float:
    context = browser.new_context()
    context.add_init_script(WATCH)
    seconds = _opened(context.new_page(), lambda page: page.goto(place, wait_until="commit"))
    context.close()
    return seconds


def _kept(browser: Browser, place: str, count: int) -> list[float]:
    context = browser.new_context()
    context.add_init_script(WATCH)
    page = context.new_page()
    _opened(page, lambda page: page.goto(place))
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    context.set_offline(True)
    times = [_opened(page, lambda page: page.reload(wait_until="commit")) for _ in range(count)]
    context.close()
    return times


def _opened(page: Page, go: Callable[[Page], object]) -> float:
    go(page)
    page.locator(".marks input").first.wait_for(state="attached")
    milliseconds: float = page.evaluate("window.openedAfter")
    return milliseconds / 1000
