"""Protected figures of a release cut by subject: what a page about one subject needs, and nothing that is hidden."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from communitas.benchmarking.rules.cohort import NETWORK, Group
from communitas.benchmarking.rules.disclosure.density import Bin
from communitas.benchmarking.rules.disclosure.values import HIDDEN, AlmostAll, Hidden, Percent, Protected, Quarters
from communitas.benchmarking.rules.facts import ScoreKind

GROUPS: Final = "groups"
Plain = dict[str, Any]
Cell = tuple[ScoreKind, Group]


@dataclass(frozen=True, slots=True)
class SubjectCells:
    """What may be shown of one subject in one cycle. What is not here is hidden."""

    values: Mapping[Cell, Protected]
    spreads: Mapping[Group, Quarters]
    densities: Mapping[Group, tuple[Bin, ...]]

    def value(self, kind: ScoreKind, group: Group) -> Protected:
        """A cell, hidden when it is not published."""
        return self.values.get((kind, group), HIDDEN)


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
    return next((group for group in groups.ways_up(wanted) if group in cells.spreads), None)


def cut(protected: Mapping[str, Any]) -> Iterator[tuple[str, str, Plain]]:
    """The level, the name and the cells of each subject of `Release.protected`, and what its groups are."""
    found: dict[tuple[str, str], Plain] = {}

    def of(level: str, name: str) -> Plain:
        return found.setdefault((level, name), {"cells": [], "spreads": [], "densities": []})

    for kind, level, name, dimension, group, value in protected["cells"]:
        if "hidden" in value:
            of(level, name)
        else:
            of(level, name)["cells"].append([kind, dimension, group, _short(value)])
    for level, name, *rest in protected["spreads"]:
        of(level, name)["spreads"].append(rest)
    for level, name, *rest in protected.get("densities", ()):
        of(level, name)["densities"].append(rest)
    yield GROUPS, "", {"parents": protected["parents"], "took_part": protected["took_part"]}
    for (level, name), cells in found.items():
        yield level, name, cells


def cells_of(plain: Mapping[str, Any]) -> SubjectCells:
    """The cells that `cut` gave."""
    return SubjectCells(
        {(kind, Group(dimension, name)): _long(value) for kind, dimension, name, value in plain["cells"]},
        {Group(dimension, name): Quarters(*rest) for dimension, name, *rest in plain["spreads"]},
        {Group(dimension, name): tuple(Bin(*each) for each in bins) for dimension, name, bins in plain["densities"]},
    )


def groups_of(plain: Mapping[str, Any]) -> Groups:
    """The groups that `cut` gave."""
    return Groups(
        {
            Group(dimension, name): Group(above, parent) if above else None
            for dimension, name, above, parent in plain["parents"]
        },
        {Group(dimension, name): number for dimension, name, number in plain["took_part"]},
    )


def _short(value: Mapping[str, Any]) -> list[Any]:
    if "almost_all" in value:
        return [value["almost_all"], value["all_but_at_most"]]
    return [value["percent_met"], value["percent_partly_met"], value["percent_not_met"], value["rounded_to"]]


def _long(value: list[Any]) -> Protected:
    return AlmostAll(value[0], value[1]) if len(value) == 2 else Percent(*value)
