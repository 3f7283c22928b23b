"""Page codes, the moves of a sheet, and two readings of one hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communitas.kit.codes import ALPHABET, Mistyped
from communitas.kit.exceptions import NotAllowed
from communitas.workbooks.rules import paper
from communitas.workbooks.rules.paper import SHEET, Difference, Entry
from communitas.workbooks.rules.paper_form import Choices, SheetPlan, choices_of, plan

TOKENS = st.text(ALPHABET, min_size=6, max_size=6)
NUMBERS = st.integers(1, paper.MOST_SHEETS)


@given(TOKENS, NUMBERS)
def test_page_code_reads_back_as_print_and_page(token: str, number: int) -> None:
    assert paper.read_code(paper.code_of(token, number)) == (token, number)


@given(TOKENS, NUMBERS, st.integers(0, 11), st.sampled_from(ALPHABET))
def test_every_single_wrong_sign_of_a_page_code_is_found(token: str, number: int, place: int, other: str) -> None:
    code = paper.code_of(token, number).replace("-", "")
    wrong = code[:place] + other + code[place + 1 :]

    if wrong != code:
        with pytest.raises(Mistyped) as found:
            paper.read_code(wrong)
        assert found.value.groups == (place // 4 + 1,)


@given(TOKENS, NUMBERS, st.integers(0, 10))
def test_every_two_neighbours_of_a_page_code_in_the_wrong_order_are_found(token: str, number: int, place: int) -> None:
    code = paper.code_of(token, number).replace("-", "")
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    if wrong != code:
        with pytest.raises(Mistyped):
            paper.read_code(wrong)


def test_third_group_must_name_a_page() -> None:
    from communitas.kit.codes import with_checks

    for signs in ("7KQM2T000", "7KQM2TA01"):
        with pytest.raises(Mistyped, match="third group"):
            paper.read_code(with_checks(signs))
    with pytest.raises(ValueError, match="999"):
        paper.code_of("7KQM2T", 1000)


def test_sheet_moves_as_the_table_says() -> None:
    state = SHEET.start
    for verb, after in (("begin", "begun"), ("key_in", "keyed"), ("differ", "differs"), ("settle", "checked")):
        state = SHEET.move(state, verb)
        assert state == after
    assert SHEET.move("checked", "correct") == "keyed"
    assert SHEET.move(SHEET.move("printed", "lose", reason="Left on the bus."), "begin") == "begun"
    with pytest.raises(NotAllowed, match="not keyed in yet"):
        SHEET.move("keyed", "lose", reason="x")
    with pytest.raises(NotAllowed, match="give a reason"):
        SHEET.move("printed", "lose")


def test_readings_differ_in_marks_and_words_but_not_in_spaces() -> None:
    first = {"a": Entry(2, "", "We meet\n daily."), "b": Entry(1), "c": Entry(None)}
    second = {"a": Entry(2, "", "We  meet daily. "), "b": Entry(0), "d": Entry(2)}

    found = paper.differences(first, second, ["a", "b", "c", "d"])

    assert found == (Difference("b", "score", 1, 0), Difference("d", "score", None, 2))
    assert not paper.readings_agree(found)


def test_no_mark_and_the_lowest_mark_are_not_the_same() -> None:
    assert paper.differences({"a": Entry(0)}, {}, ["a"]) == (Difference("a", "score", 0, None),)


def test_settled_takes_the_reading_that_was_chosen_in_each_place() -> None:
    first, second = {"a": Entry(2, "", "one"), "b": Entry(1)}, {"a": Entry(0, "", "two"), "b": Entry(1)}

    chosen = paper.settled(first, second, {("a", "score"): "second", ("a", "comment"): "first"})

    assert chosen == {"a": Entry(0, "", "one"), "b": Entry(1)}


def test_printed_mark_that_nobody_changed_is_not_read() -> None:
    read = {"a": Entry(2), "b": Entry(1), "c": Entry(2, "now with a reason")}

    assert paper.without_printed(read, {"a": 2, "b": 2, "c": 2}) == {"a": Entry(), "b": Entry(1), "c": read["c"]}


def test_only_a_second_person_checks() -> None:
    assert paper.may_check(first=1, second=2)
    assert not paper.may_check(first=1, second=1)
    assert not paper.may_check(first=None, second=2)


def test_whatever_was_kept_becomes_an_entry() -> None:
    assert paper.entry_of(Entry("NA", "why", "so").as_json()) == Entry("NA", "why", "so")
    assert paper.entry_of({"score": True}) == Entry()
    assert paper.entry_of("nonsense") == Entry()


def test_plan_numbers_the_sheets_after_the_cover() -> None:
    places = [(3, "a", 0), (3, "b", 0), (5, "c", 0), (5, "", 1)]

    assert plan(places) == (SheetPlan(1), SheetPlan(2, ("a", "b")), SheetPlan(3, ("c",), (1,)))


def test_choices_survive_the_database() -> None:
    choices = Choices(large=True, filled=True, sections=(1, 3))

    assert choices_of(choices.as_json()) == choices
