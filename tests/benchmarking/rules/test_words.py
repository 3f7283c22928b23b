"""What is printed of each figure, at each smallest number and beyond it."""

from typing import get_args

import pytest

from communitas.benchmarking.rules.agreement import (
    Pairs,
    beyond_chance_figure,
    direction_figure,
    exact_figure,
    network_agreement,
    specific_unmet_figure,
    within_one_figure,
)
from communitas.benchmarking.rules.counts import Counts
from communitas.benchmarking.rules.figure import WORDS, Figure, coefficient_in_words, p_in_words, points_in_words
from communitas.benchmarking.rules.opinions import opinion_figure
from communitas.benchmarking.rules.paired import Paired, change_figure, network_changes
from communitas.benchmarking.rules.proportions import share_met, share_of_communities
from communitas.benchmarking.rules.spread import band, place_figure, spread_figure
from communitas.benchmarking.rules.statistics.delphi import stability
from communitas.benchmarking.rules.statistics.mix import expected_from_mix
from communitas.benchmarking.rules.statistics.values import Reason, Undefined
from communitas.benchmarking.rules.usual import allowed_for, flag_figure, mix_figure, overdispersion_in_words


def pairs(*, same: int, one_apart: int = 0, two_apart: int = 0, unmet: int = 0) -> Pairs:
    return Pairs(((unmet, 0, 0), (0, 0, 0), (two_apart, one_apart, same)))


def told(figure: Figure) -> tuple[str, str | None]:
    return figure.words, figure.reason


@pytest.mark.parametrize(
    ("counts", "words", "reason"),
    [
        (Counts(not_applicable=3), "None applied", "none_applied"),
        (Counts(met=3, not_met=1), "3 of 4 that applied", "too_few"),
        (Counts(met=4, not_met=1), "4 of 5 that applied (80%, a small number)", None),
        (Counts(met=9), "9 of 9 that applied (100%, a small number)", None),
        (Counts(met=41, partly_met=5, not_met=2, not_applicable=4), "41 of 48 that applied (85%)", None),
    ],
)
def test_standards_met(counts: Counts, words: str, reason: str | None) -> None:
    assert told(share_met(counts)) == (words, reason)


def test_the_likely_range_stands_beside_the_words_in_per_cent() -> None:
    found = share_met(Counts(met=41, not_met=7)).interval

    assert found is not None
    assert (round(found.low, 1), round(found.high, 1)) == (72.8, 92.8)


def test_how_often_the_scores_matched_is_a_percentage_from_ten_pairs() -> None:
    assert told(exact_figure(pairs(same=0))) == ("No standards scored by both", "no_pairs")
    assert told(exact_figure(pairs(same=8, one_apart=1))) == ("8 of 9 standards", "too_few")
    assert told(exact_figure(pairs(same=7, one_apart=2, two_apart=1))) == ("70%", None)
    assert told(within_one_figure(pairs(same=7, one_apart=2, two_apart=1))) == ("90%", None)


def test_agreement_beyond_luck_needs_thirty_pairs_that_vary() -> None:
    always = "Both said 'met' for all 37; chance-corrected agreement cannot be calculated"

    assert told(beyond_chance_figure(pairs(same=37))) == (always, "no_variation")
    assert told(beyond_chance_figure(pairs(same=28, unmet=1))) == (
        "Too few to calculate: only 29",
        "too_few_to_calculate",
    )
    assert told(beyond_chance_figure(pairs(same=29, unmet=1))) == ("1.00", None)
    one_side = pairs(same=40, one_apart=4)
    assert beyond_chance_figure(one_side, coefficient="kappa").words == "0.00 (no variation in one set of scores)"


def test_agreement_on_what_is_not_fully_met_is_counted_below_five() -> None:
    assert told(specific_unmet_figure(pairs(same=9))) == ("Neither side found a standard not fully met", "none_applied")
    assert told(specific_unmet_figure(pairs(same=9, unmet=2))) == ("Both said so on 2 standards", "too_few")
    assert told(specific_unmet_figure(pairs(same=9, unmet=2, one_apart=1))) == ("80%", None)


def test_the_direction_is_tested_from_six_differences() -> None:
    assert told(direction_figure(pairs(same=9))) == ("No differences", "no_differences")
    assert told(direction_figure(pairs(same=9, one_apart=5))) == (
        "You scored yourselves higher on 5, lower on 0",
        "too_few_to_calculate",
    )
    assert told(direction_figure(pairs(same=9, one_apart=12))) == (
        "You scored yourselves higher on 12, lower on 0 (P < 0.001)",
        None,
    )


def test_change_is_in_points_from_ten_pairs_and_else_a_list() -> None:
    assert told(change_figure(Paired(0, 0, 0, 0))) == ("No standards scored by both", "no_pairs")
    assert told(change_figure(Paired(5, 1, 2, 1), ["1.2", "3.1"])) == ("Changed: 1.2, 3.1", "too_few")
    assert told(change_figure(Paired(9, 0, 0, 0))) == ("No change", "too_few")
    assert told(change_figure(Paired(30, 0, 0, 4))) == ("No change", None)
    assert told(change_figure(Paired(30, 1, 4, 15))) == ("+6 points", None)
    assert [points_in_words(each) for each in (0, 0.01, -0.01, -0.064)] == [
        "0 points",
        "+1 point",
        "−1 point",
        "−6 points",
    ]


