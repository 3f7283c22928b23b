"""The national figures of a cycle, exact. For the office only: what others see goes through `disclosure.protect`."""

from collections.abc import Iterable
from dataclasses import dataclass

from communitas.benchmarking.rules.cohort import NETWORK, Cohort, Group
from communitas.benchmarking.rules.counts import Counts, count
from communitas.benchmarking.rules.facts import ScoreKind
from communitas.standards.rules.edition import Criterion, Level


@dataclass(frozen=True, slots=True)
class BothCounts:
    """The counts of the self-reviews and of the agreed scores, side by side."""

    self_review: Counts
    agreed: Counts

    def of(self, kind: ScoreKind) -> Counts:
        """The counts of one kind of score."""
        return self.self_review if kind == "self" else self.agreed

    @property
    def difference(self) -> float | None:
        """Percent met in the self-reviews minus percent met as agreed, in points; None when either is undefined."""
        ours, theirs = self.self_review.percent_met, self.agreed.percent_met
        return None if ours is None or theirs is None else ours - theirs

    def __add__(self, other: "BothCounts") -> "BothCounts":
        return BothCounts(self.self_review + other.self_review, self.agreed + other.agreed)


@dataclass(frozen=True, slots=True)
class CriterionFigures:
    """One criterion in one group of communities."""

    code: str
    section: str
    level: Level
    statement: str
    counts: BothCounts


@dataclass(frozen=True, slots=True)
class SectionFigures:
    """One section in one group: its counts are the sum over its criteria."""

    title: str
    counts: BothCounts


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """Everything about one group: the network, a service type or a region. Criteria and sections in book order."""

    group: Group
    communities: int
    criteria: tuple[CriterionFigures, ...]
    sections: tuple[SectionFigures, ...]
    overall: BothCounts


@dataclass(frozen=True, slots=True)
class NationalFigures:
    """The figures of a cycle; `groups` starts with the network. Most and least met are of the agreed scores."""

    groups: tuple[GroupFigures, ...]
    most_met: tuple[CriterionFigures, ...]
    least_met: tuple[CriterionFigures, ...]

    @property
    def network(self) -> GroupFigures:
        """The figures over all communities."""
        return self.groups[0]

    def of(self, group: Group) -> GroupFigures:
        """The figures of one group; KeyError when no community is of it."""
        for figures in self.groups:
            if figures.group == group:
                return figures
        raise KeyError(group)


def national_figures(cohort: Cohort, *, listed: int = 10) -> NationalFigures:
    """Count a cycle: per criterion and section, overall, in the network and in every type and region.

    `listed` is the length of the lists of most and least met criteria.
    """
    groups = tuple(group_figures(cohort, group) for group in cohort.groups())
    network = groups[0].criteria
    return NationalFigures(
        groups=groups,
        most_met=most_met(network, listed=listed),
        least_met=least_met(network, listed=listed),
    )


def group_figures(cohort: Cohort, group: Group = NETWORK) -> GroupFigures:
    """Count one group: a unit per community to which a criterion applies, a missing score is not scored."""
    members = cohort.members(group)
    criteria: list[CriterionFigures] = []
    sections: list[SectionFigures] = []
    for section in cohort.edition.sections:
        rows = [
            CriterionFigures(
                criterion.code,
                section.title,
                criterion.level,
                criterion.statement,
                counts_of(cohort, criterion, members),
            )
            for criterion in section.criteria
        ]
        criteria += rows
        sections.append(SectionFigures(section.title, total(row.counts for row in rows)))
    overall = total(section.counts for section in sections)
    return GroupFigures(group, len(members), tuple(criteria), tuple(sections), overall)


def counts_of(cohort: Cohort, criterion: Criterion, members: frozenset[int]) -> BothCounts:
    """The counts of one criterion over those members to whom it applies."""
    top = cohort.edition.scale.top
    units = [i for i in cohort.applies[criterion.code] if i in members]
    ours = cohort.scores["self", criterion.code]
    agreed = cohort.scores["agreed", criterion.code]
    return BothCounts(count((ours[i] for i in units), top=top), count((agreed[i] for i in units), top=top))


def total(counts: Iterable[BothCounts]) -> BothCounts:
    """The sum of counts."""
    result = BothCounts(Counts(), Counts())
    for each in counts:
        result = result + each
    return result


def most_met(criteria: Iterable[CriterionFigures], *, listed: int) -> tuple[CriterionFigures, ...]:
    """The criteria met by the largest share, highest first; equal shares stand in the order of their codes."""
    return tuple(sorted(_scored(criteria), key=lambda row: (-_percent(row), row.code))[:listed])


def least_met(criteria: Iterable[CriterionFigures], *, listed: int) -> tuple[CriterionFigures, ...]:
    """The criteria met by the smallest share, lowest first; equal shares stand in the order of their codes."""
    return tuple(sorted(_scored(criteria), key=lambda row: (_percent(row), row.code))[:listed])


def _scored(criteria: Iterable[CriterionFigures]) -> list[CriterionFigures]:
    return [row for row in criteria if row.counts.agreed.n]


def _percent(row: CriterionFigures) -> float:
    return row.counts.agreed.percent_met or 0.0
