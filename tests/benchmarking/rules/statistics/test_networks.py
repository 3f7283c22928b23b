"""What must hold of spread, funnels, consultations and the audit of tables; small cases are counted out."""

import random
from itertools import product
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communitas.benchmarking.rules.disclosure.audit import Cell, audit, primary_cells, protects
from communitas.benchmarking.rules.disclosure.rounding import star_or_five
from communitas.benchmarking.rules.statistics.delphi import classic_threshold, opinion, spread, stability
from communitas.benchmarking.rules.statistics.funnel import binomial_limits, exact_flag, normal_limits
from communitas.benchmarking.rules.statistics.mix import expected_from_mix
from communitas.benchmarking.rules.statistics.overdispersion import overdispersion, winsorised
from communitas.benchmarking.rules.statistics.quantiles import percentile_rank, quantile, quartiles
from communitas.benchmarking.rules.statistics.ranks import kendall_w, mid_ranks
from communitas.benchmarking.rules.statistics.values import Undefined

values = st.lists(st.integers(-50, 50).map(float), min_size=1, max_size=30)


@given(values, st.floats(0, 1))
def test_quantiles_stay_inside_and_mirror(given_values: list[float], share: float) -> None:
    for kind in (2, 6, 7):
        found = quantile(given_values, share, kind=kind)

        assert not isinstance(found, Undefined)
        assert min(given_values) <= found <= max(given_values)
    mirrored = quantile([-each for each in given_values], 1 - share)
    assert quantile(given_values, share) == pytest.approx(-float(str(mirrored)), abs=1e-9)


def test_type_two_averages_exactly_where_the_share_falls_between_two() -> None:
    assert quantile([float(i) for i in range(1, 91)], 0.7, kind=2) == 63.5
    assert quantile([], 0.5) == quartiles([]) == Undefined("none_applied")


@given(values, st.integers(-50, 50))
def test_the_mid_rank_lies_between_strict_and_weak(given_values: list[float], score: int) -> None:
    strict, weak = (percentile_rank(given_values, score, kind=kind) for kind in ("strict", "weak"))
    middle = percentile_rank(given_values, score)

    assert not isinstance(strict, Undefined)
    assert not isinstance(weak, Undefined)
    assert middle == pytest.approx((strict + weak) / 2)


@given(st.floats(0, 1), st.integers(1, 300))
def test_curves_nest_around_the_target(target: float, n: int) -> None:
    found = normal_limits(target, n)
    drawn = binomial_limits(target, n)

    assert not isinstance(found, Undefined)
    assert not isinstance(drawn, Undefined)
    assert 0 <= found.low_998 <= found.low_95 <= target + 1e-12
    assert target - 1e-12 <= found.high_95 <= found.high_998 <= 1
    assert 0 <= drawn.low_998 <= drawn.low_95 <= drawn.high_95 <= drawn.high_998 <= 1


@pytest.mark.parametrize("target", [0.5, 0.8, 0.9, 0.95])
@pytest.mark.parametrize("n", [10, 20, 50, 100])
def test_the_exact_rule_seldom_flags_by_chance(target: float, n: int) -> None:
    chances = {x: comb(n, x) * target**x * (1 - target) ** (n - x) for x in range(n + 1)}

    flagged = dict.fromkeys(("low", "high"), 0.0)
    for x, chance in chances.items():
        flag = exact_flag(target, x, n).flag
        assert isinstance(flag, str)
        if flag != "within":
            flagged[flag.partition("_")[0]] += chance

    assert max(flagged.values()) < 0.025


def test_all_met_is_not_flagged_though_it_lies_above_the_drawn_curve() -> None:
    drawn = binomial_limits(0.8, 10)

    assert not isinstance(drawn, Undefined)
    assert drawn.high_95 < 1
    assert exact_flag(0.8, 10, 10).flag == "within"


def test_without_scores_there_is_no_funnel() -> None:
    nothing = Undefined("none_applied")

    assert normal_limits(0.8, 0) == binomial_limits(0.8, 0) == exact_flag(0.8, 0, 0).flag == nothing
    assert overdispersion([0, 0], [0, 0]) == overdispersion([], []) == nothing


