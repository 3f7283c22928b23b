from dataclasses import replace

import pytest

from communitas.benchmarking.rules.statistics.agreement import kappa
from communitas.kit.exceptions import NotAllowed
from communitas.reports.rules import quotes, themes
from communitas.reports.rules.themes import Code, Keys

LEAVING = Code("t1", "Leaving well", "Goodbyes, and what comes after them.")
STAFF = Code("t2", "Staffing", "Too few, or always new, staff.")
NIGHTS = Code("t3", "Nights", "Staffing at night.", parent="t2")
BOOK = (LEAVING, STAFF, NIGHTS)


def keys(*found: str) -> Keys:
    return frozenset(found)


def test_wider_themes_stand_before_those_within_them() -> None:
    assert [code.key for code in themes.in_order((NIGHTS, STAFF, LEAVING))] == ["t1", "t2", "t3"]
    assert themes.with_parents(keys("t3"), BOOK) == keys("t2", "t3")
    assert themes.new_key(BOOK) == "t4"


@pytest.mark.parametrize(
    "code",
    [
        Code("t4", " ", "Words."),
        Code("t4", "Food", " "),
        Code("t4", "leaving WELL", "Words."),
        Code("t4", "Days", "Words.", parent="t3"),
        Code("t4", "Days", "Words.", parent="t9"),
        replace(STAFF, parent="t1"),
    ],
)
def test_a_theme_that_nobody_could_use_is_refused(code: Code) -> None:
    with pytest.raises(NotAllowed, match="says when it is used"):
        themes.put(BOOK, code)


def test_a_theme_is_changed_or_added() -> None:
    assert themes.put(BOOK, replace(LEAVING, retired=True))[0].retired
    assert themes.put(BOOK, Code("t4", "Food", "Meals."))[-1].key == "t4"


def test_retired_and_unknown_themes_are_not_used() -> None:
    retired = (replace(LEAVING, retired=True), STAFF)
    themes.refuse_unknown_codes(["t2"], retired)
    for chosen in (["t1"], ["t9"]):
        with pytest.raises(NotAllowed, match="codebook"):
            themes.refuse_unknown_codes(chosen, retired)


def test_a_comment_stands_where_its_codings_leave_it() -> None:
    one, other = keys("t1"), keys("t2")

    assert themes.standing_of(None, None, None) == "open"
    assert themes.standing_of(one, None, None) == "once"
    assert themes.standing_of(one, one, None) == "agreed"
    assert themes.standing_of(one, other, None) == "differs"
    assert themes.standing_of(one, other, keys()) == "settled"
    assert themes.final_of(one, other, None) is None
    assert themes.final_of(keys(), keys(), None) == keys()
    assert themes.final_of(one, other, keys()) == keys()


def test_only_two_people_code() -> None:
    themes.refuse_third_coder(coders=(1, None), by=2)
    for by in (1, 3):
        with pytest.raises(NotAllowed, match="Two people code"):
            themes.refuse_third_coder(coders=(1, 2), by=by)


def test_a_difference_is_settled_with_a_reason() -> None:
    for standing, reason in (("agreed", "Because"), ("once", "Because"), ("differs", " ")):
        with pytest.raises(NotAllowed, match="with the reason"):
            themes.refuse_settling(standing, reason)


def test_agreement_beyond_luck_is_cohens_kappa_of_each_theme() -> None:
    pairs = [(keys("t1"), keys("t1"))] * 20 + [(keys("t1"), keys())] * 5 + [(keys(), keys("t1"))] * 10
    pairs += [(keys(), keys())] * 15

    leaving, staff, _nights, together = themes.agreements(pairs, BOOK)

    assert (leaving.both, leaving.one, leaving.neither, leaving.same) == (20, 15, 15, "35 of 50 the same, 70%")
    assert leaving.value == pytest.approx(0.4)  # Cohen's worked example: po .7, pe .5
    assert leaving.beyond == "0.40"
    assert (staff.value, staff.beyond) == (None, "Cannot be calculated: both never used it")
    assert together.value == kappa(((115, 10), (5, 20)), "unweighted").value


def test_agreement_that_cannot_be_told_says_why() -> None:
    assert themes.agreement("A", ((0, 0), (0, 0))).same == "Two people have not coded any comment yet"
    assert themes.agreement("A", ((5, 1), (1, 5))).beyond == "Too few to calculate: only 12"
    assert themes.agreement("A", ((0, 0), (0, 40))).beyond == "Cannot be calculated: both used it always"
    assert themes.agreement("A", ((20, 0), (20, 0))).value == 0


def test_a_theme_needs_as_many_communities_as_the_network_has_set() -> None:
    told = [themes.shows_theme(themes.Spoken(number, 1), threshold=5, dominance=50) for number in (0, 4, 5)]

    assert told == [False, False, True]


def test_a_theme_is_not_told_where_one_operator_runs_most_of_those_who_spoke() -> None:
    trust = dict.fromkeys(range(6), 1)
    others = {6: 2, 7: None}

    assert themes.spoken_of({**trust, **others}) == themes.Spoken(8, 6)
    assert not themes.shows_theme(themes.spoken_of({**trust, **others}), threshold=5, dominance=50)
    assert themes.shows_theme(themes.Spoken(8, 4), threshold=5, dominance=50)
    assert not themes.shows_theme(themes.Spoken(8, 4), threshold=5, dominance=40)
    assert themes.spoken_of(dict.fromkeys(range(5))) == themes.Spoken(5, 1)
    assert themes.spoken_of({}) == themes.Spoken(0, 0)


COMMENT = "We wrote to Ben for a year. It was\nhard, and it was worth it."


@pytest.mark.parametrize(
    "text", ["We wrote to [a friend] for a year.", "[…] it was worth it.", "It was hard, […] worth it.", COMMENT]
)
def test_words_left_out_or_replaced_stand_in_brackets(text: str) -> None:
    quotes.refuse_added_words(comment=COMMENT, text=text)


@pytest.mark.parametrize("text", ["We wrote to a friend for a year.", "It was worth it. […] We wrote", "It was easy"])
def test_a_quotation_adds_nothing(text: str) -> None:
    with pytest.raises(NotAllowed, match="square brackets"):
        quotes.refuse_added_words(comment=COMMENT, text=text)


def test_two_others_read_a_quotation() -> None:
    quotes.refuse_reader(redacted_by=1, readers=(2, None), by=3)
    for by in (1, 2):
        with pytest.raises(NotAllowed, match="Two different people"):
            quotes.refuse_reader(redacted_by=1, readers=(2, None), by=by)


def test_quotations_are_short() -> None:
    for text in (" ", "x" * 401):
        with pytest.raises(NotAllowed, match="400 letters"):
            quotes.refuse_words(text)
