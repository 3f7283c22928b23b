"""Finding a header."""

from communitas.kit.tabular import Cell, Problem, Row, Sheet, find_header, records

WANTED = {"code": ("no", "ref no", "id"), "statement": ("text", "standard"), "group": ("standard",)}


def sheet(*rows: tuple[Cell, ...]) -> Sheet:
    numbered = tuple(Row(number, row) for number, row in enumerate(rows, start=1) if any(row))
    return Sheet("f.xlsx", "S", numbered)


def test_a_header_is_found_below_titles_whatever_its_spelling() -> None:
    found = find_header(
        sheet(("Our standards",), (), ("2026", None, "draft"), (None, "Ref. no.", " TEXT ")), WANTED, ["code"]
    )

    assert found.header is not None
    assert (found.header.row, dict(found.header.columns)) == (4, {"code": 1, "statement": 2})
    assert found.header.label("code") == "B (Ref. no.)"


def test_fields_named_earlier_choose_their_column_first() -> None:
    both = find_header(sheet(("No", "Standard", "Text")), WANTED, ["code", "statement"])
    one = find_header(sheet(("No", "Standard")), WANTED, ["code", "statement"])

    assert both.header is not None
    assert both.header.columns == {"code": 0, "statement": 2, "group": 1}
    assert one.header is not None
    assert one.header.columns == {"code": 0, "statement": 1}


def test_a_given_header_wins() -> None:
    found = find_header(sheet(("No", "Mark", "Text")), WANTED, ["code"], {"code": "mark"})

    assert found.header is not None
    assert found.header.columns == {"code": 1, "statement": 2}


def test_every_missing_column_is_a_problem() -> None:
    found = find_header(sheet(("Title",), ("Text", "x")), WANTED, ["code", "statement"], {"group": "Chapter"})

    assert found.header is None
    assert found.problems == (
        Problem("f.xlsx", "The column 'code' is missing.", "S", 2, "code"),
        Problem("f.xlsx", "There is no column 'Chapter', which was named for 'group'.", "S", 2, "group"),
    )


def test_two_columns_with_one_header_are_a_problem() -> None:
    found = find_header(sheet(("No", "Text", "text ")), WANTED, ["code"])

    assert found.problems == (
        Problem("f.xlsx", "Two columns have this header (B and C).", "S", 1, "C (text )", "text "),
    )


def test_an_empty_sheet_is_a_problem() -> None:
    assert find_header(sheet(), WANTED, ["code"]).problems == (Problem("f.xlsx", "The table is empty.", "S"),)


def test_records_leave_out_headers_repeated_on_printed_pages() -> None:
    table = sheet(("No", "Text"), ("1", "a"), ("no.", "TEXT"), ("2", "b"))
    header = find_header(table, WANTED, ["code"]).header

    assert header is not None
    assert [record.text("code") for record in records(table, header)] == ["1", "2"]


def test_text_in_the_first_cell_alone_is_a_heading() -> None:
    table = sheet(("No", "Text"), ("Chapter one",), (None, "lost"), ("1", "a"))
    header = find_header(table, WANTED, ["code"]).header

    assert header is not None
    assert [record.alone() for record in records(table, header)] == ["Chapter one", None, None]
