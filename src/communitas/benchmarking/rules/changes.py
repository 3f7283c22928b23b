"""What changed since the last cycle, exact and for the office: the same communities, only criteria that compare."""

from collections.abc import Iterable
from dataclasses import dataclass

from communitas.benchmarking.rules.cohort import Cohort
from communitas.benchmarking.rules.facts import Score, ScoreKind
from communitas.benchmarking.rules.lineage import (
    CommunityScores,
    Lineage,
    Trend,
    comparable_groups,
    paired_changes,
    trend,
)
from communitas.benchmarking.rules.paired import Change, Paired, change


@dataclass(frozen=True, slots=True)
class CriterionChange:
    """One comparable group of criteria: percent met then and now over the communities that scored it both times."""

    lineage: Lineage
    pairs: Paired

    @property
    def change(self) -> Change | None:
        """Now less then; None when no community scored it both times."""
        return change(self.pairs)


@dataclass(frozen=True, slots=True)
class ChangeFigures:
    """Change between two cycles over the `communities` that took part in both."""

    communities: int
    criteria: tuple[CriterionChange, ...]
    overall: Trend


def change_figures(
    earlier: Cohort, later: Cohort, lineage: Iterable[Lineage], *, kind: ScoreKind = "agreed"
) -> ChangeFigures:
    """Compare two cycles; lineage names criteria by their codes in either edition."""
    declared = tuple(lineage)
    both = both_cycles(earlier, later, kind=kind)
    tops = {"earlier_top": earlier.edition.scale.top, "later_top": later.edition.scale.top}
    rows = tuple(CriterionChange(group, paired_changes([group], both, **tops)) for group in comparable_groups(declared))
    return ChangeFigures(len(both), rows, trend(declared, both, **tops))


def both_cycles(earlier: Cohort, later: Cohort, *, kind: ScoreKind = "agreed") -> tuple[CommunityScores, ...]:
    """The scores of the communities in both cycles; a criterion that does not apply counts as not applicable."""
    codes = {community.code for community in earlier.communities}
    return tuple(
        CommunityScores(
            community.code,
            scores_of(earlier, community.code, kind=kind),
            scores_of(later, community.code, kind=kind),
        )
        for community in later.communities
        if community.code in codes
    )


def scores_of(cohort: Cohort, community: str, *, kind: ScoreKind) -> dict[str, Score]:
    """All scores of one community, by the code of the criterion."""
    i = cohort.position(community)
    return {code: cohort.scores[kind, code][i] if i in members else "NA" for code, members in cohort.applies.items()}
