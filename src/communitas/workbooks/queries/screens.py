"""What the screens of a workbook show: plain values, read in a constant number of queries."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from communitas.standards.rules.edition import Criterion
from communitas.standards.rules.identity import key_of
from communitas.workbooks.models import Presence, Workbook
from communitas.workbooks.queries.attached import Attached
from communitas.workbooks.queries.book import Book
from communitas.workbooks.queries.facts import text_of
from communitas.workbooks.queries.reading import Reading
from communitas.workbooks.rules.events import Event, Score
from communitas.workbooks.rules.fold import Answer
from communitas.workbooks.rules.registers import Register
from communitas.workbooks.slots import Before, Voice

PRESENT_FOR = 45  # seconds without a sign of somebody until they count as gone


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said of a criterion, to be shown beside the answer: by whom, the mark, the words, when."""

    who: str
    score: Score = None
    word: str = ""
    text: str = ""
    when: str = ""
    event_id: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """One group's view of a criterion in its own words. What the reader wrote stands in `text`, all else in `notes`."""

    of: str  # staff | client_members
    title: str
    notes: tuple[Said, ...]
    may_write: bool = False
    text: str = ""
    seen: str = ""

    @property
    def is_said(self) -> bool:
        """Whether anybody wrote anything."""
        return bool(self.notes or self.text)


@dataclass(frozen=True, slots=True)
class Given:
    """Who was asked to answer a criterion, and by which day."""

    who: str
    by: str
    mine: bool
    late: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One criterion on a page of answers. `seen` and `seen_comments` are the answers that the page shows."""

    id: str
    key: str
    code: str
    statement: str
    plain: str
    level: int
    guidance: str
    evidence: str
    references: str
    standard: str  # only where it differs from the criterion before
    score: Score
    word: str
    reason: str
    comment: str
    seen: str
    seen_comments: str
    said: str
    several_comments: bool
    differ: tuple[Said, ...]
    is_answered: bool
    before: Before | None = None
    voice: Voice | None = None
    beside: tuple[Said, ...] = ()
    suggested: bool = False
    error: str = ""
    sides: tuple[Side, ...] = ()
    given: Given | None = None
    files: tuple[Attached, ...] = ()
    unchecked: bool = False  # keyed in from paper that no second person has checked yet

    @property
    def sides_said(self) -> bool:
        """Whether staff or client members wrote how they see it."""
        return any(side.is_said for side in self.sides)

    @property
    def needs_a_word(self) -> bool:
        """Whether anything about the answer must be said beyond who gave it."""
        return bool(self.error or self.differ or self.unchecked or self.several_comments)

    @property
    def has_history(self) -> bool:
        """Whether anything was ever entered here that the page knows of, even if it was taken back."""
        return bool(self.seen or self.seen_comments or self.beside or self.sides_said)

    @property
    def asks_reason(self) -> bool:
        """Whether the field for the reason stands open."""
        return self.score == "NA" or bool(self.reason or self.error)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is in the workbook now, and the code and key of the criterion at which they are."""

    name: str
    code: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """Which registers a page shows, and what stands beside the answers."""

    register: Register
    comments: Register
    before: Mapping[str, Before]
    voices: Mapping[str, Voice]
    beside: Callable[[str], tuple[Said, ...]] = lambda key: ()
    sides: Callable[[str], tuple[Side, ...]] = lambda key: ()
    given: Callable[[str], Given | None] = lambda key: None


def items(book: Book, criteria: Sequence[Criterion], reading: Reading, shown: Shown, now: datetime) -> list[Item]:
    """The criteria as the page shows them, in the order given."""
    made, standard = [], ""
    for criterion in criteria:
        key = key_of(criterion)
        heading = criterion.standard if criterion.standard != standard else ""
        standard = criterion.standard
        made.append(_item(book, criterion, f"c{book.number_of[key]}", heading, reading, shown, now))
    return made


