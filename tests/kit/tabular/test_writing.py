"""Tables out, and in again."""

import zipfile
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communitas.kit.tabular import Table, read, tidy, write_csv, write_xlsx
from communitas.kit.tabular.writing import guard, unguard

FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    '"=1+1',
    "'=1+1",
    "''=1+1",
    "\uff1d1+1",
    "\uff0b1",
    "\u00a0=1",
    "=cmd|' /C calc'!A0",
    "- a list item",
    "@home",
]
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn")), min_size=1, max_size=40).map(
    lambda text: tidy(text) or "x"
)
SIGNS = st.lists(st.sampled_from(["=", "+", "-", "@", "'", '"', " ", ";", ",", "a", "\n", "1", "\uff1d"])).map(
    lambda parts: tidy("".join(parts)) or "x"
)


@pytest.mark.parametrize("text", FORMULAS)
def test_guard_puts_an_apostrophe_before_what_could_run(text: str) -> None:
    assert guard(text) == f"'{text}"
    assert unguard(guard(text)) == text


@pytest.mark.parametrize("text", ["met", "'quoted'", "1-2", "a=b", "3.4", "’=1", "(=1)"])
def test_guard_leaves_plain_text_alone(text: str) -> None:
    assert guard(text) == text
    assert unguard(text) == text


@given(TEXTS | SIGNS)
def test_csv_gives_the_same_text_back(text: str) -> None:
    content = write_csv(Table("t", ["a", "b"], [[text, "end"]]))

    assert read(content, file="t.csv").sheets[0].rows[1].cells == (text, "end")


@settings(max_examples=50)
@given(st.lists(TEXTS | SIGNS, min_size=1, max_size=5))
def test_xlsx_gives_the_same_text_back(texts: list[str]) -> None:
    content = write_xlsx([Table("t", ["a"], [[text] for text in texts])])

    assert [row.cells for row in read(content, file="t.xlsx").sheets[0].rows[1:]] == [(t,) for t in texts]


def test_xlsx_holds_no_formula() -> None:
    content = write_xlsx([Table("t", ["=1"], [[text] for text in FORMULAS])])

    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert b"<f" not in archive.read("xl/worksheets/sheet1.xml").replace(b"<filter", b"")


def test_numbers_dates_and_yes_or_no_keep_their_kind() -> None:
    content = write_xlsx([Table("t", ["a", "b", "c", "d"], [[1, 2.5, True, date(2026, 2, 1)]])])

    assert read(content, file="t.xlsx").sheets[0].rows[1].cells == (1, 2.5, True, date(2026, 2, 1))


def test_the_same_tables_give_the_same_bytes() -> None:
    tables = [Table("one", ["a"], [["x"]]), Table("one", ["a"], [["y"]])]

    assert write_xlsx(tables) == write_xlsx(tables)
    assert [sheet.name for sheet in read(write_xlsx(tables), file="t.xlsx").sheets] == ["one", "one 2"]


def test_a_text_longer_than_a_cell_is_refused_and_not_cut() -> None:
    with pytest.raises(ValueError, match="holds at most"):
        write_xlsx([Table("t", ["a"], [["x" * 40_000]])])
