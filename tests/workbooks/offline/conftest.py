"""The modules of the offline workbook in Chromium, with no server behind them: `modules` is a page that can import."""

import json
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page

from communitas import workbooks
from communitas.workbooks.views.offline_words import words

FOLDER = Path(workbooks.__file__).parent / "static" / "workbooks" / "offline"
PAGE = '<!doctype html><html lang="en-gb"><title>Modules</title><script type="application/json" id="words">{}</script>'


class _Modules(SimpleHTTPRequestHandler):
    """Serves the folder, and at `/` a page that carries the words."""

    def do_GET(self) -> None:  # the name that the library calls
        if self.path != "/":
            super().do_GET()
            return
        body = PAGE.format(json.dumps(words())).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the test tells what went wrong."""


@pytest.fixture
def modules(browser: Browser) -> Iterator[Page]:
    """A page of its own origin: `modules.evaluate("import('/fold.js').then(…)")`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Modules, directory=str(FOLDER)))
    Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/")
    yield page
    context.close()
    server.shutdown()
    server.server_close()
