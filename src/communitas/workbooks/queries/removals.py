"""What the contact for data protection sees: every event of a workbook, to find the words that must go."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from communitas.members.actors import Actor
from communitas.workbooks.models import Event, Workbook
from communitas.workbooks.queries.book import book_of
from communitas.workbooks.queries.people import finished_in
from communitas.workbooks.queries.reading import as_event, names_of, review_of, rows_of, writer_of
from communitas.workbooks.queries.screens import moment
from communitas.workbooks.rules.access import may_read
from communitas.workbooks.rules.events import Event as Answer
from communitas.workbooks.rules.registers import parse

MOST = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One event in the list of the contact for data protection. Hidden words can be removed without being read."""

    event_id: str
    code: str
    who: str
    when: str
    words: str
    redacted: bool


def removable(workbook: Workbook, actor: Actor, words: str, now: datetime) -> tuple[list[Line], int]:
    """The newest events in which all these words stand (or the author's name, or the code), and how many there are.

    Four queries. Words that this person may not read are not searched either.
    """
    rows = rows_of(Event.objects.filter(workbook=workbook).order_by("-server_seq"))
    found = [
        line
        for line in _lines(workbook, rows, actor, now)
        if all(word in f"{line.words} {line.who} {line.code}".casefold() for word in words.casefold().split())
    ]
    return found[:MOST], len(found)


def removable_one(workbook: Workbook, event_id: UUID, actor: Actor, now: datetime) -> tuple[Event, Line] | None:
    """One event with its line; None when the workbook has none of that id."""
    event = Event.objects.filter(workbook=workbook, event_id=event_id).first()
    if event is None:
        return None
    [line] = _lines(workbook, rows_of(Event.objects.filter(pk=event.pk)), actor, now)
    return event, line


def _lines(workbook: Workbook, rows: Sequence[Mapping[str, Any]], actor: Actor, now: datetime) -> Iterator[Line]:
    book, reader = book_of(workbook.review.enrolment), writer_of(workbook, actor)
    finished = finished_in(workbook) if workbook.review.kind == "peer" else frozenset()
    review = review_of(workbook, book.keys, finished=finished)
    names = names_of(row["author_id"] for row in rows)
    for row in rows:
        event = as_event(workbook, row)
        shown = may_read(parse(event.register), reader, review, author=event.author)
        code = book.criteria[event.criterion_key].code if event.criterion_key in book.keys else ""
        said = said_in(event) if shown else _("Hidden words")
        yield Line(event.event_id, code, names[event.author], moment(row["received_at"], now), said, event.redacted)


def said_in(event: Answer) -> str:
    """All the words of an event, to be looked through."""
    if event.redacted:
        return _("Removed for data protection")
    name = event.value.get("name") or event.value.get("link")
    parts = [event.text, event.score_reason, event.reason, name if isinstance(name, str) else ""]
    words = " ".join(dict.fromkeys(part for part in parts if part))
    return words or _("No words, only a score")
