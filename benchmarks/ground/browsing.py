"""A small server and a real browser on this machine, for questions about what people see."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from playwright.sync_api import Browser, Playwright, sync_playwright

from benchmarks.ground.site import HOST, Visitor
from tests.conftest import CHROMIUM, CHROMIUM_ARGUMENTS


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, as the tests start it."""
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


def launched(playwright: Playwright) -> Browser:
    """The browser by itself; close it."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the table is the answer."""


@contextmanager
def serving(visitor: Visitor) -> Iterator[str]:
    """The site on the loopback interface, as its proxy would pass it on, for one person who has signed in."""

    def passed_on(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        environ.pop("HTTP_ORIGIN", None)
        environ |= {"HTTP_HOST": HOST, "HTTP_X_FORWARDED_PROTO": "https", "HTTP_COOKIE": visitor.cookies}
        return visitor.serve(environ | {"HTTP_REFERER": f"https://{HOST}/"}, start)

    server = make_server("127.0.0.1", 0, passed_on, server_class=_Server, handler_class=_Quiet)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
