"""Which criteria of two editions may be compared, and what a community scored on them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from communitas.benchmarking.rules.facts import NOT_APPLICABLE, Score
from communitas.benchmarking.rules.statistics.paired import Paired

LineageKind = Literal["unchanged", "reworded", "split", "merged", "new", "withdrawn", "level changed"]
Relation = Literal["equivalent", "split", "merge", "changed", "new", "retired"]
COMPARABLE: frozenset[Relation] = frozenset({"equivalent", "split", "merge"})


@dataclass(frozen=True, slots=True)
class Lineage:
    """How criteria of the new edition descend from the old one; keys are those of the facts.

    `same_meaning` is the office's word that the meaning is the same; without it 'reworded' is not compared.
    """

    kind: LineageKind
    earlier: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    same_meaning: bool = False

    @property
    def relation(self) -> Relation:
        """What the statistics make of it. A new level leaves the percent met comparable."""
        match self.kind:
            case "unchanged" | "level changed":
                return "equivalent"
            case "reworded":
                return "equivalent" if self.same_meaning else "changed"
            case "split":
                return "split"
            case "merged":
                return "merge"
            case "new":
                return "new"
            case "withdrawn":
                return "retired"

    @property
    def keeps_level(self) -> bool:
        """Whether it may enter a trend of one level."""
        return self.kind != "level changed"


@dataclass(frozen=True, slots=True)
class CommunityScores:
    """The scores of one community in the earlier and the later cycle, by criterion."""

    community: str
    earlier: Mapping[str, Score]
    later: Mapping[str, Score]


@dataclass(frozen=True, slots=True)
class Trend:
    """Met or not, before and after, over the same communities: on equivalent criteria only, and on all comparable."""

    equivalent_only: Paired
    comparable: Paired


def comparable_groups(lineage: Iterable[Lineage], *, same_level: bool = False) -> tuple[Lineage, ...]:
    """The groups that may enter a trend: changed, new and withdrawn criteria never do."""
    return tuple(group for group in lineage if group.relation in COMPARABLE and (group.keeps_level or not same_level))


def group_score(scores: Mapping[str, Score], parts: Iterable[str]) -> int | None:
    """The lowest score of the parts that apply; None when a part is not scored or none applies."""
    lowest: int | None = None
    for part in parts:
        score = scores.get(part)
        if score is None:
            return None
        if score != NOT_APPLICABLE and (lowest is None or score < lowest):
            lowest = score
    return lowest


def paired_changes(
    groups: Iterable[Lineage],
    communities: Iterable[CommunityScores],
    *,
    earlier_top: int = 2,
    later_top: int = 2,
) -> Paired:
    """Met or not in both cycles, over every comparable group of every community that scored it in both."""
    both = first = second = neither = 0
    chosen = comparable_groups(groups)
    for scores in communities:
        for group in chosen:
            before = group_score(scores.earlier, group.earlier)
            after = group_score(scores.later, group.later)
            if before is None or after is None:
                continue
            was, is_now = before == earlier_top, after == later_top
            both += was and is_now
            first += was and not is_now
            second += is_now and not was
            neither += not was and not is_now
    return Paired(both, first, second, neither)


def trend(
    lineage: Iterable[Lineage],
    communities: Iterable[CommunityScores],
    *,
    earlier_top: int = 2,
    later_top: int = 2,
) -> Trend:
    """Both figures of a change: they are published side by side."""
    groups = comparable_groups(lineage)
    everyone = tuple(communities)
    equivalent = [group for group in groups if group.relation == "equivalent"]
    return Trend(
        paired_changes(equivalent, everyone, earlier_top=earlier_top, later_top=later_top),
        paired_changes(groups, everyone, earlier_top=earlier_top, later_top=later_top),
    )
