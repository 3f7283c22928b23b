"""The attacker recovers nobody's mark from a release, and breaks the rule that many reports still use.

Here of one cycle of each network; `benchmarks/disclosure.py` asks the same of all four cycles of 10,000 networks.
"""

from itertools import product

import pytest

from communitas.benchmarking.rules.cohort import Group
from communitas.benchmarking.rules.disclosure.lattice import CellKey, Cells
from communitas.benchmarking.rules.disclosure.parameters import Parameters
from communitas.benchmarking.rules.disclosure.primary import rounded
from communitas.benchmarking.rules.disclosure.protect import gather, protect
from communitas.benchmarking.rules.disclosure.values import HIDDEN, Percent, Protected
from tests.benchmarking.rules.disclosure.attacker import Attacker
from tests.benchmarking.rules.disclosure.networks import history, one_criterion

SEEDS = range(200)
FEW = Parameters().few


def cycles(seed: int) -> list[Cells]:
    """Networks of 5 to 200 communities over four cycles; every other one has regions too."""
    return history(seed, communities=5 + seed * 7 % 196, regions=3 * (seed % 2))


def hide_below_five(cells: Cells) -> dict[CellKey, Protected]:
    """The naive rule: hide a cell of fewer than five, show all others as whole percentages."""
    values: dict[CellKey, Protected] = {}
    for key in cells.declared():
        found = gather(cells, key)
        answered = sum(found.totals)
        if found.communities < 5:
            values[key] = HIDDEN
        else:
            not_met, partly, met = (rounded(each, answered, 1) for each in found.totals)
            values[key] = Percent(met, partly, not_met)
    return values


def recovered(cells: Cells) -> list[tuple[str, int]]:
    return list(Attacker(cells, protect(cells).values, few=FEW).recovers())


@pytest.mark.parametrize("start", range(0, len(SEEDS), 20))
def test_no_release_gives_a_mark_away(start: int) -> None:
    for seed in SEEDS[start : start + 20]:
        assert recovered(cycles(seed)[seed // 2 % 4]) == [], f"seed {seed}"


def test_the_same_attacker_breaks_the_naive_rule_in_more_than_half_of_the_networks() -> None:
    seeds = SEEDS[::5]

    broken = sum(
        any(True for cells in cycles(seed)[:1] for _ in Attacker(cells, hide_below_five(cells)).recovers())
        for seed in seeds
    )

    assert broken > len(seeds) / 2


@pytest.mark.parametrize("n", range(10, 25))
def test_a_member_subtracting_itself_and_two_members_colluding_learn_no_mark(n: int) -> None:
    """Every possible outcome of one criterion in two types, as far as the order of members does not matter."""
    first = 10
    groups = {Group("type", "a"): range(first), Group("type", "b"): range(first, n)}
    for met, partly in product(range(0, n + 1, 1 if n < 16 else 3), range(0, n + 1, 2)):
        if met + partly <= n:
            marks = [2] * met + [1] * partly + [0] * (n - met - partly)

            assert recovered(one_criterion(marks, groups)) == [], (met, partly)
