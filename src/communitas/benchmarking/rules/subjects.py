"""Protected figures of a release cut by subject: what a page about one subject needs, and nothing that is hidden."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from communitas.benchmarking.rules.cohort import NETWORK, Group
from communitas.benchmarking.rules.disclosure.density import Bin
from communitas.benchmarking.rules.disclosure.values import (
    HIDDEN,
    MARK_NAMES,
    AlmostAll,
    Hidden,
    MarkName,
    Percent,
    Protected,
    Quarters,
)
from communitas.benchmarking.rules.facts import ScoreKind

GROUPS: Final = "groups"
_MARKS: Final[Mapping[str, MarkName]] = {name: name for name in MARK_NAMES}
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SubjectCells:
    """What may be shown of one subject in one cycle, as it is kept. What is not here is hidden.

    `plain` holds a short text for each group: under 'self' and 'agreed' its percentages, or its band, under 'spreads'
    its middle, under 'densities' its bins. A page asks for few of them, so each is read when it is asked for.
    """

    plain: Mapping[str, Mapping[str, str]]

    def value(self, kind: ScoreKind, group: Group) -> Protected:
        """A cell, hidden when it is not published."""
        text = self.plain.get(kind, {}).get(_key(group))
        if text is None:
            return HIDDEN
        parts = text.split()
        if len(parts) == 2:
            return AlmostAll(_MARKS[parts[0]], int(parts[1]))
        return Percent(*map(int, parts))

    def spread(self, group: Group) -> Quarters | None:
        """The middle of a group; None where it may not be shown."""
        text = self.plain.get("spreads", {}).get(_key(group))
        if text is None:
            return None
        median, *quarters = text.split()
        lower, upper = (None if each == "-" else int(each) for each in quarters)
        return Quarters(int(median), lower, upper)

    def bins(self, group: Group) -> tuple[Bin, ...]:
        """Where a group's communities lie; empty where that may not be shown."""
        numbers = [int(each) for each in self.plain.get("densities", {}).get(_key(group), "").split()]
        return tuple(Bin(*numbers[place : place + 3]) for place in range(0, len(numbers), 3))


@dataclass(frozen=True, slots=True)
class Groups:
    """The declared groups of a release with their parents, and how many communities took part, roughly."""

    parents: Mapping[Group, Group | None]
    took_part: Mapping[Group, int]

    def ways_up(self, group: Group) -> Iterator[Group]:
        """The group itself, then its declared parents, nearest first. The network is always the last."""
        found: Group | None = group if group in self.parents else NETWORK
        while found is not None:
            yield found
            found = self.parents.get(found)


@dataclass(frozen=True, slots=True)
class Given:
    """What is shown in place of a wanted cell: its own value, or that of the nearest parent that may be shown."""

    value: Protected
    group: Group


def give_way(cells: SubjectCells, groups: Groups, kind: ScoreKind, wanted: Group) -> Given:
    """A hidden cell gives way to its declared parent; hidden where no parent may be shown either."""
    for group in groups.ways_up(wanted):
        value = cells.value(kind, group)
        if not isinstance(value, Hidden):
            return Given(value, group)
    return Given(HIDDEN, wanted)


def spread_of(cells: SubjectCells, groups: Groups, wanted: Group) -> Group | None:
    """The nearest group, upwards, of which the middle may be shown; None where there is none."""
    return next((group for group in groups.ways_up(wanted) if cells.spread(group) is not None), None)


def cut(protected: Mapping[str, Any]) -> Iterator[tuple[str, str, Plain]]:
    """The level, the name and the cells of each subject of `Release.protected`, and what its groups are."""
    found: dict[tuple[str, str], Plain] = {}

    def of(level: str, name: str, what: str) -> Plain:
        texts: Plain = found.setdefault((level, name), {}).setdefault(what, {})
        return texts

    for kind, level, name, dimension, group, value in protected["cells"]:
        texts = of(level, name, kind)
        if "hidden" not in value:
            texts[f"{dimension}:{group}"] = _text(value)
    for level, name, dimension, group, *numbers in protected["spreads"]:
        of(level, name, "spreads")[f"{dimension}:{group}"] = _numbers(numbers)
    for level, name, dimension, group, bins in protected.get("densities", ()):
        of(level, name, "densities")[f"{dimension}:{group}"] = _numbers([each for one in bins for each in one])
    yield GROUPS, "", {"parents": protected["parents"], "took_part": protected["took_part"]}
    for (level, name), cells in found.items():
        yield level, name, cells


def groups_of(plain: Mapping[str, Any]) -> Groups:
    """The groups that `cut` gave."""
    return Groups(
        {
            Group(dimension, name): Group(above, parent) if above else None
            for dimension, name, above, parent in plain["parents"]
        },
        {Group(dimension, name): number for dimension, name, number in plain["took_part"]},
    )


def _key(group: Group) -> str:
    return f"{group.dimension}:{group.name}"


def _text(value: Mapping[str, Any]) -> str:
    if "almost_all" in value:
        return f"{value['almost_all']} {value['all_but_at_most']}"
    return _numbers([value[name] for name in ("percent_met", "percent_partly_met", "percent_not_met", "rounded_to")])


def _numbers(numbers: Sequence[int | None]) -> str:
    return " ".join("-" if each is None else str(each) for each in numbers)
