"""Follow written steps in a browser: every word in bold and in code of a step is done or looked for, in its order."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from playwright.sync_api import Locator, Page, expect

from tests.e2e.pages import WatchedPage

_MARKED: Final = re.compile(r"\*\*(.+?)\*\*|`(.+?)`")
_NUMBERS: Final = {"seven": 7}
_CODE: Final = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]\b")
_DAY: Final = re.compile(r"\b\d{1,2} [A-Z][a-z]+ \d{4}\b")
Follow = Callable[["Guest", "re.Match[str]"], None]


@dataclass
class Guest:
    """Somebody who does what the steps say, and nothing else. `code` is what they have read and kept in mind."""

    watched: WatchedPage
    password: str = ""
    code: str = ""
    followed: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        """Playwright's page."""
        return self.watched.page

    def follow(self, step: str) -> None:
        """Do what one step says; AssertionError when it marks words that none of the known sentences explains."""
        found = [(match.start(), match, act) for words, act in SENTENCES for match in words.finditer(step)]
        explained: list[tuple[int, int]] = []
        for _, match, act in sorted(found, key=lambda one: (one[0], -one[1].end())):
            if explained and match.start() < explained[-1][1]:
                continue
            act(self, match)
            explained.append(match.span())
        for marked in _MARKED.finditer(step):
            inside = any(start <= marked.start() and marked.end() <= end for start, end in explained)
            assert inside, f"nobody knows what to do with {marked.group()} in: {step}"
        self.watched.check()

    def choose(self, label: str, within: Locator | None = None) -> None:
        """Press the button, follow the link or choose the mark of this name, and wait for what comes of it."""
        whole = within or self.page.locator("body")
        marks = whole.locator(".marks label", has_text=re.compile(rf"^\s*{re.escape(label)}\s*$"))
        if marks.count():
            with self.page.expect_response(lambda answer: "/criteria/" in answer.url and answer.ok):
                marks.first.click()
            return
        places = [within] if within else [self.page.get_by_role("main"), whole]
        for name in (re.compile(rf"^\s*{re.escape(label)}\s*$"), re.compile(rf"^\s*{re.escape(label)}")):
            for place in places:
                links = place.get_by_role("link", name=name).or_(place.get_by_role("button", name=name))
                if links.locator("visible=true").count():
                    with self.page.expect_navigation():
                        links.locator("visible=true").first.click()
                    return
        raise AssertionError(f"nothing here is called {label!r}: {self.page.url}")

    def sees(self, text: str) -> None:
        """Expect these words on the page."""
        expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible()


def _open(guest: Guest, step: re.Match[str]) -> None:
    guest.watched.open(step["path"], axe=False)
    guest.sees(step["name"])


def _choose(guest: Guest, step: re.Match[str]) -> None:
    guest.choose(step["what"])


def _choose_of_last_cycle(guest: Guest, step: re.Match[str]) -> None:
    guest.choose(step["menu"])
    rows = guest.page.locator("tbody tr", has_text=step["what"])
    guest.choose(step["what"], within=rows.first)


def _score(guest: Guest, step: re.Match[str]) -> None:
    criterion = guest.page.locator("form.answer", has=guest.page.get_by_text(step["code"], exact=True))
    before = guest.page.locator("nav.sections a[aria-current] .count").inner_text()
    guest.choose(step["what"], within=criterion)
    count = guest.page.locator("nav.sections a[aria-current] .count")
    expect(count).to_have_text(f"{int(before.split()[0]) + 1} of {before.split()[-1]}")
    expect(guest.page.locator("#saved")).to_contain_text(re.compile(r"Saved \d\d:\d\d"))


def _sizes(guest: Guest, step: re.Match[str]) -> None:
    sections = guest.page.get_by_role("main").locator("nav.sections .count").all_inner_texts()
    assert len(sections) == _NUMBERS[step["sections"]]
    assert sum(int(each.split()[-1]) for each in sections) == int(step["criteria"])


def _type_two(guest: Guest, step: re.Match[str]) -> None:
    guest.page.get_by_label(step["first"]).fill(step["one"])
    guest.page.get_by_label(step["second"]).fill(step["two"])
    guest.password = step["two"]


def _sign_out(guest: Guest, step: re.Match[str]) -> None:
    guest.page.locator("details.who summary").click()
    guest.choose("Sign out")


