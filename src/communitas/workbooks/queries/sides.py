"""How staff and how client members see a criterion, in their own words, side by side."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communitas.workbooks.models import Workbook
from communitas.workbooks.queries.book import book_of
from communitas.workbooks.queries.reading import Reading, read
from communitas.workbooks.queries.screens import Said, Side, moment, registers_of
from communitas.workbooks.rules import registers

STAFF, CLIENT_MEMBERS = registers.comment("staff"), registers.comment("client_members")
TITLES = {"staff": _("How staff see it"), "client_members": _("How client members see it")}
# Who writes which view; the first of them that somebody holds is the role in which they write it.
WRITERS = {"staff": ("community_lead", "staff"), "client_members": ("client_member",)}


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads a page of criteria: their account, and for which sides they write on it."""

    person: int
    writes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Views:
    """Both views of one criterion, as a list of criteria shows them."""

    code: str
    statement: str
    href: str
    sides: tuple[Side, ...]


def reader_of(workbook: Workbook, actor: Any, *, may_answer: bool) -> Reader:
    """The person, and which group's view they may write now."""
    community = workbook.review.enrolment.community_id
    writes = {
        side
        for side, roles in WRITERS.items()
        if may_answer and any(community in actor.communities_as(r) for r in roles)
    }
    return Reader(actor.account_id or 0, frozenset(writes))


def role_for(workbook: Workbook, actor: Any, side: str) -> str:
    """The role in which the person writes this view; '' for none, which the rules refuse."""
    community = workbook.review.enrolment.community_id
    return next((role for role in WRITERS[side] if community in actor.communities_as(role)), "")


def sides_of(reading: Reading, key: str, reader: Reader | None, now: datetime) -> tuple[Side, ...]:
    """Both views of a criterion; where nobody wrote yet only what the reader may write, if anything. No query."""
    found = tuple(_side(reading, key, of, reader, now) for of in TITLES)
    if any(side.is_said for side in found):
        return found
    return tuple(side for side in found if side.may_write)


def views(workbook: Workbook, now: datetime) -> list[Views]:
    """Every criterion of a self-review on which a group wrote its view, in the order of the book: two queries."""
    book = book_of(workbook.review.enrolment)
    reading = read(workbook, registers=registers_of(STAFF, CLIENT_MEMBERS))
    keys = sorted({key for key, _register in reading.state.heads if key in book.keys}, key=book.number_of.__getitem__)
    found = []
    for key in keys:
        sides, criterion = sides_of(reading, key, None, now), book.criteria[key]
        if sides:
            page = reverse("workbooks:section", args=[workbook.pk, book.place_of[key] + 1])
            found.append(Views(criterion.code, criterion.statement, f"{page}#c{book.number_of[key]}", sides))
    return found


def _side(reading: Reading, key: str, of: str, reader: Reader | None, now: datetime) -> Side:
    events = reading.state.comments(key, registers.comment(of))
    may_write = reader is not None and of in reader.writes
    own = [event for event in events if may_write and reader and event.author == str(reader.person)]
    mine: Collection[str] = {event.event_id for event in own}
    notes = tuple(
        Said(
            reading.name(event.author),
            text=event.text,
            when=moment(reading.received[event.event_id], now),
            event_id=event.event_id,
        )
        for event in events
        if event.event_id not in mine
    )
    text = "\n\n".join(event.text for event in own)
    return Side(of, str(TITLES[of]), notes, may_write, text, ",".join(sorted(mine)))
