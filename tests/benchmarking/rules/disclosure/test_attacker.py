"""The attacker recovers nobody's mark from a release, and breaks the rule that many reports still use."""

import pytest

from communitas.benchmarking.rules.disclosure.lattice import CellKey, Cells
from communitas.benchmarking.rules.disclosure.primary import rounded
from communitas.benchmarking.rules.disclosure.protect import gather, protect
from communitas.benchmarking.rules.disclosure.values import HIDDEN, Percent, Protected
from tests.benchmarking.rules.disclosure.attacker import Attacker
from tests.benchmarking.rules.disclosure.networks import synthetic

SEEDS = range(200)


def network(seed: int) -> Cells:
    return synthetic(seed, communities=5 + seed * 7 % 76)


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


@pytest.mark.parametrize("start", range(0, len(SEEDS), 20))
def test_no_release_gives_a_mark_away(start: int) -> None:
    for seed in SEEDS[start : start + 20]:
        cells = network(seed)

        release = protect(cells)

        assert list(Attacker(cells, release.values).recovers()) == [], f"seed {seed}"


def test_the_same_attacker_breaks_the_naive_rule_in_more_than_half_of_the_networks() -> None:
    seeds = SEEDS[::5]

    broken = sum(any(True for _ in Attacker(cells, hide_below_five(cells)).recovers()) for cells in map(network, seeds))

    assert broken > len(seeds) / 2