def _sign_in(guest: Guest, step: re.Match[str]) -> None:
    guest.choose("Sign in")
    guest.page.get_by_label("Username or e-mail address").fill(step["name"])
    guest.page.get_by_label("Password").fill(guest.password)
    guest.choose("Sign in", within=guest.page.get_by_role("main"))
    expect(guest.page.locator(".who-name")).to_contain_text(step["name"].capitalize())


def _who(guest: Guest, step: re.Match[str]) -> None:
    expect(guest.page.locator(".who-name")).to_contain_text(step["name"])


def _confirm(guest: Guest, step: re.Match[str]) -> None:
    card = guest.page.locator("section, article, div.card", has_text=step["about"]).last
    guest.choose(step["what"], within=card)
    guest.sees("Confirmed:")


def _menu(guest: Guest, step: re.Match[str]) -> None:
    guest.page.locator("summary", has_text=step["menu"]).locator("visible=true").first.click()
    guest.choose(step["what"])


def _search(guest: Guest, step: re.Match[str]) -> None:
    guest.page.get_by_role("main").get_by_role("searchbox").fill(step["words"])
    guest.page.wait_for_url(re.compile("q="))
    rows = guest.page.locator("tbody tr")
    expect(rows.filter(has_not_text=step["words"])).to_have_count(0)
    found = [(_DAY.search(row), _CODE.search(row)) for row in rows.all_inner_texts()]
    dated = [
        (datetime.strptime(day.group() + " +0000", "%d %B %Y %z"), code.group()) for day, code in found if day and code
    ]
    guest.code = max(dated)[1]


def _type_code(guest: Guest, step: re.Match[str]) -> None:
    guest.page.get_by_label(step["field"]).fill(guest.code)


def _see(text: str) -> Follow:
    return lambda guest, step: guest.sees(text)


def _address_holds(text: str) -> Follow:
    def look(guest: Guest, step: re.Match[str]) -> None:
        assert text in guest.page.url, guest.page.url

    return look


SENTENCES: Final[tuple[tuple[re.Pattern[str], Follow], ...]] = (
    (re.compile(r"Open `http://localhost:8000(?P<path>/[^`]*)`, the front page of the (?P<name>[A-Z][\w ]+?),"), _open),
    (
        re.compile(r"Type `(?P<one>.+?)` into \*\*(?P<first>.+?)\*\* and `(?P<two>.+?)` into \*\*(?P<second>.+?)\*\*"),
        _type_two,
    ),
    (re.compile(r"You are (?P<name>[A-Z]\w+)"), _who),
    (re.compile(r"has (?P<criteria>\d+) criteria in (?P<sections>\w+) sections"), _sizes),
    (re.compile(r"Choose \*\*(?P<what>[^*]+)\*\* for (?P<code>\d+\.\d+)"), _score),
    (re.compile(r"Two people gave different marks"), _see("Two answers differ:")),
    (re.compile(r"Lark House agrees on it"), _see("What each of you said stays in the history.")),
    (
        re.compile(r"Choose \*\*(?P<menu>[^*]+)\*\*, then \*\*(?P<what>[^*]+)\*\* of the last cycle"),
        _choose_of_last_cycle,
    ),
    (re.compile(r"Open the menu with Lena's name and choose \*\*Sign out\*\*|Sign out(?=, and|\.)"), _sign_out),
    (re.compile(r"(?:\*\*Sign in\*\*|\bsign in) as `(?P<name>\w+)`"), _sign_in),
    (re.compile(r"The address of the page holds the filter"), _address_holds("due=week")),
    (re.compile(r"the certificate of (?P<about>[A-Z][\w ]+)\. Choose \*\*(?P<what>[^*]+)\*\* below it"), _confirm),
    (re.compile(r"Open the menu \*\*(?P<menu>[^*]+)\*\* and choose \*\*(?P<what>[^*]+)\*\*"), _menu),
    (re.compile(r"Search for `(?P<words>[^`]+)`"), _search),
    (re.compile(r"type the code into \*\*(?P<field>[^*]+)\*\*"), _type_code),
    (re.compile(r"\bit holds\b"), _see("This certificate holds")),
    (re.compile(r"[Cc]hoose \*\*(?P<what>[^*]+)\*\*"), _choose),
)
