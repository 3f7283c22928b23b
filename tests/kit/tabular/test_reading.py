"""Reading files as people send them."""

import zipfile
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from communitas.kit.tabular import Broken, Limits, Problem, Reading, Row, Table, read, write_xlsx
from communitas.kit.tabular.xlsx_parts import ERROR_VALUE, NOT_CALCULATED


def workbook(**cells: Any) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for place, value in cells.items():
        book["Sheet"][place] = value
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def repacked(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    stream = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as before,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            data = before.read(name)
            after.writestr(name, data.replace(old, new) if name == part else data)
    return stream.getvalue()


def reasons(reading: Reading) -> list[str]:
    assert reading.sheets == ()
    return [problem.reason for problem in reading.problems]


def test_rows_keep_the_numbers_that_the_spreadsheet_shows() -> None:
    reading = read(saved(workbook(B3=" x ", C5=2, D5=date(2026, 2, 1))), file="f.xlsx")

    assert reading.sheets[0].rows == (
        Row(3, (None, "x", None, None)),
        Row(5, (None, None, 2, date(2026, 2, 1))),
    )


def test_merged_cells_are_filled_downwards_and_not_across() -> None:
    book = workbook(A1="Title", A2="Section", B2="a", B3="b", B4="c")
    book["Sheet"].merge_cells("A1:B1")
    book["Sheet"].merge_cells("A2:A3")

    rows = read(saved(book), file="f.xlsx").sheets[0].rows

    assert [row.cells for row in rows] == [("Title", None), ("Section", "a"), ("Section", "b"), (None, "c")]


def test_a_formula_without_its_result_is_broken_and_not_empty() -> None:
    reading = read(saved(workbook(A1="x", B2="=1+1")), file="f.xlsx")

    assert reading.sheets[0].rows[1] == Row(2, (None, Broken("", NOT_CALCULATED)))


def test_a_formula_beyond_the_last_value_is_not_overlooked() -> None:
    reading = read(saved(workbook(A1="x", D9="=1+1")), file="f.xlsx")

    assert reading.sheets[0].rows[1] == Row(9, (None, None, None, Broken("", NOT_CALCULATED)))


def test_results_of_formulas_are_read_with_a_note() -> None:
    content = repacked(
        saved(workbook(A1="=1+1", A2='=""')),
        "xl/worksheets/sheet1.xml",
        b'<c r="A1"><f>1+1</f><v /></c>',
        b'<c r="A1"><f>1+1</f><v>2</v></c>',
    )
    content = repacked(
        content,
        "xl/worksheets/sheet1.xml",
        b'<c r="A2"><f>""</f><v /></c>',
        b'<c r="A2" t="str"><f>""</f><v></v></c>',
    )

    sheet = read(content, file="f.xlsx").sheets[0]

    assert sheet.rows == (Row(1, (2,)),)
    assert sheet.notes == ("2 values are results of formulas, read as last saved.",)


def test_an_error_value_is_broken_and_not_empty() -> None:
    book = workbook(A1="x", B1="#REF!")
    book["Sheet"]["B1"].data_type = "e"

    assert read(saved(book), file="f.xlsx").sheets[0].rows[0].cells == ("x", Broken("#REF!", ERROR_VALUE))


def test_hidden_sheets_are_marked() -> None:
    book = workbook(A1="x")
    book.create_sheet("lists")["A1"] = "y"
    book["lists"].sheet_state = "hidden"

    assert [sheet.hidden for sheet in read(saved(book), file="f.xlsx").sheets] == [False, True]


@pytest.mark.parametrize("name", ["f.xlsx", "f.xls", "f.ods"])
def test_what_is_not_a_workbook_is_refused(name: str) -> None:
    assert reasons(read(b"<html>not a workbook</html>", file=name)) == [
        "This is not a workbook. Save it as XLSX, ODS or CSV from your spreadsheet program."
    ]


def test_another_archive_is_not_a_workbook() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("letter.txt", "hello")

    assert reasons(read(stream.getvalue(), file="f.xlsx")) == [
        "This is not a workbook. Save it as XLSX, ODS or CSV from your spreadsheet program."
    ]


def test_an_encrypted_workbook_is_refused() -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)

    assert reasons(read(content, file="f.xlsx")) == [
        "The workbook is protected with a password. Save it without one and try again."
    ]


