"""Names for synthetic networks, none with a digit: so every digit in a file is a figure, a date or a limit of ours."""

import random
from dataclasses import replace

from communitas.benchmarking.rules.cohort import KINDS, NETWORK, Group
from communitas.benchmarking.rules.disclosure.lattice import Cells, DeclaredGroup
from communitas.benchmarking.rules.disclosure.parameters import Parameters
from communitas.benchmarking.rules.disclosure.release import Audit, ProtectedRelease
from communitas.benchmarking.rules.facts import ScoreKind
from tests.benchmarking.rules.disclosure.test_attacker import hide_below_five

TITLES, CODES = ("Belonging", "Place"), ("A", "B")
TYPES, REGIONS = ("adult", "prison", "addiction"), ("North", "South", "West")
CYCLES = ("first cycle", "second cycle", "third cycle", "fourth cycle")


def named(cells: Cells, seed: int) -> Cells:
    """A synthetic network with names as they are here, none with a digit, and with marks of the communities' own."""
    chance = random.Random(seed)
    codes = {
        code: f"{CODES[s]}.{'abcdef'[c]}"
        for s, (_, inside) in enumerate(cells.sections)
        for c, code in enumerate(inside)
    }
    levels = {"type": TYPES, "region": REGIONS}
    groups = tuple(
        each
        if each.group == NETWORK
        else DeclaredGroup(
            Group(each.group.dimension, levels[each.group.dimension][int(each.group.name)]), each.members, NETWORK
        )
        for each in cells.groups
    )
    marks: dict[tuple[ScoreKind, str], tuple[int | None, ...]] = {
        (kind, codes[code]): row for (kind, code), row in cells.marks.items() if kind == "agreed"
    }
    for (_kind, code), row in list(marks.items()):
        marks["self", code] = tuple(
            mark if mark is None or chance.random() < 0.7 else chance.choice((1, 2, 2)) for mark in row
        )
    sections = tuple((TITLES[s], tuple(codes[code] for code in inside)) for s, (_, inside) in enumerate(cells.sections))
    return replace(cells, groups=groups, sections=sections, marks=marks, kinds=KINDS)


def naive(cells: Cells, parameters: Parameters) -> ProtectedRelease:
    """In place of disclosure control: hide a cell of fewer than five, show all others as whole percentages."""
    values = hide_below_five(cells)
    parents = {declared.group: declared.parent for declared in cells.groups}
    return ProtectedRelease(values, parents, parameters, Audit(len(values), 0, 0, 0, 0, ()))


def words_of_groups() -> dict[str, Group]:
    """Every word by which pages name a group."""
    words = dict.fromkeys(("All communities", "all communities", "the whole network", "The whole network"), NETWORK)
    for name in TYPES:
        group = Group("type", name)
        words |= {name: group, name.capitalize(): group, f"{name.capitalize()} communities": group}
    for name in REGIONS:
        words |= {name: Group("region", name), f"Communities in {name}": Group("region", name)}
    return words


def letters(position: int) -> str:
    """A short name for a number: Aa, Ab."""
    return f"{chr(65 + position // 26)}{chr(97 + position % 26)}"
