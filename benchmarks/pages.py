"""How quickly do the pages of the demo network open for the people who use them?"""

import os
import re
from collections.abc import Iterator
from html import unescape
from importlib import import_module
from itertools import chain
from urllib.parse import urldefrag, urljoin, urlsplit

from benchmarks.ground import demo
from benchmarks.ground.site import Visitor, application, p95, signed_in, times_of
from benchmarks.results import Result, at_most, for_information

PEOPLE = ("cora", "cyrus", "lena", "stefan", "mina", "rafi", "ludo", "nadia")
LIMIT = 100
CLICKS = 2
MOST_OPENED = 60  # pages opened in search of others, a person
_LINK = re.compile(rb'<a [^>]*href="([^"]+)"')
_NO_PAGE = re.compile(r"format=|\.pdf|/download|/accounts/|/profile|/static/|/export")


def run(full: bool) -> list[Result]:
    """Every kind of page within two clicks of somebody's home, in process through WSGI; a kind is measured once."""
    demo.make()
    os.environ |= demo.environment()
    import_module("django").setup()
    account = import_module("communitas.people.models").Account
    serve = application()
    found: dict[str, tuple[Visitor, str]] = {}
    for username in PEOPLE:
        visitor = signed_in(account.objects.get(username=username), serve, "localhost")
        for name, path in _pages(visitor):
            found.setdefault(name, (visitor, path))
    count = 60 if full else 15
    times = {name: p95(times_of(visitor, path, count=count)) for name, (visitor, path) in found.items()}
    slowest = sorted(times, key=lambda name: -times[name])
    note = f"{len(times)} kinds of pages, {count} openings of each; the slowest is {slowest[0]}"
    return [
        at_most("pages of the demo, slowest p95", times[slowest[0]], "ms", LIMIT, note),
        for_information("pages of the demo, median p95", times[slowest[len(slowest) // 2]], "ms"),
        *(for_information(f"page {name}, p95", times[name], "ms") for name in slowest[1:4]),
    ]


def _pages(visitor: Visitor) -> Iterator[tuple[str, str]]:
    """The name of the view and the path of each page that links lead to."""
    resolve = import_module("django.urls").resolve
    known, waiting = {"/hearth/home/"}, ["/hearth/home/"]
    opened = 0
    for _ in range(CLICKS + 1):
        following: list[str] = []
        for path in waiting:
            if opened == MOST_OPENED:
                return
            opened += 1
            answer = visitor.get(path)
            if answer.status != 200 or not answer.headers.get("Content-Type", "").startswith("text/html"):
                continue
            yield resolve(urlsplit(path).path.removeprefix("/hearth")).view_name, path
            links = (urldefrag(urljoin(path, unescape(link.decode()))).url for link in _LINK.findall(answer.body))
            following += [link for link in dict.fromkeys(links) if _leads_on(link) and link not in known]
            known.update(following)
        waiting = _spread(following)


def _spread(paths: list[str]) -> list[str]:
    """One of each kind first, so that a long list does not use up the clicks."""
    kinds: dict[str, list[str]] = {}
    for path in paths:
        kinds.setdefault(re.sub(r"\d+", "0", path.partition("?")[0]), []).append(path)
    longest = max(map(len, kinds.values()), default=0)
    turns = ([each[turn] for each in kinds.values() if turn < len(each)] for turn in range(longest))
    return list(chain.from_iterable(turns))


def _leads_on(link: str) -> bool:
    return link.startswith("/hearth/") and not _NO_PAGE.search(link)
