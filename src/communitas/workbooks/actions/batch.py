"""A batch of events on its way into a workbook: what is known already, what is new, and the rows that follow."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Final, Literal
from uuid import UUID

from django.db import IntegrityError
from django.utils.dateparse import parse_datetime

from communitas.kit.exceptions import NotAllowed
from communitas.kit.prepared import insert, update
from communitas.workbooks import models
from communitas.workbooks.queries.book import Book
from communitas.workbooks.queries.reading import Reading, as_event, in_order, known_rows, names_of
from communitas.workbooks.rules import fold
from communitas.workbooks.rules.access import Writer
from communitas.workbooks.rules.checks import Problem, check, check_supersedes
from communitas.workbooks.rules.events import Event, Key, event_hash
from communitas.workbooks.rules.registers import AGREED, SELF
from communitas.workbooks.rules.review import Review

Status = Literal["stored", "duplicate", "redacted", "refused"]
MAIN: Final = {"self": str(SELF), "peer": str(AGREED)}  # the register by which a workbook's progress is counted
_CLASH: Final = Problem("id_clash", "Another answer has this number already.")
_ELSEWHERE: Final[Key] = ("", "")


class Raced(NotAllowed):
    """Somebody stored one of these ids in another workbook since we looked; nothing of the batch was stored."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one event. `problem` says why a refused one was not stored; a redacted one has lost its salt."""

    event_id: str
    status: Status
    server_seq: int | None = None
    hash: str = ""
    problem: Problem | None = None
    salt: str | None = None


@dataclass
class Place:
    """One register of one criterion while a batch is recorded. `head_rows` holds the heads that stood before."""

    events: dict[str, Event] = field(default_factory=dict)
    heads: frozenset[str] = frozenset()
    head_rows: dict[str, int] = field(default_factory=dict)
    superseded: set[str] = field(default_factory=set)

    @property
    def is_touched(self) -> bool:
        """Whether its heads are others than those that stood before."""
        return self.heads != self.head_rows.keys()

    def add(self, event: Event) -> None:
        """Take in one more event, as the fold does."""
        self.heads = fold.apply(self.heads, event, already_superseded=event.event_id in self.superseded)
        self.superseded |= fold.superseded_by(event)
        self.events[event.event_id] = event

    def answer(self, heads: Iterable[str]) -> fold.Answer:
        """The answer that these heads give."""
        return fold.answer_of(self.events[event_id] for event_id in heads)


@dataclass(frozen=True, slots=True)
class New:
    """An event that is stored with this batch."""

    event: Event
    number: int
    salt: str
    hash: str