def test_changes_of_the_network_allow_for_the_number_tested() -> None:
    criteria = [Paired(20, 0, 14, 6), Paired(30, 3, 4, 3), Paired(40, 0, 0, 0), Paired(3, 1, 1, 1)]

    found = network_changes(criteria)

    assert (found.tested, found.stands_out) == (3, (True, False, False, False))
    assert found.figures[0].words.endswith("more changes one way than chance explains")
    assert found.figures[2].words == "No change in 40 communities"
    assert found.figures[3].reason == "small_group"


def test_communities_are_counted_from_five() -> None:
    assert told(share_of_communities(3, 4)) == ("Hidden to protect small groups", "small_group")
    assert told(share_of_communities(4, 5)) == ("80% of participating communities (4 of 5)", None)


def test_the_middle_from_five_and_the_quarters_from_twelve() -> None:
    assert told(spread_figure([50.0] * 4)) == ("Hidden to protect small groups", "small_group")
    assert told(spread_figure([50.0, 60, 70, 80, 90])) == ("70%", None)
    assert spread_figure([float(x) for x in range(0, 120, 10)]).words == (
        "55%; half of the communities lie between 28% and 83%"
    )


def test_a_place_is_a_quarter_and_never_a_rank() -> None:
    everyone = [float(x) for x in range(20)]

    assert told(place_figure(3, everyone[:19])) == ("Hidden to protect small groups", "small_group")
    assert [place_figure(own, everyone).words for own in (2, 10, 19)] == [
        "In the lowest quarter",
        "In the middle half",
        "In the highest quarter",
    ]
    assert band(5, 5, 9) == "middle half"


def test_a_flag_needs_ten_scores_and_ten_communities() -> None:
    assert flag_figure(0.8, 0, 9, communities=50).reason == "too_few_to_calculate"
    assert flag_figure(0.8, 0, 10, communities=9).reason == "small_group"
    assert [flag_figure(0.8, met, 50, communities=50).words for met in (28, 33, 40, 46, 50)] == [
        "Much lower than usual, please check the data first",
        "Lower than usual, worth a look",
        "About what is usual",
        "Higher than usual, worth a look",
        "Much higher than usual, please check the data first",
    ]


def test_overdispersion_is_allowed_for_from_twenty_communities() -> None:
    met, n = [2, 20] * 10, [20] * 20

    assert allowed_for(met[:19], n[:19]) == Undefined("too_few")
    assert overdispersion_in_words(allowed_for(met, n)).startswith("Limits allow for differences")
    assert overdispersion_in_words(Undefined("too_few")) == ""


def test_the_mix_of_standards_is_judged_from_ten() -> None:
    assert mix_figure(expected_from_mix([0.8] * 9, [2] * 9)).reason == "too_few_to_calculate"
    assert mix_figure(expected_from_mix([1.0] * 12, [2] * 12)).reason == "no_variation"
    assert mix_figure(expected_from_mix([0.8] * 12, [0] * 12)).words == (
        "Much lower than usual, please check the data first"
    )


def test_consultations_speak_of_most_people() -> None:
    assert opinion_figure([8] * 4).reason == "small_group"
    assert opinion_figure([7, 8, 9, 8, 7, 6, 9, 8, 7, 3, 8, 9]).words == "Most people agreed (83% rated it 7 to 9)"
    assert opinion_figure([1, 1, 2, 9, 9, 8]).words == "People disagreed (50% rated it 7 to 9)"
    moving = stability([4, 5, 6, 5, 4, 6], [5, 6, 6, 6, 5, 7])
    assert opinion_figure([5, 6, 6, 6, 5, 7], moved=moving).words.startswith("Opinions were still moving")


def test_the_networks_agreement_has_a_likely_range_over_communities() -> None:
    tables = [pairs(same=9 + i % 3, one_apart=i % 2, unmet=1).table for i in range(10)]

    found = network_agreement(tables, seed=7)

    assert found.interval is not None
    assert found.words == network_agreement(tables, seed=7).words
    assert "likely range" in found.words
    assert network_agreement(tables[:9], seed=7).reason == "too_few_to_calculate"


def test_every_reason_has_words() -> None:
    assert set(get_args(Reason)) <= set(WORDS)


def test_a_coefficient_that_rounds_to_nothing_has_no_sign() -> None:
    assert [coefficient_in_words(value) for value in (-0.001, 0.0, -0.05, 0.834)] == ["0.00", "0.00", "−0.05", "0.83"]


def test_a_p_value_has_three_decimals() -> None:
    assert [p_in_words(p) for p in (0.0004, 0.001, 0.25, 1.0, Undefined("no_pairs"))] == [
        "<0.001",
        "0.001",
        "0.250",
        "1.000",
        "",
    ]