def item_of(book: Book, key: str, reading: Reading, shown: Shown, now: datetime) -> Item:
    """One criterion by itself."""
    return _item(book, book.criteria[key], f"c{book.number_of[key]}", "", reading, shown, now)


def said_of(
    book: Book, reading: Reading, answer: Answer, who: str, text: str = "", now: datetime | None = None
) -> Said:
    """One answer to stand beside another."""
    when = moment(reading.received[answer.heads[-1].event_id], now) if now and answer.heads else ""
    return Said(who, answer.score, word_of(book, answer.score), text, when, reason=answer.reason)


def word_of(book: Book, score: Score) -> str:
    """The word of a mark, with a capital letter; empty for no score."""
    if score is None:
        return ""
    if score == "NA":
        return _("Not applicable")
    word = book.edition.scale.word(int(score))
    return word[:1].upper() + word[1:]


def moment(at: datetime, now: datetime) -> str:
    """A moment in words: the time of today, else the day too."""
    local = timezone.localtime(at)
    time = f"{local:%H:%M}"
    return time if local.date() == timezone.localtime(now).date() else f"{date_format(local, 'j F')}, {time}"


def present(workbook: Workbook, book: Book, now: datetime, *, but: int) -> list[Person]:
    """Who else is in the workbook now: one query."""
    since = now - timedelta(seconds=PRESENT_FOR)
    rows = Presence.objects.filter(workbook=workbook, seen_at__gte=since).exclude(account=but)
    return [
        Person(name, book.criteria[key].code if key in book.keys else "", key if key in book.keys else "")
        for name, key in rows.order_by("account__display_name", "pk").values_list(
            "account__display_name", "criterion_key"
        )
    ]


def registers_of(*shown: Register) -> Q:
    """A condition on heads: only these registers."""
    return Q(register__in=[str(register) for register in shown])


def _item(
    book: Book, criterion: Criterion, ident: str, heading: str, reading: Reading, shown: Shown, now: datetime
) -> Item:
    key = key_of(criterion)
    answer = reading.state.answer(key, shown.register)
    notes = reading.state.comments(key, shown.comments)
    listed = reading.state.heads_of(key, shown.comments)
    return Item(
        id=ident,
        key=key,
        code=criterion.code,
        statement=criterion.statement,
        plain=criterion.plain_text,
        level=int(criterion.level),
        guidance=criterion.guidance,
        evidence=criterion.evidence,
        references=criterion.references,
        standard=heading,
        score=answer.score,
        word=word_of(book, answer.score),
        reason=answer.reason,
        comment=text_of(reading.state, key, shown.comments),
        seen=",".join(event.event_id for event in answer.heads),
        seen_comments=",".join(event.event_id for event in listed if event.kind != "attach"),
        said=_said_line(reading, [*answer.heads, *notes], now),
        several_comments=len(notes) > 1,
        differ=_differ(book, reading, answer, now),
        is_answered=answer.is_answered,
        before=shown.before.get(key),
        voice=shown.voices.get(key),
        beside=shown.beside(key),
        sides=shown.sides(key),
        given=shown.given(key),
    )


def _said_line(reading: Reading, events: Sequence[Event], now: datetime) -> str:
    """By whom and when this was last changed."""
    speaking = [event for event in events if not event.redacted and event.kind != "retract"]
    if not speaking:
        return ""
    last = max(speaking, key=lambda event: reading.received[event.event_id])
    names = dict.fromkeys(reading.name(event.author) for event in speaking)
    return f"{', '.join(names)}, {moment(reading.received[last.event_id], now)}"


def _differ(book: Book, reading: Reading, answer: Answer, now: datetime) -> tuple[Said, ...]:
    if answer.kind != "differ":
        return ()
    return tuple(
        Said(
            reading.name(head.author),
            head.score,
            word_of(book, head.score) or _("No score"),
            head.score_reason,
            moment(reading.received[head.event_id], now),
            head.event_id,
        )
        for head in answer.heads
        if not head.redacted
    )