counted = st.lists(
    st.integers(0, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=30
)


@given(counted)
def test_allowing_for_overdispersion_never_flags_more(rows: list[tuple[int, int]]) -> None:
    found = overdispersion([x for x, _ in rows], [n for _, n in rows])

    if isinstance(found, Undefined):
        assert sum(n for _, n in rows) == 0
        return
    assert found.tau2 >= 0
    for (_, n), plain, additive, multiplied in zip(
        rows, found.z, found.z_additive, found.z_multiplicative, strict=True
    ):
        if isinstance(plain, Undefined) or isinstance(additive, Undefined) or isinstance(multiplied, Undefined):
            assert n == 0
        else:
            assert abs(additive) <= abs(plain) + 1e-9
            assert abs(multiplied) <= abs(plain) + 1e-9


def test_chance_alone_is_not_taken_for_overdispersion() -> None:
    chance = random.Random(5)
    met = [sum(chance.random() < 0.8 for _ in range(40)) for _ in range(400)]

    found = overdispersion(met, [40] * 400)

    assert not isinstance(found, Undefined)
    assert found.phi < 1  # the ends are pulled in
    assert found.tau2 == 0
    assert winsorised([]) == []


@given(st.lists(st.integers(1, 9), max_size=30))
def test_disagreement_is_symmetrical_about_the_middle(ratings: list[int]) -> None:
    here, there = spread(ratings), spread([10 - each for each in ratings])

    assert here.disagreement == there.disagreement
    if ratings and not isinstance(here.width, Undefined):
        assert there.width == pytest.approx(here.width, abs=1e-9)


def test_on_another_scale_only_the_plain_figures_exist() -> None:
    other = Undefined("wrong_scale")

    assert (spread([1, 3, 5], scale=(1, 5)).median, spread([1, 3, 5], scale=(1, 5)).ipras) == (3, other)
    assert opinion([1, 3, 5], scale=(1, 5)).consensus == other
    with pytest.raises(ValueError, match="on the scale"):
        spread([0, 9])


def test_half_against_half_is_disagreement_by_both_rules() -> None:
    split = [1, 1, 2, 2, 9, 9, 8, 8]

    assert spread(split).disagreement is True
    assert (opinion(split).classic_disagreement, opinion(split).consensus) == (True, False)
    assert [classic_threshold(n) for n in (6, 7, 8, 10, 11, 13, 14, 16, 17, 30)] == [2, 3, 3, 3, 4, 4, 5, 5, 6, 10]


def test_who_missed_a_round_is_left_out_of_stability() -> None:
    found = stability([1, None, 7, 7], [1, 5, None, 8])

    assert (found.n, found.percent_changed, found.net_change_percent) == (2, 50, 50)
    assert stability([None], [3]).stable == Undefined("no_pairs")
    assert stability([4, 4], [4, 4]).kappa_quadratic == Undefined("no_variation")


@given(st.permutations(range(1, 7)))
def test_the_same_order_is_full_concordance(order: list[int]) -> None:
    found = kendall_w([[float(place)] * 3 for place in order])

    assert found.w == pytest.approx(1)
    assert found.test.degrees == 5


def test_nobody_telling_subjects_apart_has_no_concordance() -> None:
    assert kendall_w([[2.0, 2.0], [2.0, 2.0]]).w == Undefined("no_variation")
    assert kendall_w([]).w == kendall_w([[1.0, 2.0]]).w == Undefined("too_few")
    assert mid_ranks([3.0, 1.0, 3.0]) == [2.5, 1.0, 2.5]


def test_a_mix_of_standards_that_all_meet_has_no_z() -> None:
    sure = expected_from_mix([1.0, 0.0, None], [2, 0, 2])

    assert (sure.n, sure.observed, sure.expected, sure.z) == (2, 1, 1, Undefined("no_variation"))
    assert expected_from_mix([0.5], ["NA"]).expected == Undefined("none_applied")


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=2, max_size=3),
    st.sets(st.tuples(st.integers(0, 1), st.integers(0, 2)), min_size=1, max_size=5),
)
def test_the_audit_finds_exactly_what_enumeration_finds(table: list[list[int]], cells: set[Cell]) -> None:
    hidden = sorted(cells)
    rows = [sum(row) for row in table]
    columns = [sum(column) for column in zip(*table, strict=True)]

    fitting = []
    for guess in product(range(10), repeat=len(hidden)):
        filled = [list(row) for row in table]
        for (i, j), count in zip(hidden, guess, strict=True):
            filled[i][j] = count
        if [sum(row) for row in filled] == rows and [sum(each) for each in zip(*filled, strict=True)] == columns:
            fitting.append(guess)

    wanted = [(min(each), max(each)) for each in zip(*fitting, strict=True)]
    assert [(bounds.low, bounds.high) for bounds in audit(table, hidden)] == wanted


def test_two_hidden_cells_a_line_can_still_give_one_away() -> None:
    table = [[15, 1, 3, 1], [20, 10, 10, 15], [3, 10, 10, 2], [12, 14, 7, 2]]
    weak = [(0, 1), (0, 2), (0, 3), (1, 1), (1, 2), (2, 0), (2, 3), (3, 0), (3, 3)]
    strong = [(0, 1), (0, 2), (0, 3), (2, 0), (2, 1), (2, 3), (3, 0), (3, 2), (3, 3)]
    primary = primary_cells(table, threshold=5)

    assert [each.cell for each in audit(table, weak) if each.is_disclosed] == [(0, 3)]
    assert not protects(audit(table, weak), primary, threshold=5)
    assert protects(audit(table, strong), primary, threshold=5)
    assert audit(table, [(0, 1)], margins_published=False)[0].high is None


@pytest.mark.parametrize(("count", "shown"), [(0, "0"), (1, "*"), (7, "*"), (8, "10"), (12, "10"), (13, "15")])
def test_counts_of_people_in_stars_and_fives(count: int, shown: str) -> None:
    assert star_or_five(count) == shown
