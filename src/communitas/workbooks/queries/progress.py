"""How far workbooks are: read from their counts, so that no list has to fold."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from communitas.workbooks.models import Workbook
from communitas.workbooks.queries.book import Book, book_of
from communitas.workbooks.queries.reading import KINDS, state_of, workbooks
from communitas.workbooks.rules.progress import Missing, Progress, missing, whole
from communitas.workbooks.rules.registers import AGREED, SELF, Register
from communitas.workbooks.rules.review import OPEN_STATES

MAIN: dict[str, Register] = {"self": SELF, "peer": AGREED}


@dataclass(frozen=True, slots=True)
class ReviewProgress:
    """One review in a list: where it stands and how many of its criteria are answered."""

    workbook: Workbook
    enrolment_id: int
    workbook_id: int
    state: str
    answered: int
    total: int
    differ: int


def sections_progress(workbook: Workbook, book: Book) -> tuple[Progress, ...]:
    """One line for each section, in the order of the book. No query."""
    lines = []
    for place, section in enumerate(book.sections):
        answered, differ = workbook.counts.get(str(place), (0, 0))
        lines.append(Progress(section.title, answered, len(section.criteria), differ))
    return tuple(lines)


def progress_by_enrolment(ids: Iterable[int], kind: str = "self") -> dict[int, ReviewProgress]:
    """How far the reviews of these enrolments are: one query (and one look at each edition that is new to us)."""
    found = workbooks().filter(review__enrolment__in=list(ids), review__kind=kind)
    return {workbook.review.enrolment_id: _progress(workbook) for workbook in found}


def counts_of(workbook: Workbook) -> dict[str, list[int]]:
    """The counts as the heads give them: {section's place: [answered, not settled]}. One query."""
    register, book = MAIN[workbook.review.kind], book_of(workbook.review.enrolment)
    state = state_of(workbook, registers=Q(register=str(register)))
    counts: dict[str, list[int]] = {}
    for key, place in book.place_of.items():
        answer = state.answer(key, register)
        if answer.kind != "none":
            line = counts.setdefault(str(place), [0, 0])
            line[0] += answer.is_answered
            line[1] += answer.kind == "differ"
    return counts


def missing_in(workbook: Workbook, register: Register | None = None) -> tuple[Missing, ...]:
    """What stands between a workbook and sending or closing it, in the order of the book. One query."""
    register = register or MAIN[workbook.review.kind]
    state = state_of(workbook, registers=Q(register=str(register)))
    return missing(book_of(workbook.review.enrolment).criteria.values(), state, register)


def _progress(workbook: Workbook) -> ReviewProgress:
    book = book_of(workbook.review.enrolment)
    line = whole(sections_progress(workbook, book))
    return ReviewProgress(
        workbook,
        workbook.review.enrolment_id,
        workbook.pk,
        workbook.review.state,
        line.scored,
        line.applicable,
        line.differ,
    )


def is_open(workbook: Workbook) -> bool:
    """Whether answers are taken at this moment."""
    return workbook.review.state in OPEN_STATES[KINDS[workbook.review.kind]]
