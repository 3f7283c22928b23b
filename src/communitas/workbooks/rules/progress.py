"""How far a workbook is, and what is still missing, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from communitas.standards.rules.edition import Criterion, Edition
from communitas.standards.rules.identity import key_of
from communitas.workbooks.rules.events import NOT_APPLICABLE
from communitas.workbooks.rules.fold import State
from communitas.workbooks.rules.registers import SELF, Register


@dataclass(frozen=True, slots=True)
class Progress:
    """Criteria that apply, how many of them are answered, and in how many the answers differ."""

    title: str
    scored: int
    applicable: int
    differ: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to answer here."""
        return self.scored == self.applicable

    @property
    def percent(self) -> int:
        """For the bar: whole per cent, 100 only when everything is answered."""
        return 100 * self.scored // self.applicable if self.applicable else 100

    @property
    def words(self) -> str:
        """For the screen reader and the eye: '12 of 15 answered, 1 with answers that differ'."""
        tail = f", {self.differ} with answers that differ" if self.differ else ""
        return f"{self.scored} of {self.applicable} answered{tail}"


@dataclass(frozen=True, slots=True)
class Missing:
    """One criterion that is not ready, why, and the sentence that says so."""

    criterion_key: str
    code: str
    why: str  # unanswered | differ | no_reason
    sentence: str


def progress(
    edition: Edition, applicable: frozenset[str], state: State, register: Register = SELF
) -> tuple[Progress, ...]:
    """One line for each section that has a criterion that applies, in the order of the book."""
    lines = []
    for section in edition.sections:
        answers = [
            state.answer(key_of(criterion), register)
            for criterion in section.criteria
            if key_of(criterion) in applicable
        ]
        if answers:
            scored = sum(answer.is_answered for answer in answers)
            differ = sum(answer.kind == "differ" for answer in answers)
            lines.append(Progress(section.title, scored, len(answers), differ))
    return tuple(lines)


def whole(lines: Iterable[Progress], title: str = "") -> Progress:
    """The sum of the sections."""
    kept = tuple(lines)
    return Progress(
        title,
        sum(line.scored for line in kept),
        sum(line.applicable for line in kept),
        sum(line.differ for line in kept),
    )


def missing(criteria: Iterable[Criterion], state: State, register: Register = SELF) -> tuple[Missing, ...]:
    """What stands between these criteria (those that apply) and sending or closing, in the order given."""
    found = (_gap(criterion, state, register) for criterion in criteria)
    return tuple(gap for gap in found if gap is not None)


def ready_to_send(criteria: Iterable[Criterion], state: State) -> tuple[str, ...]:
    """What a self-review still lacks, one sentence each; empty when it is ready."""
    return tuple(gap.sentence for gap in missing(criteria, state, SELF))


def _gap(criterion: Criterion, state: State, register: Register) -> Missing | None:
    key, code = key_of(criterion), criterion.code
    answer = state.answer(key, register)
    if answer.kind == "none":
        return Missing(key, code, "unanswered", f"{code} has no answer yet.")
    if answer.kind == "differ":
        return Missing(key, code, "differ", f"{code} has answers that differ.")
    if answer.score == NOT_APPLICABLE and not answer.reason:
        return Missing(key, code, "no_reason", f"{code} is not applicable, and the reason is missing.")
    return None
