"""What may stand in the library of good practice."""

import pytest

from communitas.kit.exceptions import NotAllowed
from communitas.reports.rules import practice

NAMES = ("Lark House", "Hope", "Ann")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("We sing each day.", ()),
        ("We hope for the best, annually.", ()),
        ("At Lark House we sing with Ann.", ("Lark House", "Ann")),
        ("Ann's songs", ("Ann",)),
        ("Hope, then Hope again", ("Hope",)),
    ],
)
def test_names_are_found_as_whole_words_with_their_capitals(words: str, found: tuple[str, ...]) -> None:
    assert practice.named(words, NAMES) == found


def test_letters_with_a_meaning_for_searches_are_ordinary_in_names() -> None:
    assert practice.named("We (all) sing.", ["(all)", "", " ", "a.l"]) == ("(all)",)


@pytest.mark.parametrize(
    "given",
    [
        {"signed": False, "known": True, "words": "We sing."},
        {"signed": True, "known": False, "words": "We sing."},
        {"signed": True, "known": True, "words": " "},
        {"signed": True, "known": True, "words": "x" * 2_001},
    ],
)
def test_only_an_achievement_of_a_final_report_is_offered_in_a_bearable_length(given: dict[str, object]) -> None:
    with pytest.raises(NotAllowed, match="final report"):
        practice.refuse_offer(**given)  # type: ignore[arg-type]  # as the cases name them


def test_the_type_of_few_communities_is_not_told() -> None:
    assert [practice.shows_type(number) for number in (1, 4, 5)] == [False, False, True]
