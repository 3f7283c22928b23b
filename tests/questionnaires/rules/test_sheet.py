import pytest

from communitas.kit.exceptions import NotAllowed
from communitas.questionnaires.rules import opening, privacy
from communitas.questionnaires.rules.sheet import (
    Item,
    Part,
    Sheet,
    option_for,
    options_of,
    refuse_answers,
    refuse_publishing,
)

ITEMS = [
    Item("safe", "agree", "I feel safe here."),
    Item("asked", "yes_no", "Somebody asked me."),
    Item("months", "number", "Months here", bands=(3, 6, 12)),
    Item("words", "text", "What would you change?"),
]


def _sheet(*items: Item, audience: str = "staff", title: str = "Working here") -> Sheet:
    return Sheet(title, audience, "", (Part("All", items),))


def test_answers_that_fit_are_taken_and_any_may_be_left_out() -> None:
    refuse_answers(ITEMS, {"safe": "4", "asked": "sometimes", "months": "7", "words": "More music."})
    refuse_answers(ITEMS, {"months": "0"})


@pytest.mark.parametrize(
    "answers",
    [{}, {"safe": "6"}, {"asked": "4"}, {"months": "-1"}, {"months": "1e3"}, {"months": "9999999"}, {"nobody": "1"},
     {"words": "x" * 2001}, {"months": "٣"}],
)  # fmt: skip
def test_answers_that_do_not_fit_are_refused(answers: dict[str, str]) -> None:
    with pytest.raises(NotAllowed):
        refuse_answers(ITEMS, answers)


def test_numbers_are_counted_in_groups() -> None:
    assert options_of("number", (3, 6, 7)) == {"0": "up to 3", "1": "4 to 6", "2": "7", "3": "more than 7"}
    assert [option_for("number", str(number), (3, 6, 7)) for number in (0, 3, 4, 7, 8)] == ["0", "0", "1", "2", "3"]


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        (_sheet(), "at least one item"),
        (_sheet(Item("a", "agree", " ")), "needs its words"),
        (_sheet(Item("a", "agree", "A"), Item("a", "agree", "B")), "same key"),
        (_sheet(Item("a", "number", "A", bands=(3, 3))), "groups"),
        (_sheet(Item("a", "agree", "A", criteria=("c9",))), "c9"),
        (_sheet(Item("a", "agree", "A"), audience="everybody"), "who is asked"),
    ],
)
def test_a_questionnaire_with_a_gap_is_not_published(sheet: Sheet, said: str) -> None:
    with pytest.raises(NotAllowed, match=said):
        refuse_publishing(sheet, {"c1"})


def test_a_whole_questionnaire_is_published() -> None:
    refuse_publishing(_sheet(*ITEMS, Item("x", "agree", "X", criteria=("c1",))), {"c1"})


def test_slips_are_printed_in_small_piles() -> None:
    for wanted in (0, 201):
        with pytest.raises(NotAllowed, match="1 and 200"):
            opening.refuse_slips(wanted)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("943 476 5919 was upset", "NHS number"),
        ("9434765919", "NHS number"),
        ("write to jo@trust.example", "e-mail"),
        ("call 0113 496 0123", "telephone"),
        ("call +44 20 7946 0958", "telephone"),
        ("A1234BC said so", "prison number"),
        ("born 3/4/1988", "date of birth"),
    ],
)
def test_words_that_could_tell_who_somebody_is_are_pointed_out(text: str, said: str) -> None:
    assert [said in warning for warning in privacy.warnings(text)] == [True]


@pytest.mark.parametrize("text", ["Record 17 of 20", "9434765918", "Care plan of 2026, section 3.4", "100 % of 20"])
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert privacy.warnings(text) == []
