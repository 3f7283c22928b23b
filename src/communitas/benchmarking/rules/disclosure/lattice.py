"""The declared cells of a cycle: a measure in a group. No other cell is ever computed for publication."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from communitas.benchmarking.rules.cohort import KINDS, NETWORK, Cohort, Dimension, Group
from communitas.benchmarking.rules.facts import Score, ScoreKind

SubjectLevel = Literal["criterion", "section", "overall"]
LEVEL_ORDER: dict[SubjectLevel, int] = {"criterion": 0, "section": 1, "overall": 2}


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """What is measured: one criterion by its code, a section by its title, or everything."""

    level: SubjectLevel
    name: str = ""


OVERALL = Subject("overall")


@dataclass(frozen=True, slots=True, order=True)
class CellKey:
    """One declared cell."""

    kind: ScoreKind
    subject: Subject
    group: Group


@dataclass(frozen=True, slots=True)
class DeclaredGroup:
    """A group with its members (positions) and the declared parent that stands in for it when it is hidden."""

    group: Group
    members: frozenset[int]
    parent: Group | None


@dataclass(frozen=True, slots=True)
class Cells:
    """The lattice of one cycle with the marks it is computed from.

    `marks[kind, criterion][i]` is 2 met, 1 partly met, 0 not met, or None when community i gave no valid value.
    `operators[i]` is the legal operator of community i. `sections` pairs a title with its criteria's codes.
    The first group is the network; a parent stands before its children. Sections and everything are broken down by
    all groups, single criteria only by `by_criterion`: where two breakdowns of one criterion cross, each small piece
    of the crossing gives the others away, and little would survive.
    """

    operators: tuple[str, ...]
    groups: tuple[DeclaredGroup, ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    marks: Mapping[tuple[ScoreKind, str], tuple[int | None, ...]]
    kinds: tuple[ScoreKind, ...] = KINDS
    by_criterion: tuple[Dimension, ...] = ("network", "type")

    def subjects(self) -> tuple[Subject, ...]:
        """Criteria, then sections in book order, then everything."""
        criteria = tuple(Subject("criterion", code) for _, codes in self.sections for code in codes)
        return (*criteria, *(Subject("section", title) for title, _ in self.sections), OVERALL)

    def declared(self) -> tuple[CellKey, ...]:
        """Every declared cell, in a fixed order."""
        return tuple(
            CellKey(kind, subject, declared.group)
            for kind in self.kinds
            for subject in self.subjects()
            for declared in self.groups
            if subject.level != "criterion" or declared.group.dimension in self.by_criterion
        )

    def criteria_of(self, subject: Subject) -> tuple[str, ...]:
        """The codes of the criteria that a subject pools."""
        if subject.level == "criterion":
            return (subject.name,)
        if subject.level == "section":
            return dict(self.sections)[subject.name]
        return tuple(code for _, codes in self.sections for code in codes)


def declare(
    cohort: Cohort,
    *,
    parents: Mapping[Group, Group] | None = None,
    groups: Iterable[Group] | None = None,
    more: Iterable[DeclaredGroup] = (),
    by_criterion: tuple[Dimension, ...] = ("network", "type"),
) -> Cells:
    """The lattice of a cohort: the network, every type, every region, and `more` groups by their members.

    `groups` are taken in place of every type and region; the network is always among them, and first. `parents` names
    the parent of a type or region where it is not the network.
    """
    wanted = parents or {}
    chosen = cohort.groups() if groups is None else (NETWORK, *groups)
    declared = [
        DeclaredGroup(group, cohort.members(group), None if group == NETWORK else wanted.get(group, NETWORK))
        for group in chosen
    ]
    top = cohort.edition.scale.top
    marks: dict[tuple[ScoreKind, str], tuple[int | None, ...]] = {}
    for (kind, code), scores in cohort.scores.items():
        units = frozenset(cohort.applies[code])
        marks[kind, code] = tuple(collapse(score, top=top) if i in units else None for i, score in enumerate(scores))
    return Cells(
        operators=tuple(community.organisation or f"community {community.code}" for community in cohort.communities),
        groups=(*declared, *more),
        sections=tuple(
            (section.title, tuple(criterion.code for criterion in section.criteria))
            for section in cohort.edition.sections
        ),
        marks=marks,
        by_criterion=by_criterion,
    )


def collapse(score: Score, *, top: int) -> int | None:
    """The mark behind a score: 2 met, 0 not met, 1 anything between; None when it is no valid value."""
    if not isinstance(score, int):
        return None
    return 2 if score == top else min(score, 1)
