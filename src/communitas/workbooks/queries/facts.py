"""What other apps take from workbooks: scores and comments of both reviews, findings, facts. Plain values."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q

from communitas.cycles.models import Enrolment
from communitas.workbooks.models import Workbook
from communitas.workbooks.queries.book import Book, book_of
from communitas.workbooks.queries.reading import Reading, read, state_of, workbooks
from communitas.workbooks.rules import registers
from communitas.workbooks.rules.events import Score
from communitas.workbooks.rules.fold import State
from communitas.workbooks.rules.registers import ACHIEVEMENT, AFTER_EVIDENCE, AGREED, FEEDBACK, IMPROVEMENT, SELF

SELF_COMMENT, AGREED_COMMENT = registers.comment("self"), registers.comment("agreed")
_EMPTY = State()


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One criterion that applies, with what the community and the review team said. None means not scored."""

    key: str
    code: str
    section: str
    level: int
    statement: str
    self_score: Score = None
    self_reason: str = ""
    self_comment: str = ""
    agreed_score: Score = None
    agreed_reason: str = ""
    agreed_comment: str = ""
    after_evidence_score: Score = None
    after_evidence_reason: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """An achievement, an area for improvement, or a piece of feedback; `event_id` names it for ever."""

    event_id: str
    text: str
    author: str
    key: str | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the review team wrote for the report, in the order of the book, what belongs to no criterion last."""

    achievements: tuple[Finding, ...] = ()
    improvements: tuple[Finding, ...] = ()
    feedback: tuple[Finding, ...] = ()


# (enrolment id, criterion key, kind: 'self' or 'agreed', score: a mark, 'NA' or None, comment)
FactRow = tuple[int, str, str, Score, str]


def self_and_agreed(enrolment: Enrolment) -> tuple[ScoreLine, ...]:
    """Every criterion that applies, in the order of the book, with both scores. Three queries."""
    return _lines(book_of(enrolment), _states([enrolment.pk]).get(enrolment.pk, {}))


def score_facts(enrolments: Collection[Enrolment]) -> Iterator[FactRow]:
    """A row for each enrolment, criterion that applies and kind of score, unscored ones too.

    A score after new evidence stands in place of the agreed one. Give enrolments with edition and service_type
    selected. Two queries for each enrolment that has workbooks, one for all.
    """
    states = _states([enrolment.pk for enrolment in enrolments])
    for enrolment in enrolments:
        for line in _lines(book_of(enrolment), states.get(enrolment.pk, {})):
            agreed = line.agreed_score if line.after_evidence_score is None else line.after_evidence_score
            yield (enrolment.pk, line.key, "self", line.self_score, line.self_comment)
            yield (enrolment.pk, line.key, "agreed", agreed, line.agreed_comment or line.agreed_reason)


def findings(enrolment: Enrolment) -> Findings:
    """The review team's achievements, areas for improvement and feedback. Three queries."""
    workbook = workbooks().filter(review__enrolment=enrolment, review__kind="peer").first()
    if workbook is None:
        return Findings()
    wanted = [str(register) for register in (ACHIEVEMENT, IMPROVEMENT, FEEDBACK)]
    reading = read(workbook, registers=Q(register__in=wanted))
    return Findings(*(findings_in(reading, book_of(enrolment), register) for register in LISTS))


LISTS = (ACHIEVEMENT, IMPROVEMENT, FEEDBACK)


def findings_in(reading: Reading, book: Book, register: registers.Register) -> tuple[Finding, ...]:
    """The findings of one list that was read."""
    order = {key: number for number, key in enumerate(book.criteria)}
    found = sorted(reading.state.notes(register), key=lambda event: order.get(event.criterion_key or "", len(order)))
    return tuple(
        Finding(
            event.event_id,
            event.text,
            reading.name(event.author),
            event.criterion_key,
            book.criteria[event.criterion_key].code if event.criterion_key in book.criteria else "",
        )
        for event in found
    )


def _states(ids: Iterable[int]) -> dict[int, dict[str, State]]:
    """The states of the workbooks of enrolments by kind: one query, and one for each workbook."""
    states: dict[int, dict[str, State]] = {}
    for workbook in Workbook.objects.filter(review__enrolment__in=list(ids)).select_related("review"):
        states.setdefault(workbook.review.enrolment_id, {})[workbook.review.kind] = state_of(workbook)
    return states


def _lines(book: Book, states: dict[str, State]) -> tuple[ScoreLine, ...]:
    own, team = states.get("self", _EMPTY), states.get("peer", _EMPTY)
    lines = []
    for section in book.sections:
        for criterion in section.criteria:
            key = criterion.key or criterion.code
            self_answer, agreed, after = (
                own.answer(key, SELF),
                team.answer(key, AGREED),
                team.answer(key, AFTER_EVIDENCE),
            )
            lines.append(
                ScoreLine(
                    key,
                    criterion.code,
                    section.title,
                    int(criterion.level),
                    criterion.statement,
                    self_answer.score,
                    self_answer.reason,
                    text_of(own, key, SELF_COMMENT),
                    agreed.score,
                    agreed.reason,
                    text_of(team, key, AGREED_COMMENT),
                    after.score,
                    after.reason,
                )
            )
    return tuple(lines)


def text_of(state: State, key: str | None, register: registers.Register) -> str:
    """All that stands in a list of comments, one under the other."""
    return "\n\n".join(event.text for event in state.comments(key, register))
