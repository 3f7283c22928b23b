"""Reading in a process of its own."""

from datetime import date
from io import BytesIO
from typing import Any

import openpyxl

from communitas.kit.tabular import Limits, Table, read, read_guarded, write_xlsx
from communitas.kit.tabular.limits import MIB


def test_the_guarded_reading_is_the_same() -> None:
    book = openpyxl.Workbook()
    values: dict[str, Any] = {"A1": "é", "B1": 2.5, "C1": date(2026, 2, 1), "D1": True, "E1": "=1+1"}
    for place, value in values.items():
        book["Sheet"][place] = value
    stream = BytesIO()
    book.save(stream)

    assert read_guarded(stream.getvalue(), file="f.xlsx") == read(stream.getvalue(), file="f.xlsx")


def test_problems_and_notes_come_back_too() -> None:
    for content, name in [(b"no workbook", "f.xlsx"), (b"a;b\n1;2\n", "f.csv")]:
        assert read_guarded(content, file=name) == read(content, file=name)


def test_a_file_that_needs_too_much_memory_is_refused() -> None:
    content = write_xlsx([Table("t", ["a"], [[f"{number:0100}"] for number in range(10_000)])])

    reading = read_guarded(content, file="f.xlsx", limits=Limits(), memory=24 * MIB)

    assert reading.sheets == ()
    assert [problem.file for problem in reading.problems] == ["f.xlsx"]
    assert "too long or too much memory" in reading.problems[0].reason
