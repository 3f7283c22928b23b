"""Browser tests: `open_page("/path/")` opens a page under watch; what goes wrong on it fails the test."""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.http import HttpRequest, HttpResponseBase
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tests.e2e.pages import WIDE, WatchedPage

expect.set_options(timeout=10_000)

Visitor = Callable[[], WatchedPage]


@pytest.fixture(autouse=True)
def kept_static_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let browsers keep style sheets and scripts, as they may outside the tests, where their names hold a hash."""
    serve = StaticFilesHandler.serve

    def serve_to_keep(self: StaticFilesHandler, request: HttpRequest) -> HttpResponseBase:
        answer = serve(self, request)
        answer["Cache-Control"] = "max-age=3600"
        return answer

    monkeypatch.setattr(StaticFilesHandler, "serve", serve_to_keep)


@pytest.fixture
def visitor(browser: Browser, live_server: LiveServer, pytestconfig: pytest.Config) -> Iterator[Visitor]:
    """Make visitors, each with a browser context (cookies) of its own; all are checked at the end.

    In the second pass of `make test` axe is not asked again: it sees the same pages whatever database they came from.
    """
    yield from _visitors(browser, live_server, scripts=True, asks_axe=not pytestconfig.getoption("--only-database"))


@pytest.fixture
def visitor_without_scripts(browser: Browser, live_server: LiveServer) -> Iterator[Visitor]:
    """The same with JavaScript switched off, and so without axe, which is a script."""
    yield from _visitors(browser, live_server, scripts=False, asks_axe=False)


def _visitors(browser: Browser, live_server: LiveServer, *, scripts: bool, asks_axe: bool) -> Iterator[Visitor]:
    visitors: list[WatchedPage] = []

    def arrive() -> WatchedPage:
        context = browser.new_context(
            viewport={"width": WIDE[0], "height": WIDE[1]},
            color_scheme="light",
            reduced_motion="reduce",
            java_script_enabled=scripts,
        )
        context.set_default_timeout(20_000)  # a small machine may be busy with more than this
        context.set_default_navigation_timeout(30_000)  # two of them share a small machine, and one may make a PDF
        visitors.append(WatchedPage(context.new_page(), live_server.url, asks_axe))
        return visitors[-1]

    yield arrive
    for each in visitors:
        each.page.context.close()
    for each in visitors:
        each.require_no_complaints()


@pytest.fixture
def open_page(visitor: Visitor) -> WatchedPage:
    """One visitor; call `open_page.open(path)`, then use `open_page.page` as Playwright's page."""
    return visitor()
