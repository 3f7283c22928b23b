"""The device's half: a browser that is killed while somebody types, and networks that pretend to be one."""

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from importlib import import_module
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright, Route, sync_playwright

from benchmarks.ground.browsing import chromium, serving
from benchmarks.ground.site import application, installation, signed_in
from benchmarks.results import Result, at_most
from tests.conftest import CHROMIUM, CHROMIUM_ARGUMENTS

SEED = 23
CELL = "#c0-comment"
# Every text whose transaction is complete is told at once: it is what the page calls saved.
TELL = """(() => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function told(record, ...more) {
    const text = record?.value?.text;
    const tell = () => console.log(`kept ${text}`);
    if (this.name === "events" && text) this.transaction.addEventListener("complete", tell);
    return put.call(this, record, ...more);
  };
})()"""
PORTALS: tuple[dict[str, Any], ...] = (
    {"status": 200, "content_type": "text/html", "body": "<h1>Welcome to our network</h1>"},
    {"status": 302, "headers": {"Location": "/hearth/accounts/login/"}},
    {"status": 200, "content_type": "application/json", "body": '{"protocol": 1, "results": [{"event'},
    {"status": 502, "content_type": "text/html", "body": "Bad gateway"},
    {"status": 200, "content_type": "application/json", "body": '{"ok": true}'},
)


def run(kills: int, rounds: int) -> list[Result]:
    """Both, in an installation of their own: run it in a process of its own."""
    with installation():
        made = import_module("benchmarks.ground.network").make("meadow", communities=4, criteria=2)
        visitor = signed_in(made.lead, application())
        with serving(visitor) as address:
            place = f"{address}/meadow/offline/#/{made.workbook.pk}/1"
            with ThreadPoolExecutor(1) as beside:  # Django asks nothing in the browser's own thread
                return [
                    *_killed(place, kills),
                    *_pretended(place, rounds, lambda: beside.submit(made.workbook.events.count).result()),
                ]


def _killed(place: str, kills: int) -> list[Result]:
    chance, lost, broken = random.Random(SEED), [], 0
    with TemporaryDirectory() as profile, sync_playwright() as playwright:
        for number in range(kills):
            with _started(playwright, profile) as (process, context):
                seconds = 0.5 + chance.random() * 1.5
                typed, called = _typing_until_killed(process, context, place, f"round {number} ", seconds)
            with _started(playwright, profile) as (_process, context):
                found = _found(context, place)
                context.close()
            broken += not found.startswith(called)
            lost.append(_milliseconds_lost(typed, found))
    note = f"{kills} kills while typing; no loss in n bounds the rate by {3 / kills:.2g} (95 %)"
    return [
        at_most("browser killed: texts lost that were called saved", broken, "", 0, note),
        at_most("browser killed: typing lost, worst", max(lost), "ms", 300, note),
    ]


@contextmanager
def _started(playwright: Playwright, profile: str) -> Iterator[tuple[subprocess.Popen[str], BrowserContext]]:
    """Chromium in processes of its own on this profile, which are gone afterwards."""
    command = [str(CHROMIUM), *CHROMIUM_ARGUMENTS, "--headless=new", "--remote-debugging-port=0"]
    command += [f"--user-data-dir={profile}", "about:blank"]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, start_new_session=True
    )
    assert process.stderr is not None
    try:
        told = next(line for line in process.stderr if line.startswith("DevTools listening on "))
        browser = playwright.chromium.connect_over_cdp(told.removeprefix("DevTools listening on ").strip())
        context = browser.contexts[0]
        context.add_init_script(TELL)
        yield process, context
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stderr.close()


def _typing_until_killed(
    process: subprocess.Popen[str], context: BrowserContext, place: str, start: str, seconds: float
) -> tuple[list[tuple[float, str]], str]:
    """What was typed, each with its moment, counted back from the kill; and the last text that was called saved."""
    page, kept, typed, text = _opened(context, place), [""], list[tuple[float, str]](), start
    page.on("console", lambda message: kept.append(message.text.removeprefix("kept ")))
    page.fill(CELL, start)
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        letter = "abcdefghij"[len(typed) % 10]
        page.type(CELL, letter)
        text += letter
        typed.append((time.perf_counter(), text))
    called, killed_at = kept[-1], time.perf_counter()
    os.killpg(process.pid, signal.SIGKILL)  # as a flat battery ends it: without a word to its pages
    return [(killed_at - at, words) for at, words in typed], called


def _found(context: BrowserContext, place: str) -> str:
    return _opened(context, place).input_value(CELL)


def _opened(context: BrowserContext, place: str) -> Page:
    page = context.pages[0] if context.pages else context.new_page()
    page.goto(place)
    page.locator(CELL).wait_for()
    return page


def _milliseconds_lost(typed: list[tuple[float, str]], found: str) -> float:
    """How long before the kill the first letter was typed that is not there."""
    missing = [before for before, words in typed if len(words) > len(found)]
    return 1000 * max(missing, default=0.0)


def _pretended(place: str, rounds: int, stored: Callable[[], int]) -> list[Result]:
    chance, waited = random.Random(SEED), []
    with chromium() as browser:
        page = _opened(browser.new_context(), place)
        for number in range(rounds):
            page.route("**/sync/v1/**", _portal(chance))
            page.fill(CELL, f"Written behind a hotspot, number {number}")
            page.wait_for_timeout(2000 + chance.random() * 8000)
            before = stored()
            page.unroute("**/sync/v1/**")
            started = time.perf_counter()
            while stored() == before and time.perf_counter() - started < 120:
                page.wait_for_timeout(100)
            waited.append(time.perf_counter() - started)
    note = f"{rounds} rounds behind hotspots, cut replies and gateways; nobody touches the page"
    return [at_most("hotspots: from a stable link until all is delivered", max(waited), "s", 60, note)]


def _portal(chance: random.Random) -> Callable[[Route], None]:
    def answer(route: Route) -> None:
        route.fulfill(**chance.choice(PORTALS))

    return answer