@dataclass
class Batch:
    """The events of one call. `read` what is known, `take` each, `write` once."""

    workbook: models.Workbook
    book: Book
    review: Review
    writer: Writer
    at: datetime
    places: dict[Key, Place] = field(default_factory=dict)
    known: dict[str, Mapping[str, Any]] = field(default_factory=dict)  # by id, in whatever workbook
    keys: dict[str, Key] = field(default_factory=dict)  # where the events stand that anybody names
    new: list[New] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    received: dict[str, datetime] = field(default_factory=dict)  # when each event at one of the places came

    def read(self, events: Sequence[Event], beside: Iterable[Key] = ()) -> None:
        """What the database holds of the places and ids of the batch: one query, a second for rare references.

        `beside` are places that are only wanted for `reading`.
        """
        self.places = {key: Place() for key in (*(event.key for event in events), *beside)}
        ids = {event.event_id for event in events}
        rows = known_rows(
            self.workbook,
            criteria={criterion or "" for criterion, _ in self.places},
            registers={register for _, register in self.places},
            ids={UUID(one) for one in ids if _is_id(one)},
        )
        for row in rows:
            if str(row["event_id"]) in ids:
                self.known[str(row["event_id"])] = row
            if row["workbook_id"] != self.workbook.pk:
                self.keys[str(row["event_id"])] = _ELSEWHERE
                continue
            event = as_event(self.workbook, row)
            self.keys[event.event_id] = event.key
            if place := self.places.get(event.key):
                place.events[event.event_id] = event
                self.received[event.event_id] = row["received_at"]
                place.superseded |= fold.superseded_by(event)
                if row["head__pk"]:
                    place.head_rows[event.event_id] = row["head__pk"]
        for place in self.places.values():
            place.heads = frozenset(place.head_rows)
        self.keys |= {event.event_id: event.key for event in events if event.event_id not in self.known}
        named = {one for event in events for one in event.supersedes if _is_id(one)} - self.keys.keys()
        if named:
            found = models.Event.objects.filter(event_id__in=named).values_list("event_id", flat=True)
            self.keys |= {str(event_id): _ELSEWHERE for event_id in found}

    def take(self, event: Event) -> Outcome:
        """The outcome of one event; a new one in order joins its place."""
        event = replace(event, author=self.writer.person)
        if event.event_id in self.known:
            return self._again(event)
        place = self.places[event.key]
        strangers = [one for one in event.supersedes if self.keys.get(one, event.key) != event.key]
        problem = check(event, self.book.edition, self.review, self.writer) or check_supersedes(
            event, place.events.values(), strangers
        )
        if problem:
            return Outcome(event.event_id, "refused", problem=problem)
        salt = secrets.token_hex(16)
        digest = event_hash(event, bytes.fromhex(salt))
        new = New(event, self.workbook.last_seq + len(self.new) + 1, salt, digest)
        place.add(event)
        self.received[event.event_id] = self.at
        self.new.append(new)
        self.known[event.event_id] = {"hash": digest, "payload__salt": salt, "server_seq": new.number}
        return Outcome(event.event_id, "stored", new.number, digest, salt=salt)

    def _again(self, event: Event) -> Outcome:
        row = self.known[event.event_id]
        if row["payload__salt"] is None:
            return Outcome(event.event_id, "redacted", row["server_seq"], row["hash"])
        if event_hash(event, bytes.fromhex(row["payload__salt"])) == row["hash"]:
            return Outcome(event.event_id, "duplicate", row["server_seq"], row["hash"], salt=row["payload__salt"])
        return Outcome(event.event_id, "refused", problem=_CLASH)

    def write(self) -> None:
        """Insert what is new, move the heads, count.

        Somebody may have stored one of these ids in another workbook since we looked: then the whole batch is undone,
        and sending it again finds and compares the twin.
        """
        if not self.new:
            return
        try:
            rows = insert([self._row(new) for new in self.new])
        except IntegrityError as twin:
            raise Raced("This could not be stored at this moment. Please save it again.") from twin
        pks = {str(row.event_id): row.pk for row in rows}
        insert(
            [
                models.Payload(event_id=pks[new.event.event_id], salt=new.salt, value=_words(new.event))
                for new in self.new
            ]
        )
        self._move_heads(pks)
        self._count()
        self.workbook.last_seq += len(self.new)
        update(self.workbook, "last_seq", "counts")

    def reading(self, known: Mapping[str, str]) -> Reading:
        """The places as they stand after the batch: no query where all authors' names are `known`, else one."""
        heads = {key: [place.events[one] for one in place.heads] for key, place in self.places.items() if place.heads}
        strangers = {event.author for found in heads.values() for event in found} - known.keys()
        names = {**known, **names_of(int(author) for author in strangers)}
        return Reading(in_order(heads), self.received, names)

    def _row(self, new: New) -> models.Event:
        event = new.event
        return models.Event(
            event_id=UUID(event.event_id),
            workbook_id=self.workbook.pk,
            server_seq=new.number,
            criterion_key=event.criterion_key or "",
            register=event.register,
            kind=event.kind,
            author_id=int(event.author),
            supersedes=sorted(event.supersedes),
            device_id=event.device_id[:40],
            device_seq=event.device_seq,
            made_at=_moment(event.made_at, self.at),
            received_at=self.at,
            origin=event.origin,
            hash=new.hash,
        )

    def _move_heads(self, pks: Mapping[str, int]) -> None:
        touched = [(key, place) for key, place in self.places.items() if place.is_touched]
        gone = [pk for _, place in touched for one, pk in place.head_rows.items() if one not in place.heads]
        if gone:
            models.Head.objects.filter(pk__in=gone).delete()
        insert(
            [
                models.Head(event_id=pks[one])
                for _, place in touched
                for one in sorted(place.heads - place.head_rows.keys())
            ]
        )

    def _count(self) -> None:
        main = MAIN[self.workbook.review.kind]
        for (criterion, register), place in self.places.items():
            if register == main and criterion is not None and place.is_touched:
                before, after = place.answer(place.head_rows), place.answer(place.heads)
                section = str(self.book.place_of[criterion])
                answered, differ = self.workbook.counts.get(section, (0, 0))
                self.workbook.counts[section] = [
                    answered + after.is_answered - before.is_answered,
                    differ + (after.kind == "differ") - (before.kind == "differ"),
                ]


def _words(event: Event) -> dict[str, Any]:
    return {
        "value": event.value,
        "reason": event.reason,
        "transcribed_from": event.transcribed_from,
        "made_at": event.made_at,
    }


def _moment(text: str, default: datetime) -> datetime:
    """The device's clock as a moment, for lists; the text itself is kept with the words."""
    try:
        found = parse_datetime(text)
        if found is None:
            return default
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return default


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
