"""What people write stays text: no page of anybody runs or obeys a word of it."""

import re
from collections.abc import Iterator
from copy import deepcopy
from html.parser import HTMLParser
from typing import Any
from zlib import crc32

import pytest
from django.db import models, transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from communitas.kit.addresses import path_of
from communitas.people.models import Account
from tests.browsing import Everybody
from tests.locks import open_every_lock
from tests.permissions.cases import NOBODY, Case
from tests.planting import Planter, name_people
from tests.security.payloads import XSS
from tests.test_permissions import CASES

PEOPLE = ("mina", "lena", "ludo", "cora", "kit", "ada", NOBODY)  # one of each role
KEPT = (
    "key",
    "token",
    "register",
    "raw",
    "code",
    "secret",
    "slug",
    "username",
    "media_type",
    "verb",
    "purpose",
    "calendar",
    "source",
    "number",
    "target",
    "subject",
    "group",
)
FORBIDDEN = {"iframe", "object", "embed", "base", "math", "marquee", "frame", "foreignobject", "animate"}
ADDRESSES = {"href", "src", "action", "formaction", "xlink:href", "data", "poster"}
# What browsers mend or refuse otherwise than Python's reader of HTML does.
HARMLESS_HERE = {each for each in XSS if "`x`" in each or each.startswith(("<!-->", "<img src onerror", "<img/src"))}
HARMLESS_HERE |= {each for each in XSS if each.startswith(("<scr<script>", "<meta"))}
SHOWN_ATTRIBUTES = {"value", "title", "alt", "aria-label", "placeholder", "label", "content", "open", "download"}


class Reader(HTMLParser):
    """Collects every way in which a page would obey what somebody wrote."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        only_read = ("type", "application/json") in attrs  # words of the offline app: data, never run
        self.inside = "data" if only_read else tag if tag in {"script", "style"} else ""
        if tag in FORBIDDEN or "xssq" in tag:
            self.found.append(f"<{tag}>")
        for name, given in attrs:
            value = given or ""
            bare = re.sub(r"[\x00-\x20]", "", value).casefold()
            obeyed = name.startswith(("on", "hx-on")) or name in {"srcdoc", "style"} or "xssq" in name
            script = name in ADDRESSES and bare.startswith(("javascript:", "vbscript:", "data:text", "//"))
            script = script or (tag == "use" and not bare.startswith(("#", "/static/")))
            foreign = "xssq" in value and name not in SHOWN_ATTRIBUTES | ADDRESSES and not name.startswith("data-")
            if obeyed or script or foreign:
                self.found.append(f"<{tag} {name}={value[:60]!r}>")

    def handle_data(self, data: str) -> None:
        if self.inside and ("xssq" in data or (data.strip() and self.inside != "data")):
            self.found.append(f"<{self.inside}> holding {data[:60]!r}")

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""


def obeyed(html: str) -> list[str]:
    """Everything in a page that would run, load or obey."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.found


def _holds_words(text: models.Field[Any, Any]) -> bool:
    return not text.name.endswith(KEPT) and not isinstance(text, models.EmailField)


def _hostile(text: models.Field[Any, Any], pk: Any) -> str:
    """Nine payloads for a long text, one for a short one; each row and field has its own."""
    first = crc32(f"{text.model._meta.label}.{text.name}.{pk}".encode())
    if isinstance(text, models.TextField):
        return "\n".join(XSS[(first + step) % len(XSS)] for step in range(9))
    return XSS[first % len(XSS)][: text.max_length]


def _plant(planter: Planter) -> int:
    """Write hostile words into every text of the network; how many stand there."""
    name_people(Account.objects.all(), lambda one: {"display_name": XSS[one.pk % len(XSS)][:60]})
    return planter.plant()


@pytest.mark.parametrize("payload", [each for each in XSS[:45] if each not in HARMLESS_HERE])
def test_the_reader_sees_a_payload_that_is_let_through(payload: str) -> None:
    assert obeyed(f"<p>{payload}")


@pytest.fixture(scope="module")
def hostile(everybody: Everybody, django_db_blocker: DjangoDbBlocker) -> tuple[Everybody, Planter]:
    """A network whose every text is hostile, with every lock open; what a test adds is planted by it."""
    world, _ = everybody
    planter = Planter(world.network.tenant, _hostile, _holds_words)
    with django_db_blocker.unblock():
        open_every_lock()
        _plant(planter)
    return everybody, planter


# Frozen figures find their sections by name, so those pages cannot be read once a name was replaced.
READ = [case for case in CASES if "national" not in case.url and "GET" in case.methods]


@pytest.mark.django_db
@pytest.mark.parametrize("case", READ, ids=str)
def test_no_page_obeys_what_somebody_wrote(case: Case, hostile: tuple[Everybody, Planter]) -> None:
    everybody, planter = hostile
    found = []
    for build in case.of:
        world, browsers = deepcopy(everybody)
        with transaction.atomic():
            path = path_of("hearth" if case.slug else "", case.url, *build(world, world).args) + case.query
            assert _plant(planter) > 30
            for person in PEOPLE:
                found += [f"{person} {path}: {what}" for what in _asked(browsers[person], path)]
            transaction.set_rollback(True)

    assert found == []


def _asked(client: Client, path: str) -> Iterator[str]:
    with transaction.atomic():
        response = client.get(path)
        transaction.set_rollback(True)
    if response.status_code == 200 and "html" in response.headers.get("Content-Type", "") and not response.streaming:
        yield from obeyed(response.content.decode())
