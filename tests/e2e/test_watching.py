"""The watching browser notices what it is there to notice."""

from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser

from tests.e2e.pages import WatchedPage

GOOD = '<!doctype html><html lang="en"><title>Page</title><main><h1>Page</h1>{}</main></html>'
POLICY = "<meta http-equiv=Content-Security-Policy content=\"script-src 'self'\">"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the test tells what went wrong."""


@pytest.fixture
def watch(browser: Browser, tmp_path: Path) -> Iterator[Callable[[str], WatchedPage]]:
    """Serve one piece of HTML on the loopback interface and open it under watch."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(tmp_path)))
    Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context()

    def open_it(inside: str) -> WatchedPage:
        (tmp_path / "page.html").write_text(GOOD.format(inside), encoding="utf-8")
        watched = WatchedPage(context.new_page(), f"http://127.0.0.1:{server.server_port}")
        watched.open("/page.html")
        return watched

    yield open_it
    context.close()
    server.shutdown()
    server.server_close()


def test_quiet_page_has_no_complaints(watch: Callable[[str], WatchedPage]) -> None:
    watched = watch("<p>All is well.</p>")

    watched.check_everywhere()

    assert watched.complaints == []


@pytest.mark.parametrize(
    ("inside", "word"),
    [
        ("<img src='data:,'>", "axe image-alt"),
        ("<script>throw new Error('broken')</script>", "script error: broken"),
        ("<script>console.error('unhappy')</script>", "console: unhappy"),
        (f"{POLICY}<script>var x = 1</script>", "Content Security Policy"),
        ("<img alt='' src='http://packages.example/x.png'>", "reached out to http://packages.example/x.png"),
    ],
)
def test_what_goes_wrong_is_a_complaint(watch: Callable[[str], WatchedPage], inside: str, word: str) -> None:
    watched = watch(inside)

    assert [complaint for complaint in watched.complaints if word in complaint], watched.complaints
    with pytest.raises(AssertionError):
        watched.require_no_complaints()


def test_sideways_scrolling_is_a_complaint(watch: Callable[[str], WatchedPage]) -> None:
    watched = watch("<p style='width: 500px'>Wide</p>")

    watched.check_everywhere(themes=("light",))

    assert [complaint for complaint in watched.complaints if "scrolls sideways" in complaint]


def test_unexpected_status_is_a_complaint(watch: Callable[[str], WatchedPage]) -> None:
    watched = watch("")

    watched.open("/missing.html", axe=False)

    assert watched.complaints == ["/missing.html: status 404 instead of 200"]