def test_a_damaged_workbook_is_refused() -> None:
    content = saved(workbook(A1="x"))

    assert reasons(read(content[: len(content) // 2], file="f.xlsx")) == [
        "The file is damaged: it cannot be unpacked. Save it again and try once more."
    ]


def test_entities_are_refused() -> None:
    content = repacked(
        saved(workbook(A1="x")),
        "xl/worksheets/sheet1.xml",
        b"<worksheet",
        b'<!DOCTYPE w [<!ENTITY a "aaaa">]><worksheet',
    )

    assert reasons(read(content, file="f.xlsx")) == [
        "The file defines its own XML entities, which no ordinary workbook does."
    ]


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(60 * 1024 * 1024))

    assert reasons(read(stream.getvalue(), file="f.xlsx")) == ["The file unpacks to more than 100 times its size."]


def test_too_much_when_unpacked_is_refused() -> None:
    content = saved(workbook(A1="x"))

    assert reasons(read(content, file="f.xlsx", limits=Limits(expanded_bytes=1))) == [
        "The file holds more than 0 MB when unpacked."
    ]


def test_a_packed_file_inside_is_refused() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", saved(workbook(A1="x")))

    assert reasons(read(stream.getvalue(), file="f.xlsx")) == [
        "The file holds another packed file inside. Remove embedded files and save it again."
    ]


def test_too_many_parts_are_refused() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(1001):
            archive.writestr(f"part{number}", "")

    assert reasons(read(stream.getvalue(), file="f.xlsx")) == [
        "The file holds more than 1,000 parts, which no ordinary workbook does."
    ]


def test_a_value_far_away_does_not_fill_the_memory() -> None:
    reading = read(saved(workbook(A1="x", XFD1048576="y")), file="f.xlsx")

    assert [(problem.sheet, problem.reason) for problem in reading.problems] == [
        (
            "Sheet",
            "The sheet has a value in row 1,048,576, far away from its table. "
            "Delete the empty rows and columns around the table and save it again.",
        )
    ]


def test_empty_cells_with_a_colour_far_away_do_no_harm() -> None:
    book = workbook(A1="x")
    book["Sheet"]["XFD1048576"].fill = PatternFill("solid", "FF0000")

    assert read(saved(book), file="f.xlsx").sheets[0].rows == (Row(1, ("x",)),)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'r="B1"', b"r='XFD1048576'"),
        (b'r="B1"', b'r="ABCD1"'),
        (b'r="B1"', b'r="&#66;1"'),
        (b'<row r="1"', b'<row r="99999999999"'),
    ],
)
def test_odd_addresses_do_not_fill_the_memory(old: bytes, new: bytes) -> None:
    content = repacked(saved(workbook(A1="x", B1="y")), "xl/worksheets/sheet1.xml", old, new)

    assert read(content, file="f.xlsx").sheets == ()


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    assert reasons(read(b"a,b\n" * 10, file="f.csv", limits=Limits(file_bytes=10))) == [
        "The file is larger than 0 MB. Split it, or remove pictures from it."
    ]


@pytest.mark.parametrize(
    ("content", "notes"),
    [
        ("a,b\né,2\n".encode(), []),
        ("a,b\né,2\n".encode("utf-8-sig"), ["The file begins with a byte-order mark (UTF-8)."]),
        ("a,b\né,2\n".encode("cp1252"), ["The file is written in Windows-1252."]),
        ("a,b\né,2\n".encode("utf-16"), ["The file is written in UTF-16."]),
        ("a,b\né,2\n".encode("utf-16-be"), ["The file is written in UTF-16."]),
        ("a;b\né;2\n".encode(), ["Columns are separated by semicolons."]),
        ("a\tb\né\t2\n".encode(), ["Columns are separated by tabs."]),
        ("a|b\r\né|2\r\n".encode(), ["Columns are separated by bars."]),
        (
            "a;b\né;2\n".encode("cp1252"),
            ["The file is written in Windows-1252.", "Columns are separated by semicolons."],
        ),
    ],
)
def test_csv_is_read_in_any_usual_form_with_a_note(content: bytes, notes: list[str]) -> None:
    reading = read(content, file="f.csv")

    assert reading.sheets[0].rows == (Row(1, ("a", "b")), Row(2, ("é", "2")))
    assert [note.text for note in reading.notes] == notes


def test_csv_rows_are_records_and_empty_lines_count() -> None:
    reading = read(b'\n"a","two\nlines"\n\n"c","d;e"\n', file="f.csv")

    assert reading.sheets[0].rows == (Row(2, ("a", "two\nlines")), Row(4, ("c", "d;e")))


def test_csv_with_commas_inside_semicolon_columns() -> None:
    reading = read(b"a;b;c\n1,5;x, y;2\n2,5;z;3\n", file="f.csv")

    assert [row.cells for row in reading.sheets[0].rows][1] == ("1,5", "x, y", "2")


def test_the_separator_line_of_a_spreadsheet_program_counts_as_a_row() -> None:
    assert read(b"sep=;\na;b\n", file="f.csv").sheets[0].rows == (Row(2, ("a", "b")),)


def test_quotes_that_do_not_match_are_read_with_a_note() -> None:
    reading = read(b'a,b\n"he" said,2\n', file="f.csv")

    assert reading.sheets[0].rows[1].cells == ("he said", "2")
    assert [note.text for note in reading.notes] == [
        "Some quotation marks do not match; the text was read as well as possible."
    ]


def test_a_quote_never_closed_is_refused_with_its_row() -> None:
    assert read(b'a,b\n1,2\n3,"open\n4,5\n', file="f.csv").problems == (
        Problem("f.csv", "A quotation mark is opened here and never closed.", row=3),
    )


def test_bytes_that_are_no_text_are_refused() -> None:
    assert reasons(read(bytes(range(256)) * 4, file="f.csv")) == [
        "This is not a text file. Save the table as XLSX or CSV and try again."
    ]


def test_200_000_rows_are_read_and_more_are_refused() -> None:
    content = b"a,b,c,d\n" + b"TC01,1.1,2,\n" * 200_000

    assert len(read(content, file="f.csv").sheets[0].rows) == 200_001
    assert reasons(read(content + b"TC01,1.1,2,\n" * 2000, file="f.csv")) == ["The file has more than 200,000 rows."]


@pytest.mark.slow
def test_200_000_rows_of_a_workbook_are_read() -> None:
    rows = [[f"TC{n % 1600}", f"{n // 1600}.1", n % 3, n % 3, "a comment", None] for n in range(200_000)]
    content = write_xlsx([Table("t", ["community", "criterion", "self", "agreed", "c", "d"], rows)])

    sheet = read(content, file="f.xlsx").sheets[0]

    assert len(sheet.rows) == 200_001
    assert sheet.rows[-1].cells[:4] == ("TC1599", "124.1", 199_999 % 3, 199_999 % 3)
