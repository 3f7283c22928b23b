"""The README's tour of five minutes, word for word, on the network that `make demo` makes and serves."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.docs.pages import ROOT, tour
from tests.e2e.pages import WIDE, WatchedPage
from tests.e2e.tour import Guest


@contextmanager
def demo(folder: Path) -> Iterator[str]:
    """Make the demo network in a folder of its own and serve it as `make demo` does; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    command = [str(Path(sys.executable).with_name("communitas")), "demo", "--port", port]
    said = folder / "said.txt"
    with said.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env=kept | {"DEMO_FOLDER": str(folder)})
    try:
        while "Ready: " not in said.read_text():
            try:
                process.wait(0.2)
            except subprocess.TimeoutExpired:
                continue
            pytest.fail(f"the demo ended by itself:\n{said.read_text()}")
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(20)


@pytest.mark.browser
def test_the_tour_of_the_readme_can_be_followed_word_for_word(browser: Browser, tmp_path: Path) -> None:
    steps = tour((ROOT / "README.md").read_text(encoding="utf-8"))

    with demo(tmp_path) as address:
        context = browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]}, reduced_motion="reduce")
        context.set_default_timeout(10_000)
        context.set_default_navigation_timeout(30_000)
        guest = Guest(WatchedPage(context.new_page(), address))
        for step in steps:
            guest.follow(step)
        context.close()

    assert len(steps) >= 10
    guest.watched.require_no_complaints()
