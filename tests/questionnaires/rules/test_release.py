"""Nobody can work out what another person said from released figures and the own answer."""

from collections import Counter
from datetime import date
from itertools import combinations, combinations_with_replacement, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communitas.kit.exceptions import NotAllowed
from communitas.questionnaires.rules.release import (
    ALIKE,
    COUNTS,
    FLOOR,
    MOST,
    TOO_FEW,
    Figure,
    enough,
    figure_for,
    refuse_release,
    refuse_threshold,
)

OPTIONS = ("yes", "sometimes", "no")
Answers = tuple[str, ...]


def _seen(figure: Figure) -> tuple[object, ...]:
    """All that a reader sees of a figure."""
    return figure.outcome, figure.answered, tuple(figure.counts.items()), figure.leading


def _possible(size: int, *, together: int = 1) -> dict[tuple[object, ...], list[Answers]]:
    """Every set of answers of that size by what would be released of it: what an attacker who knows the code knows."""
    worlds: dict[tuple[object, ...], list[Answers]] = {}
    for answers in combinations_with_replacement(OPTIONS, size):
        worlds.setdefault(_seen(figure_for(answers, OPTIONS, together=together)), []).append(answers)
    return worlds


def _rest(answers: Answers, own: Answers) -> Counter[str] | None:
    left = Counter(answers)
    left.subtract(own)
    return None if min(left.values()) < 0 else +left


def _told(size: int, *, together: int, know: int) -> list[str]:
    """Each case in which `know` people together are certain what somebody else said."""
    found = []
    for seen, worlds in _possible(size, together=together).items():
        for own in combinations_with_replacement(OPTIONS, know):
            rests = [rest for world in worlds if (rest := _rest(world, own)) is not None]
            alike = {next(iter(rest)) if len(rest) == 1 else "" for rest in rests}
            if rests and len(alike) == 1 and "" not in alike:
                found.append(f"{own} see {seen} and know that everybody else said {alike}")
    return found


@pytest.mark.parametrize("size", range(5, 13))
def test_nobody_learns_an_answer_from_the_figures_and_the_own_answer(size: int) -> None:
    assert _told(size, together=1, know=1) == []


@pytest.mark.parametrize("size", range(5, 13))
def test_two_people_together_learn_nothing_where_the_network_guards_against_two(size: int) -> None:
    assert _told(size, together=2, know=2) == []


def test_the_attacker_is_strong_enough_to_break_the_naive_rule() -> None:
    naive = {answers: tuple(sorted(Counter(answers).items())) for answers in combinations_with_replacement(OPTIONS, 5)}

    broken = [
        answers
        for answers in naive
        for own in OPTIONS
        if (rest := _rest(answers, (own,))) is not None and len(rest) == 1
    ]

    assert len(set(broken)) > 5


@given(st.lists(st.sampled_from(OPTIONS), max_size=40), st.integers(min_value=0, max_value=60))
def test_no_figure_holds_fewer_than_five_or_than_the_network_asks_for(answers: list[str], threshold: int) -> None:
    figure = figure_for(answers, OPTIONS, threshold=threshold)

    assert (figure.outcome == TOO_FEW) == (len(answers) < max(5, threshold))
    assert figure.answered is None or figure.answered >= max(5, threshold)


@given(st.lists(st.sampled_from(OPTIONS), min_size=5, max_size=40))
def test_counts_are_those_of_the_answers_and_most_names_the_commonest(answers: list[str]) -> None:
    figure = figure_for(answers, OPTIONS)

    counted = Counter(answers)
    if figure.outcome == COUNTS:
        assert figure.counts == {option: counted[option] for option in OPTIONS}
        assert max(counted.values()) <= len(answers) - 3
    else:
        assert (figure.outcome, figure.counts) == (MOST, {})
        assert counted[figure.leading] > len(answers) / 2


@given(st.permutations(["yes"] * 4 + ["no"] * 3 + ["sometimes"]))
def test_the_order_in_which_answers_came_changes_nothing(answers: list[str]) -> None:
    assert figure_for(answers, OPTIONS) == figure_for(sorted(answers), OPTIONS)


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ([], TOO_FEW),
        (["yes"] * 4, TOO_FEW),
        (["yes"] * 5, MOST),
        (["yes"] * 4 + ["no"], MOST),
        (["yes"] * 3 + ["no"] * 2, MOST),
        (["yes", "yes", "no", "no", "sometimes"], COUNTS),
        (["yes"] * 7 + ["no"] * 2, MOST),
        (["yes"] * 7 + ["no"] * 3, COUNTS),
        (["no"] * 20, MOST),
    ],
)
def test_what_is_shown_at_the_edges(answers: list[str], outcome: str) -> None:
    assert figure_for(answers, OPTIONS).outcome == outcome


def test_small_groups_that_are_alike_show_nothing_where_more_people_may_put_together_what_they_know() -> None:
    assert figure_for(["yes"] * 4 + ["no"], OPTIONS, together=2).outcome == ALIKE


def test_adding_one_person_to_the_answers_changes_figures_of_no_release() -> None:
    """A release is made once: no second one stands beside it from which the difference could be taken."""
    with pytest.raises(NotAllowed, match="released already"):
        refuse_release("released", date(2027, 1, 1), date(2027, 6, 1))


def test_answers_are_released_only_after_the_window() -> None:
    with pytest.raises(NotAllowed, match="close it first"):
        refuse_release("open", date(2027, 1, 20), date(2027, 1, 20))

    refuse_release("open", date(2027, 1, 20), date(2027, 1, 21))
    refuse_release("closed", date(2027, 1, 20), date(2027, 1, 3))


@pytest.mark.parametrize(("replies", "shown"), [(0, False), (4, False), (5, True), (6, True)])
def test_five_sheets_are_enough(replies: int, shown: bool) -> None:
    assert enough(replies) is shown
    assert enough(replies, threshold=1) is shown


def test_a_threshold_below_five_is_refused() -> None:
    with pytest.raises(NotAllowed, match="never below 5"):
        refuse_threshold(FLOOR - 1)


def test_every_pair_of_items_is_released_apart() -> None:
    """Two items are two rows of counts: that the same person stands behind both is nowhere in the figures."""
    first, second = ["yes", "yes", "no", "no", "sometimes"], ["no", "no", "yes", "yes", "sometimes"]

    seen = {
        (_seen(figure_for(first, OPTIONS)), _seen(figure_for(mixed, OPTIONS))) for mixed in set(permutations(second))
    }

    assert len(seen) == 1
    assert len(list(combinations(seen, 2))) == 0
