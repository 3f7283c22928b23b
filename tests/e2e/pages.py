"""A page under watch: it may not break its own rules, raise a script error, reach out or shut anybody out."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import ConsoleMessage, Error, Page, Request

from tests.offline import is_local_host

Theme = Literal["light", "dark"]
WIDE, PHONE = (1280, 900), (320, 640)
# Every rule of axe. Without `preload` it does not fetch style sheets again, which only a rule that is off would read.
RUN_AXE = """(only) => axe.run(document, {
  resultTypes: ['violations'], preload: false, ...(only.length ? {runOnly: only} : {})
}).then(found => found.violations)"""
OF_COLOUR = ["color-contrast", "link-in-text-block"]  # all that another theme can change
IS_DARK = """document.documentElement.dataset.theme === 'dark' ||
  (!document.documentElement.dataset.theme && matchMedia('(prefers-color-scheme: dark)').matches)"""
STATE = "document.documentElement.outerHTML + location.href"
GIVEN_UP = ("htmx:afterRequest", "htmx:sendAbort")
PATIENCE = 3  # times that axe looks again at a page that was leaving


@dataclass
class WatchedPage:
    """One page of one browser context; `complaints` collects what went wrong while it was open."""

    page: Page
    address: str
    asks_axe: bool = True
    complaints: list[str] = field(default_factory=list)
    _checked: dict[tuple[str, int], set[Theme]] = field(default_factory=dict)  # of a state of the page at a width

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._complain(f"script error: {error}"))
        self.page.on("request", self._follow)

    def open(self, path: str, *, expect: int = 200, axe: bool = True) -> Page:
        """Open a path of the site, expect its status, and check it with axe in the light theme."""
        answer = self.page.goto(self.address + path)
        status = answer.status if answer else 0
        if status != expect:
            self._complain(f"status {status} instead of {expect}")
        if axe:
            self.check()
        return self.page

    def check(self) -> None:
        """Run axe on the page as it stands now; every violation is a complaint."""
        for violation in self._axe() if self.asks_axe else ():
            self._complain(_sentence(violation))

    def check_everywhere(
        self, themes: Sequence[Theme] = ("light", "dark"), sizes: Sequence[tuple[int, int]] = (WIDE, PHONE)
    ) -> None:
        """Run axe in each theme and size, and make sure that nothing scrolls sideways; then go back."""
        before = self.page.viewport_size
        for theme in themes:
            self.page.emulate_media(color_scheme=theme)
            for width, height in sizes:
                self.page.set_viewport_size({"width": width, "height": height})
                self.check()
                self._check_width(f"{theme}, {width} px")
        self.page.emulate_media(color_scheme="light")
        if before:
            self.page.set_viewport_size(before)

    def _axe(self) -> list[dict[str, Any]]:
        # A click that leads elsewhere may still be under way; a page that gives way to the next is no finding.
        for _ in range(PATIENCE):
            self.page.wait_for_load_state()
            with suppress(Error):
                return self._violations()
        return self._violations()

    def _violations(self) -> list[dict[str, Any]]:
        """What axe finds, unless it looked at this very page at this width in this theme before."""
        theme: Theme = "dark" if self.page.evaluate(IS_DARK) else "light"
        size = self.page.viewport_size
        seen = self._checked.setdefault((self.page.evaluate(STATE), size["width"] if size else 0), set())
        if theme in seen:
            return []
        found = self._ask(OF_COLOUR if seen else [])
        seen.add(theme)
        return found

    def _ask(self, only: list[str]) -> list[dict[str, Any]]:
        if not self.page.evaluate("'axe' in window"):  # half a megabyte: once for each page
            self.page.evaluate(AXE_SCRIPT)
        found: list[dict[str, Any]] = self.page.evaluate(RUN_AXE, only)
        return found

    def require_no_complaints(self) -> None:
        """Fail with everything that went wrong on this page."""
        assert not self.complaints, "\n".join(dict.fromkeys(self.complaints))

    def _check_width(self, when: str) -> None:
        beyond = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if beyond > 0:
            self._complain(f"scrolls sideways by {beyond} px ({when})")

    def _hear(self, message: ConsoleMessage) -> None:
        # Chromium reports a breach of the content security policy as an error on the console. The status of
        # the page itself is checked by `open`, so a refused page that was expected is no complaint here.
        expected = "Failed to load resource" in message.text and "Content Security" not in message.text
        # Who leaves a page gives up what it was still sending. htmx says so twice; what fails is `htmx:sendError`.
        expected |= message.text.startswith(GIVEN_UP)
        if message.type == "error" and not expected:
            self._complain(f"console: {message.text}")

    def _follow(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and not is_local_host(parts.hostname):
            self._complain(f"reached out to {request.url}")

    def _complain(self, text: str) -> None:
        self.complaints.append(f"{urlsplit(self.page.url).path or '/'}: {text}")


def _sentence(violation: dict[str, Any]) -> str:
    nodes = "; ".join(" ".join(str(target) for target in node["target"]) for node in violation["nodes"][:5])
    return f"axe {violation['id']} ({violation['impact']}): {violation['help']} at {nodes}"
