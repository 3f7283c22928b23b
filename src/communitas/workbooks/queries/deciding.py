"""Answers that differ, as the person who decides sees them: every mark with its people, their words and the time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from communitas.workbooks.models import Workbook
from communitas.workbooks.queries.book import Book, book_of
from communitas.workbooks.queries.facts import text_of
from communitas.workbooks.queries.progress import MAIN
from communitas.workbooks.queries.reading import Reading, read
from communitas.workbooks.queries.screens import moment, registers_of, word_of
from communitas.workbooks.rules.events import Event, Score
from communitas.workbooks.rules.fold import Answer
from communitas.workbooks.rules.registers import Register, comment


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the marks that differ: who gave it, why, when, and what these people wrote beside it."""

    who: str
    score: Score
    word: str
    reason: str
    when: str
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """One criterion whose answers differ, or whose comments several people wrote without seeing each other's."""

    id: str
    key: str
    code: str
    statement: str
    choices: tuple[Choice, ...]
    comment: str  # all that was written, one under the other: what a merged comment starts from
    writers: int
    seen: str
    seen_comments: str

    @property
    def differs(self) -> bool:
        """Whether marks wait for a decision; else there are only comments to make one of."""
        return bool(self.choices)


def decision(workbook: Workbook, key: str, now: datetime) -> Decision:
    """One criterion: two queries."""
    book, (main, beside) = book_of(workbook.review.enrolment), registers(workbook)
    reading = read(workbook, criteria=[key], registers=registers_of(main, beside))
    return _decision(book, reading, key, main, beside, now)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the lead of a workbook decides: marks that differ, and comments of several that could become one."""

    differing: tuple[Decision, ...]
    doubled: tuple[Decision, ...]


def waiting(workbook: Workbook, now: datetime) -> Waiting:
    """Everything that waits for the lead, in the order of the book: two queries."""
    book, (main, beside) = book_of(workbook.review.enrolment), registers(workbook)
    reading = read(workbook, registers=registers_of(main, beside))
    found = [_decision(book, reading, key, main, beside, now) for key in book.criteria]
    return Waiting(
        tuple(one for one in found if one.differs), tuple(one for one in found if not one.differs and one.writers > 1)
    )


def registers(workbook: Workbook) -> tuple[Register, Register]:
    """The register on which the workbook's people must agree, and that of the comments beside it."""
    main = MAIN[workbook.review.kind]
    return main, comment(main.name)


def _decision(book: Book, reading: Reading, key: str, main: Register, beside: Register, now: datetime) -> Decision:
    answer, criterion = reading.state.answer(key, main), book.criteria[key]
    notes = reading.state.comments(key, beside)
    listed = reading.state.heads_of(key, beside)
    return Decision(
        id=f"c{book.number_of[key]}",
        key=key,
        code=criterion.code,
        statement=criterion.statement,
        choices=_choices(book, reading, answer, notes, now) if answer.kind == "differ" else (),
        comment=text_of(reading.state, key, beside),
        writers=len(notes),
        seen=",".join(event.event_id for event in answer.heads),
        seen_comments=",".join(event.event_id for event in listed if event.kind != "attach"),
    )


def _choices(
    book: Book, reading: Reading, answer: Answer, notes: Collection[Event], now: datetime
) -> tuple[Choice, ...]:
    """The marks, each once: whoever gave the same one stands together."""
    by_mark: dict[Score, list[Event]] = {}
    for head in answer.heads:
        if not head.redacted:
            by_mark.setdefault(head.score, []).append(head)
    return tuple(
        Choice(
            who=", ".join(dict.fromkeys(reading.name(head.author) for head in heads)),
            score=score,
            word=word_of(book, score) or _("Taken back"),
            reason="\n".join(dict.fromkeys(head.score_reason for head in heads if head.score_reason)),
            when=moment(max(reading.received[head.event_id] for head in heads), now),
            comments=tuple(note.text for note in notes if note.author in {head.author for head in heads}),
        )
        for score, heads in by_mark.items()
    )
