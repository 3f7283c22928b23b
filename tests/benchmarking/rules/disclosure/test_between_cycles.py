"""Communities merge, split, change their type, join or leave between cycles; the only one of a kind in a region."""

import random

import pytest

from communitas.benchmarking.rules.cohort import Group
from communitas.benchmarking.rules.disclosure.lattice import Cells
from communitas.benchmarking.rules.disclosure.protect import protect
from communitas.benchmarking.rules.disclosure.values import HIDDEN
from tests.benchmarking.rules.disclosure.networks import SECTION, key, section
from tests.benchmarking.rules.disclosure.test_attacker import recovered

TYPES = ("adult", "prison")
Service = tuple[str, str, tuple[int, ...]]  # operator, type, marks


def network(seed: int, size: int = 24) -> list[Service]:
    """Communities with marks on four criteria, two thirds of them adult."""
    chance = random.Random(seed)
    return [
        (f"operator {i}", TYPES[i % 3 == 2], tuple(chance.choice((2, 2, 2, 1, 0)) for _ in range(4)))
        for i in range(size)
    ]


def cells(services: list[Service]) -> Cells:
    marks = {f"1.{c}": [each[2][c] for each in services] for c in range(4)}
    groups = {Group("type", name): [i for i, each in enumerate(services) if each[1] == name] for name in TYPES}
    return section(marks, groups, operators=[each[0] for each in services])


def merged(before: list[Service]) -> list[Service]:
    return [before[0], *before[2:]]


def divided(before: list[Service]) -> list[Service]:
    return [*before, (before[0][0], before[0][1], before[1][2])]


def of_another_type(before: list[Service]) -> list[Service]:
    return [(before[0][0], "prison", before[0][2]), *before[1:]]


def joined(before: list[Service]) -> list[Service]:
    return [*before, ("operator 99", "adult", (0, 1, 0, 2))]


def left(before: list[Service]) -> list[Service]:
    return before[1:]


@pytest.mark.parametrize("happened", [merged, divided, of_another_type, joined, left])
@pytest.mark.parametrize("seed", range(3))
def test_neither_cycle_gives_away_whom_something_happened_to(happened: object, seed: int) -> None:
    before = network(seed)
    after = happened(before)  # type: ignore[operator]  # one of the five above

    assert recovered(cells(before)) == []
    assert recovered(cells(after)) == []
    assert protect(cells(after)).audit.passed


def test_a_new_name_changes_nothing_that_is_published() -> None:
    before = network(1)
    renamed = [(f"renamed {i}", *each[1:]) for i, each in enumerate(before)]

    assert protect(cells(renamed)).to_bytes() == protect(cells(before)).to_bytes()


@pytest.mark.parametrize("size", [20, 26, 40])
def test_the_only_prison_of_a_region_is_hidden_where_types_cross_regions(size: int) -> None:
    chance = random.Random(size)
    marks = {f"1.{c}": [chance.choice((2, 2, 1, 0)) for _ in range(size)] for c in range(4)}
    north = range(size // 2)
    prisons = [0, *range(size // 2, size // 2 + 6)]  # one in the north, six in the south
    places = {
        "prison × north": [0],
        "adult × north": [i for i in north if i not in prisons],
        "prison × south": prisons[1:],
        "adult × south": [i for i in range(size // 2, size) if i not in prisons],
    }
    groups = {
        Group("type", "prison"): prisons,
        Group("type", "adult"): [i for i in range(size) if i not in prisons],
        Group("region", "north"): list(north),
        Group("region", "south"): list(range(size // 2, size)),
        **{Group("type × region", name): members for name, members in places.items()},
    }

    release = protect(section(marks, groups))

    assert release.value(key(SECTION, Group("type × region", "prison × north"))) == HIDDEN
    shown = [group.name for group in groups if len(groups[group]) > 1 and release.value(key(SECTION, group)) != HIDDEN]
    assert not {"adult × north", "north"} <= set(shown)  # less each other, they would be the one prison
    assert not {"prison × south", "prison"} <= set(shown)
    assert recovered(section(marks, groups)) == []
