"""What must hold of agreement for any table of counts."""

from itertools import product
from math import isfinite, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communitas.benchmarking.rules.statistics import agreement, marginal, raters
from communitas.benchmarking.rules.statistics.bootstrap import bootstrap
from communitas.benchmarking.rules.statistics.paired import mcnemar_chi_square
from communitas.benchmarking.rules.statistics.pairs import pair_table
from communitas.benchmarking.rules.statistics.values import Interval, Undefined

Table = list[list[int]]
WEIGHTINGS: tuple[agreement.Weighting, ...] = ("unweighted", "linear", "quadratic")


def tables(least: int = 2, most: int = 5) -> st.SearchStrategy[Table]:
    return st.integers(least, most).flatmap(
        lambda q: st.lists(st.lists(st.integers(0, 12), min_size=q, max_size=q), min_size=q, max_size=q)
    )


def turned(table: Table) -> Table:
    return [list(column) for column in zip(*table, strict=True)]


@given(tables())
def test_it_does_not_matter_which_side_is_which(table: Table) -> None:
    for weighting in WEIGHTINGS:
        for method in (agreement.kappa, agreement.gwet):
            here, there = method(table, weighting), method(turned(table), weighting)

            assert here.value == pytest.approx(there.value, abs=1e-12) if defined(here.value) else here == there
    assert agreement.bangdiwala(table) == agreement.bangdiwala(turned(table))


def defined(value: object) -> bool:
    return not isinstance(value, Undefined)


@given(tables())
def test_coefficients_are_at_most_one_and_finite(table: Table) -> None:
    for weighting in WEIGHTINGS:
        for estimate in (agreement.kappa(table, weighting), agreement.gwet(table, weighting)):
            if isinstance(estimate.value, Undefined) or isinstance(estimate.standard_error, Undefined):
                assert not defined(estimate.value)
                assert not defined(estimate.standard_error)
            else:
                assert estimate.value <= 1 + 1e-12
                assert isfinite(estimate.value)
                assert estimate.standard_error >= 0


@given(tables())
def test_kappa_is_its_own_form_with_weights_of_disagreement(table: Table) -> None:
    q = len(table)
    for weighting in WEIGHTINGS:
        disagreement = [[1 - each for each in row] for row in agreement.weights(q, weighting)]
        plain, custom = agreement.kappa(table, weighting).value, agreement.custom_kappa(table, disagreement)

        assert custom == (pytest.approx(plain, abs=1e-9) if defined(plain) else plain)


@given(tables(2, 2))
def test_weights_change_nothing_on_two_levels(table: Table) -> None:
    assert len({agreement.kappa(table, weighting).value for weighting in WEIGHTINGS}) == 1
    assert len({agreement.gwet(table, weighting).value for weighting in WEIGHTINGS}) == 1


@given(tables())
def test_two_raters_who_left_nothing_out_are_a_table(table: Table) -> None:
    q = len(table)
    pairs = [(i, j) for i, j in product(range(q), range(q)) for _ in range(table[i][j])]
    units = raters.units_of([[a for a, _ in pairs], [b for _, b in pairs]], levels=q)
    coincidence = raters.coincidences(units, levels=q)

    for metric in ("nominal", "ordinal", "interval"):
        ours, theirs = raters.alpha_of_table(table, metric), raters.alpha(coincidence, metric)
        assert ours == (pytest.approx(theirs, abs=1e-9) if defined(theirs) else theirs)
    for weighting in WEIGHTINGS:
        of_table, of_raters = agreement.gwet(table, weighting).value, raters.gwet_of_raters(units, weighting)
        assert of_table == (pytest.approx(of_raters, abs=1e-9) if defined(of_raters) else of_raters)


@given(tables(), st.integers(2, 9))
def test_the_same_answers_several_times_over_change_no_coefficient(table: Table, times: int) -> None:
    more = [[times * count for count in row] for row in table]

    for weighting in WEIGHTINGS:
        once, often = agreement.gwet(table, weighting), agreement.gwet(more, weighting)
        if not isinstance(once.value, Undefined) and not isinstance(once.standard_error, Undefined):
            assert often.value == pytest.approx(once.value, abs=1e-9)
            assert often.standard_error == pytest.approx(once.standard_error / sqrt(times), abs=1e-7)


