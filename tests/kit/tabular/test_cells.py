"""What stands in a cell."""

from datetime import date, datetime

import pytest

from communitas.kit.tabular.cells import (
    Cell,
    column_index,
    column_letters,
    header_key,
    header_keys,
    match_key,
    plain,
    shown,
    tidy,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  met ", "met"),
        ("\u00a0met\u00a0", "met"),
        ("\u200bmet\ufeff", "met"),
        ("one\r\ntwo", "one\ntwo"),
        ("two  spaces", "two  spaces"),
        ("be\x07ll", "bell"),
    ],
)
def test_text_loses_what_nobody_sees_at_its_ends(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


@pytest.mark.parametrize("typed", ["Partly met", "partly  met", " PARTLY\u00a0MET", "partly\u200b met"])
def test_match_key_is_the_same_however_it_was_typed(typed: str) -> None:
    assert match_key(typed) == "partly met"


@pytest.mark.parametrize("typed", ["Ref. no.", "ref_no", "REF NO", " Ref-No: ", "Ref #"])
def test_header_key_holds_words_alone(typed: str) -> None:
    assert header_key(typed) == "ref no"


def test_header_keys_offer_the_header_without_its_brackets_too() -> None:
    assert header_keys("Level (1-3)") == ("level 1 3", "level")


@pytest.mark.parametrize(
    ("value", "text"),
    [(2.0, "2"), (3.1, "3.1"), (0.1 + 0.2, "0.3"), (-0.0, "0"), (True, "TRUE"), (None, ""), (7, "7")],
)
def test_shown_reads_as_in_the_spreadsheet(value: Cell, text: str) -> None:
    assert shown(value) == text


def test_plain_brings_a_midnight_down_to_its_date() -> None:
    assert plain(datetime(2026, 2, 1)) == date(2026, 2, 1)  # noqa: DTZ001 - spreadsheets know no time zone


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_letters(index: int, letters: str) -> None:
    assert column_letters(index) == letters
    assert column_index(letters) == index
