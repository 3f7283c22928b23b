"""A person at their own browser: goes to pages, presses buttons, reads. Each distinct page is looked at once."""

import re
from dataclasses import dataclass, field

from django.conf import settings
from django.test import Client
from playwright.sync_api import Download, Locator, Page, Response, expect

from communitas.kit.addresses import path_of
from communitas.people.models import Account
from tests.e2e.pages import WatchedPage

Seen = set[tuple[str, str]]


@dataclass
class Person:
    """Somebody with a browser of their own. `seen` is shared by all whose pages are looked at together.

    Without `scripts` axe looks at nothing: it is a script itself.
    """

    watched: WatchedPage
    network: str = "hearth"
    seen: Seen = field(default_factory=set)
    scripts: bool = True

    @property
    def page(self) -> Page:
        """Playwright's page."""
        return self.watched.page

    @property
    def main(self) -> Locator:
        """The main part of the page and what stands beside it, without the navigation."""
        return self.page.locator("div.page")

    def go(self, name: str, *args: object, expect_status: int = 200, asking: str = "") -> None:
        """Open a page by its name; `asking` is what follows the question mark."""
        path = path_of(self.network, name, *args) + (f"?{asking}" if asking else "")
        self.watched.open(path, axe=False, expect=expect_status)
        self.look()

    def look(self) -> None:
        """Check the page with axe, unless a page with the same address and headings was checked before."""
        if not self.scripts:
            return
        address = re.sub(r"\d+", "#", self.page.url.split("?")[0].removeprefix(self.watched.address))
        headings = "|".join(self.page.locator("h1, h2, label").all_inner_texts())
        if (address, headings) not in self.seen:
            self.seen.add((address, headings))
            self.watched.check()

    def look_everywhere(self) -> None:
        """Check the page in both themes, at a desk and on a telephone."""
        self.watched.check_everywhere()

    def press(self, label: str, *, within: Locator | None = None) -> None:
        """Press a button or follow a link that leads to another page, and look at what comes."""
        named = re.compile(rf"^\s*{re.escape(label)}")
        place = within or self.main
        button = place.get_by_role("button", name=named).or_(place.get_by_role("link", name=named))
        with self.page.expect_navigation():
            button.first.click()
        self.look()

    def fill(self, label: str, text: str) -> None:
        """Write into the field of this label."""
        self.main.get_by_label(label).first.fill(text)

    def reads(self, *texts: str) -> None:
        """Expect each text on the page."""
        for text in texts:
            expect(self.main.get_by_text(text).first).to_be_visible()

    def mark(self, criterion: int, word: str) -> None:
        """Choose a mark with the mouse for a criterion of the page, counted from 0; wait until it is saved."""
        place = self.page.locator("[data-criterion]").nth(criterion)
        with self.page.expect_response(saves):
            place.locator(".marks label", has_text=re.compile(rf"^\s*{word}\s*$")).click()

    def downloads(self, label: str) -> Download:
        """Press what downloads a file."""
        with self.page.expect_download() as found:
            self.main.get_by_role("link", name=label).first.click()
        return found.value


def saves(answer: Response) -> bool:
    """Whether this answer of the server says that a criterion was saved."""
    return answer.request.method == "POST" and re.search("/(criteria|agreed)/", answer.url) is not None and answer.ok


def let_in(watched: WatchedPage, account: Account) -> None:
    """Give the browser the session of somebody who has signed in."""
    client = Client()
    client.force_login(account)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    watched.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": watched.address}])