@given(tables(2, 2))
def test_on_two_levels_both_tests_of_the_margins_are_mcnemar(table: Table) -> None:
    wanted = mcnemar_chi_square(table[0][1], table[1][0])

    for found in (marginal.stuart_maxwell(table), marginal.bowker(table)):
        assert found.statistic == (pytest.approx(wanted.statistic) if defined(wanted.statistic) else wanted.statistic)


@given(tables())
def test_the_margins_differ_alike_whichever_side_is_which(table: Table) -> None:
    here, there = marginal.stuart_maxwell(table), marginal.stuart_maxwell(turned(table))

    assert here.degrees == there.degrees <= len(table) - 1
    if not isinstance(here.statistic, Undefined):
        assert there.statistic == pytest.approx(here.statistic, abs=1e-8)
        assert 0 <= here.statistic <= sum(map(sum, table)) + 1e-9


@given(tables())
def test_a_mean_difference_turns_its_sign(table: Table) -> None:
    here, there = marginal.mean_difference(table), marginal.mean_difference(turned(table))

    if not isinstance(here, Undefined) and not isinstance(there, Undefined):
        assert here[0].difference == pytest.approx(-there[0].difference)
        assert here[0].interval.low <= here[0].difference <= here[0].interval.high


@pytest.mark.parametrize("levels", [2, 3, 4, 5])
def test_without_pairs_everything_is_undefined(levels: int) -> None:
    table = [[0] * levels for _ in range(levels)]

    assert agreement.kappa(table).value == agreement.gwet(table).value == Undefined("no_pairs")
    assert agreement.observed(table) == agreement.bangdiwala(table) == Undefined("no_pairs")
    assert raters.alpha_of_table(table, "ordinal") == Undefined("no_pairs")
    assert marginal.mean_difference(table) == Undefined("no_pairs")
    assert marginal.stuart_maxwell(table).statistic == Undefined("no_differences")


def test_both_always_met_leaves_only_the_coefficient_of_gwet() -> None:
    table = [[0, 0, 0], [0, 0, 0], [0, 0, 37]]

    assert agreement.kappa(table).value == raters.alpha_of_table(table, "nominal") == Undefined("no_variation")
    assert (agreement.gwet(table).value, agreement.gwet(table).standard_error) == (1, 0)


def test_one_side_that_never_varies_has_a_kappa_of_nothing() -> None:
    table = [[0, 0, 2], [0, 0, 3], [0, 0, 20]]

    assert agreement.kappa(table).value == pytest.approx(0)
    assert agreement.gwet(table).value == pytest.approx(0.85, abs=0.05)
    assert marginal.stuart_maxwell(table).degrees == 2


def test_a_level_that_nobody_used_still_counts() -> None:
    assert agreement.gwet([[5, 1], [2, 9]]).value != agreement.gwet([[5, 0, 1], [0, 0, 0], [2, 0, 9]]).value


def test_the_paradox_of_kappa() -> None:
    table = [[0, 2], [5, 118]]

    assert agreement.observed(table) == pytest.approx(0.944)
    assert agreement.kappa(table).value == pytest.approx(-0.0234, abs=5e-5)


def test_states_that_are_no_mark_are_counted_apart() -> None:
    found = pair_table([(2, 2), ("NA", "NA"), ("NA", 1), (None, "NA"), (2, None), (0, 2)])

    assert (found.n, found.both_not_applicable, found.applicability_differs, found.not_scored) == (2, 1, 1, 2)
    assert found.applicability_agreement == 0.75
    assert found.below_top == (0, 1)


def test_resampling_communities_is_repeatable_and_wider_than_pooling() -> None:
    communities = [[[0, 0, 1], [0, 1, 0], [1, 0, 20]], [[3, 2, 1], [1, 4, 2], [0, 1, 9]]] * 6

    once, again = (bootstrap(communities, lambda table: agreement.gwet(table).value, seed=1) for _ in range(2))

    pooled = [[6 * (a + b) for a, b in zip(*rows, strict=True)] for rows in zip(*communities[:2], strict=True)]
    error = agreement.gwet(pooled).standard_error
    assert isinstance(once, Interval)
    assert not isinstance(error, Undefined)
    assert once == again
    assert once.high - once.low > 2 * 1.96 * error
    assert bootstrap(communities[:1], lambda table: agreement.gwet(table).value, seed=1) == Undefined("too_few")
