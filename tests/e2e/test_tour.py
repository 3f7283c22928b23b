"""The README's tour of five minutes, word for word, on the network that `make demo` makes and serves."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.docs.pages import ROOT, tour
from tests.e2e.pages import WIDE, WatchedPage
from tests.e2e.tour import Guest
from tests.made import MadeDemo, demo_command, demo_environment


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the demo network of this folder as `make demo` does; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    said = folder / "said.txt"
    with said.open("w") as out:
        process = subprocess.Popen(demo_command("--port", port), stdout=out, stderr=out, env=demo_environment(folder))
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
def test_the_tour_of_the_readme_can_be_followed_word_for_word(
    browser: Browser, tmp_path: Path, made_demo: MadeDemo
) -> None:
    folder = shutil.copytree(made_demo.folder, tmp_path / "demo")
    steps = tour((ROOT / "README.md").read_text(encoding="utf-8"))

    with served(folder) as address:
        context = browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]}, reduced_motion="reduce")
        context.set_default_timeout(20_000)
        context.set_default_navigation_timeout(30_000)
        guest = Guest(WatchedPage(context.new_page(), address))
        for step in steps:
            guest.follow(step)
        context.close()

    assert len(steps) >= 10
    guest.watched.require_no_complaints()
