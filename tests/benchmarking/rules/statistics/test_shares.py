"""What must hold of shares, pairs, trends and many tests for any counts; small cases are counted out."""

from itertools import product
from math import comb, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communitas.benchmarking.rules.statistics.distributions import at_least, at_most
from communitas.benchmarking.rules.statistics.paired import (
    Paired,
    mcnemar_chi_square,
    mcnemar_mid_p,
    newcombe,
    sign_test,
)
from communitas.benchmarking.rules.statistics.proportions import (
    clopper_pearson,
    independent_difference,
    jeffreys,
    wilson,
)
from communitas.benchmarking.rules.statistics.several import benjamini_hochberg
from communitas.benchmarking.rules.statistics.severity import pairwise_severity
from communitas.benchmarking.rules.statistics.trends import cochran_armitage, cochran_q
from communitas.benchmarking.rules.statistics.values import Interval, Undefined, Value, z_value

counts = st.integers(0, 60)
parts = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
confidences = st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99, 0.998])


def limits(found: Interval | Undefined) -> tuple[float, float]:
    assert not isinstance(found, Undefined)
    return found.low, found.high


@given(parts, confidences)
def test_a_likely_range_holds_the_share_and_stays_between_nothing_and_all(
    part: tuple[int, int], confidence: float
) -> None:
    x, n = part
    for method in (wilson, clopper_pearson):
        low, high = limits(method(x, n, confidence=confidence))

        assert 0 <= low <= x / n <= high <= 1
        assert (low == 0) == (x == 0)
        assert (high == 1) == (x == n)


@given(parts, confidences)
def test_wilson_is_where_the_score_test_turns(part: tuple[int, int], confidence: float) -> None:
    x, n = part
    for limit in limits(wilson(x, n, confidence=confidence)):
        if 0 < limit < 1:
            z = abs(x / n - limit) / sqrt(limit * (1 - limit) / n)
            assert z == pytest.approx(z_value(confidence), rel=1e-6)


@given(parts, confidences)
def test_a_range_of_met_mirrors_that_of_not_met(part: tuple[int, int], confidence: float) -> None:
    x, n = part
    for method in (wilson, jeffreys, clopper_pearson):
        low, high = limits(method(x, n, confidence=confidence))

        assert limits(method(n - x, n, confidence=confidence)) == pytest.approx((1 - high, 1 - low), abs=1e-9)


def test_nothing_that_applied_has_no_share() -> None:
    nothing = Undefined("none_applied")

    assert wilson(0, 0) == jeffreys(0, 0) == clopper_pearson(0, 0) == independent_difference(0, 0, 1, 2) == nothing


@pytest.mark.parametrize(("x", "n"), [(-1, 3), (4, 3)])
def test_more_than_all_is_refused(x: int, n: int) -> None:
    with pytest.raises(ValueError, match="between 0 and n"):
        wilson(x, n)


@given(st.integers(0, 25), st.integers(0, 25))
def test_the_sign_test_counts_out_the_coin(higher: int, lower: int) -> None:
    found = sign_test(higher, lower)
    n, fewer = higher + lower, min(higher, lower)

    if not n:
        assert found.p_exact == found.p_mid == Undefined("no_differences")
        return
    tail = sum(comb(n, i) for i in range(fewer + 1)) / 2**n
    point = comb(n, fewer) / 2**n
    assert found.p_exact == pytest.approx(min(1, 2 * tail))
    assert found.p_mid == pytest.approx(1 - point if higher == lower else 2 * tail - point)


def test_millions_of_differences_can_be_tested() -> None:
    found = sign_test(10**12, 10**12 + 10**6)

    assert found.p_exact == pytest.approx(0.4795, abs=1e-4)


@given(counts, counts, counts, counts)
def test_a_paired_difference_turns_with_its_sides(a: int, b: int, c: int, d: int) -> None:
    here, there = newcombe(Paired(a, b, c, d)), newcombe(Paired(a, c, b, d))

    if isinstance(here, Undefined) or isinstance(there, Undefined):
        assert a + b + c + d == 0
        return
    assert here.difference == -there.difference
    assert (here.interval.low, here.interval.high) == pytest.approx((-there.interval.high, -there.interval.low))
    assert -1 <= here.interval.low <= here.difference <= here.interval.high <= 1


@given(counts, counts)
def test_mid_p_lies_below_exact_p(b: int, c: int) -> None:
    exact, mid = sign_test(b, c).p_exact, mcnemar_mid_p(b, c)

    if not isinstance(exact, Undefined) and not isinstance(mid, Undefined):
        assert 0 < mid < exact <= 1


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=30))
def test_two_editions_of_cochran_are_mcnemar(rows: list[tuple[bool, bool]]) -> None:
    found = cochran_q(rows)
    wanted = mcnemar_chi_square(sum(a and not b for a, b in rows), sum(b and not a for a, b in rows))

    if isinstance(wanted.statistic, Undefined):
        assert isinstance(found.statistic, Undefined)
    else:
        assert found.statistic == pytest.approx(wanted.statistic)


@given(parts, parts)
def test_the_trend_over_two_editions_is_the_chi_square_of_two_shares(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    (x1, n1), (x2, n2) = first, second
    found = cochran_armitage([x1, x2], [n1, n2], [2024, 2026])
    p = (x1 + x2) / (n1 + n2)

    if p in {0, 1}:
        assert found.z == Undefined("no_variation")
    else:
        wanted = (x2 / n2 - x1 / n1) ** 2 / (p * (1 - p) * (1 / n1 + 1 / n2))
        assert found.chi_square == pytest.approx(wanted, rel=1e-6, abs=1e-9)


def test_scores_that_do_not_differ_show_no_trend() -> None:
    assert cochran_armitage([1, 2], [5, 5], [2026, 2026]).p == Undefined("no_variation")
    assert cochran_armitage([], [], []).z == Undefined("none_applied")


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=25), st.sampled_from([0.01, 0.05, 0.2]))
def test_many_tests_at_once_are_the_definition_of_benjamini_and_hochberg(p: list[float | None], q: float) -> None:
    given_values: list[Value] = [Undefined("no_differences") if each is None else each for each in p]
    found = benjamini_hochberg(given_values, q=q)
    known = sorted(each for each in p if each is not None)

    steps = [i for i, each in enumerate(known, start=1) if each <= q * i / len(known)]
    last = known[max(steps) - 1] if steps else -1
    assert found.tested == len(known)
    for before, after, stands_out in zip(p, found.p, found.stands_out, strict=True):
        if before is None:
            assert after == stands_out == Undefined("no_differences")
        elif abs(before - last) > 1e-9:  # equal in print, not always in floating point
            assert stands_out is (before < last)


def test_tails_are_counted_out() -> None:
    for n, p in product((1, 4, 9), (0.0, 0.2, 0.5, 0.95, 1.0)):
        point = [comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]
        for k in range(-1, n + 2):
            assert at_most(k, n, p) == pytest.approx(sum(point[: max(k + 1, 0)]), abs=1e-12)
            assert at_least(k, n, p) == pytest.approx(sum(point[max(k, 0) :]), abs=1e-12)


@given(st.integers(1, 500), st.integers(1, 500))
def test_severity_turns_with_the_raters(first: int, second: int) -> None:
    here, there = pairwise_severity(first, second), pairwise_severity(second, first)

    assert not isinstance(there.estimate.value, Undefined)
    assert here.estimate.value == pytest.approx(-there.estimate.value)
    assert pairwise_severity(first, 0).estimate.value == Undefined("one_sided")
