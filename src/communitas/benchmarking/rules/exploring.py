"""What a member explores: the subject that was chosen, and every figure in the words in which it may be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from communitas.benchmarking.rules.cohort import Group
from communitas.benchmarking.rules.counts import Counts
from communitas.benchmarking.rules.disclosure.lattice import OVERALL, Subject
from communitas.benchmarking.rules.disclosure.values import AlmostAll, Percent, Protected
from communitas.benchmarking.rules.facts import ScoreKind
from communitas.benchmarking.rules.subjects import Given, Groups, SubjectCells
from communitas.standards.rules.edition import Criterion, Edition

HIDDEN_WORDS: Final = "hidden to protect small groups"
_BROKEN: Final = {
    "reworded": "reworded, with another meaning",
    "split": "split from another standard",
    "merged": "made of several standards",
}
_MARKS: Final = {"met": "meet it", "partly_met": "meet it in part", "not_met": "do not meet it"}
_POOLED: Final = {"met": "meet all of it", "partly_met": "meet all of it in part", "not_met": "meet none of it"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for: section by title, standard by code, groups by preference, cycles by id."""

    section: str = ""
    standard: str = ""
    group: Sequence[Group] = ()
    since: int | None = None
    until: int | None = None
    kind: ScoreKind = "agreed"


@dataclass(frozen=True, slots=True)
class Moment:
    """One cycle of a trend. `broken` says why it cannot be compared with the one before it."""

    cycle: str
    given: Given
    own: Counts | None
    broken: str
    asked: bool  # whether the subject was in the edition of that cycle


@dataclass(frozen=True, slots=True)
class Part:
    """One section of everything, or one standard of a section."""

    subject: Subject
    cells: SubjectCells
    given: Given
    own: Counts | None


@dataclass(frozen=True, slots=True)
class Explored:
    """One look at the frozen cells. `group` is what was asked for, `given.group` what is shown in its place.

    `address` is the name of the set in addresses and the number of the edition.
    """

    cycles: tuple[tuple[int, str], ...]
    since: int
    until: int
    cycle: str
    address: tuple[str, int]
    edition: Edition
    subject: Subject
    kind: ScoreKind
    group: Group
    groups: Groups
    given: Given
    cells: SubjectCells
    own: Counts | None
    moments: tuple[Moment, ...]
    parts: tuple[Part, ...]

    @property
    def section(self) -> str:
        """The title of the chosen section, or of the one in which the chosen standard stands."""
        if self.subject.level == "section":
            return self.subject.name
        return next((s.title for s in self.edition.sections for c in s.criteria if self.is_chosen(c)), "")

    @property
    def criterion(self) -> Criterion | None:
        """The chosen standard; None where a section or everything is chosen."""
        return next((c for s in self.edition.sections for c in s.criteria if self.is_chosen(c)), None)

    def is_chosen(self, criterion: Criterion) -> bool:
        """Whether this standard is the chosen one."""
        return self.subject.level == "criterion" and self.subject.name == criterion.code

    @property
    def gave_way(self) -> bool:
        """Whether another group is shown than was asked for."""
        return self.given.group != self.group


def chosen_subject(edition: Edition, wanted: Wanted) -> Subject:
    """The standard where it is of the edition and of the chosen section; else the section; else everything."""
    for section in edition.sections:
        if wanted.section not in ("", section.title):
            continue
        if wanted.standard and any(criterion.code == wanted.standard for criterion in section.criteria):
            return Subject("criterion", wanted.standard)
    if any(section.title == wanted.section for section in edition.sections):
        return Subject("section", wanted.section)
    return OVERALL


def broken_words(change: str) -> str:
    """Why a line is broken before a cycle; a section or everything breaks when any of its standards does."""
    return _BROKEN.get(change, "other standards than before")


def value_words(value: Protected, *, pooled: bool) -> str:
    """A protected value as it is printed: '72%', 'all but at most 3 meet it', or that it is hidden."""
    if isinstance(value, Percent):
        return f"{value.met}%"
    if isinstance(value, AlmostAll):
        return f"all but at most {value.at_most} {(_POOLED if pooled else _MARKS)[value.mark]}"
    return HIDDEN_WORDS


def percent_of(value: Protected) -> float | None:
    """The percentage met, where one may be drawn."""
    return value.met if isinstance(value, Percent) else None


def own_words(own: Counts | None) -> str:
    """The own marks in one cell: '41 of 48', or the mark itself where only one standard is meant."""
    if own is None or not own.n:
        return "none applied" if own is not None else "–"
    if own.n == 1:
        return "met" if own.met else "partly met" if own.partly_met else "not met"
    return f"{own.met} of {own.n}"
