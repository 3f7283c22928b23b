"""Editions from tables as they really are."""

from collections.abc import Sequence

import pytest

from communitas.kit.tabular import Cell, Imported, Problem, Table, read, write_csv, write_xlsx
from communitas.standards.rules.edition import CORE, Criterion, Edition, Layer, Level, Section
from communitas.standards.rules.importing import edition_from_tables
from communitas.standards.rules.importing_values import read_level, read_types

HEADER = ("Code", "Statement", "Level")


def xlsx(*rows: Sequence[Cell], name: str = "Sheet1") -> bytes:
    return write_xlsx([Table(name, [str(cell or "") for cell in rows[0]], rows[1:])])


def imported(*rows: Sequence[Cell], **options: dict[str, str]) -> Imported[Edition]:
    return edition_from_tables(read(xlsx(*rows), file="e.xlsx"), file="e.xlsx", **options)  # type: ignore[arg-type]


def edition(result: Imported[Edition]) -> Edition:
    assert result.problems == ()
    assert result.value is not None
    return result.value


def outline(edition: Edition) -> list[tuple[str, list[str]]]:
    return [(section.title, [c.code for c in section.criteria]) for section in edition.sections]


def test_sections_from_rows_with_text_in_their_first_cell_alone() -> None:
    result = imported(
        ("Service standards, 4th edition", "", ""),
        ("for therapeutic communities", None, None),
        ("No.", "Standard ", "TYPE"),
        ("1  Belonging", None, None),
        (1.1, "People are welcomed.", 1),
        ("1.2", "  People\u00a0are named. ", "Type 2"),
        ("Safety", None, None),
        ("2.1", "The house is safe.", "desirable"),
    )

    assert edition(result) == Edition(
        title="Service standards, 4th edition",
        number=4,
        sections=(
            Section(
                "1 Belonging",
                (
                    Criterion("1.1", "People are welcomed.", Level.ESSENTIAL),
                    Criterion("1.2", "People\u00a0are named.", Level.EXPECTED),
                ),
            ),
            Section("Safety", (Criterion("2.1", "The house is safe.", Level.DESIRABLE),)),
        ),
        layers=(CORE,),
    )


def test_every_column_is_read() -> None:
    result = imported(
        ("Domain", "Ref", "Standard", "Criterion", "Priority", "Guidance", "Evidence", "References", "Applies to"),
        ("Care", "A", "Group", "Text", "essential", "g", "e", "r", "prison; adult ,prison"),
    )

    assert edition(result).sections == (
        Section(
            "Care",
            (
                Criterion(
                    "A",
                    "Text",
                    Level.ESSENTIAL,
                    standard="Group",
                    guidance="g",
                    evidence="e",
                    references="r",
                    applies_to=("prison", "adult"),
                ),
            ),
        ),
    )


def test_a_section_holds_until_the_next_one_is_named() -> None:
    result = imported(
        ("Section", *HEADER), ("One", "1", "a", 1), (None, "2", "b", 1), ("Two", "3", "c", 1), ("One", "4", "d", 1)
    )

    assert outline(edition(result)) == [("One", ["1", "2", "4"]), ("Two", ["3"])]
    assert [note.text for note in result.notes] == [
        "The section 'One' comes a second time; its criteria were put together."
    ]


def test_without_sections_everything_stands_under_the_title() -> None:
    result = imported(HEADER, ("1", "a", 1))

    assert outline(edition(result)) == [("E", ["1"])]


def test_a_heading_without_criteria_is_left_out_with_a_note() -> None:
    result = imported(HEADER, ("Part A", None, None), ("One", None, None), ("1", "a", 1), ("(c) 2026", None, None))

    assert outline(edition(result)) == [("One", ["1"])]
    assert [note.text for note in result.notes] == [
        "The section 'Part A' has no criteria and was left out.",
        "The section '(c) 2026' has no criteria and was left out.",
    ]


def test_a_remark_alone_in_its_row_is_left_out_when_there_is_a_column_for_sections() -> None:
    result = imported(
        ("Code", "Section", "Statement", "Level"), ("1", "S", "a", 1), ("To be continued", None, None, None)
    )

    assert outline(edition(result)) == [("S", ["1"])]
    assert [(note.row, note.text) for note in result.notes] == [
        (3, "'To be continued' stands alone in its row and was left out.")
    ]


def test_layers_are_made_from_their_columns() -> None:
    result = imported(
        (*HEADER, "Layer", "Layer kind", "Layer applies to"),
        ("1", "a", 1, "Core", None, None),
        ("2", "b", 1, "Prison extra", "supplement", "prison"),
        ("3", "c", 1, None, None, None),
    )

    assert edition(result).layers == (CORE, Layer("prison-extra", "Prison extra", "supplement", ("prison",)))
    assert [criterion.layer for criterion in edition(result).criteria()] == ["core", "prison-extra", "core"]


def test_given_headers_and_title_win() -> None:
    content = write_csv(Table("", ("Code", "Old code", "Statement", "Level"), [("1", "x", "a", 1)]))

    result = edition_from_tables(
        read(content, file="e.csv"), file="e.csv", given={"code": "old code"}, title="T", number=7
    )

    assert (edition(result).title, edition(result).number) == ("T", 7)
    assert outline(edition(result)) == [("T", ["x"])]


def test_the_first_sheet_with_the_headers_is_read() -> None:
    content = write_xlsx(
        [Table("Read me", ("Hello",), []), Table("A", HEADER, [("1", "a", 1)]), Table("B", HEADER, [("2", "b", 1)])]
    )
    reading = read(content, file="e.xlsx")

    assert outline(edition(edition_from_tables(reading, file="e.xlsx")))[0][1] == ["1"]
    assert outline(edition(edition_from_tables(reading, file="e.xlsx", named=["b"])))[0][1] == ["2"]
    assert edition_from_tables(reading, file="e.xlsx", named=["C"]).problems == (
        Problem("e.xlsx", "There is no sheet 'C'. The sheets are: Read me, A, B.", "C"),
    )


def test_missing_columns_are_refused() -> None:
    assert imported(("Statement", "Remark"), ("a", "b")).problems == (
        Problem("e.xlsx", "The column 'code' is missing.", "Sheet1", 1, "code"),
        Problem("e.xlsx", "The column 'level' is missing.", "Sheet1", 1, "level"),
    )


def test_all_problems_are_told_at_once_with_their_places() -> None:
    result = imported(
        HEADER,
        ("1", "a", 1),
        ("1", "again", 1),
        (3.1, "b", 1),
        (3.1, "c", 1),
        ("4", None, 1),
        (None, "d", 1),
        ("5", "e", "urgent"),
        ("6", "f", None),
        ("A", "g", "1 or 2"),
        ("a.", "h", 1),
    )

    assert result.value is None
    assert [(p.row, p.column, p.value, p.reason) for p in result.problems] == [
        (3, "A (Code)", "1", "This code stands in row 2 too."),
        (
            5,
            "A (Code)",
            "3.1",
            "This code stands in row 4 too. It is stored as a number, which loses a zero at its end: 3.10 becomes 3.1.",
        ),
        (6, "B (Statement)", "", "The statement is empty."),
        (7, "A (Code)", "", "The code is empty."),
        (8, "C (Level)", "urgent", "A level is 1, 2 or 3, or essential, expected or desirable."),
        (9, "C (Level)", "", "The level is empty. A level is 1, 2 or 3, or essential, expected or desirable."),
        (10, "C (Level)", "1 or 2", "A level is 1, 2 or 3, or essential, expected or desirable."),
        (11, "A (Code)", "a.", "This code stands in row 10 too."),
    ]


def test_a_code_that_became_a_date_is_refused() -> None:
    from datetime import date

    problem = imported(HEADER, (date(2026, 1, 2), "a", 1)).problems[0]

    assert (problem.row, problem.value) == (2, "2026-01-02")
    assert problem.reason.startswith("The spreadsheet took this code for a date.")


def test_a_table_without_criteria_is_refused() -> None:
    assert [problem.reason for problem in imported(HEADER).problems] == ["No criterion stands below the header."]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        (1, 1),
        (2.0, 2),
        ("3", 3),
        ("Type 1", 1),
        ("LEVEL 2", 2),
        ("priority-3", 3),
        ("Essential", 1),
        ("1 - essential", 1),
        ("Type 2 (expected)", 2),
        ("desirable ", 3),
        (0, None),
        (4, None),
        (1.5, None),
        ("", None),
        ("type", None),
        ("1 - desirable", None),
        (True, None),
    ],
)
def test_levels(text: Cell, level: int | None) -> None:
    assert read_level(text) == level


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("", ()),
        ("All", ()),
        ("prison", ("prison",)),
        ("Adult NHS, prison;Children ", ("Adult NHS", "prison", "Children")),
        ("prison\nPRISON", ("PRISON",)),
    ],
)
def test_types(text: str, types: tuple[str, ...]) -> None:
    assert read_types(text) == types


def test_what_has_a_problem_stays_in_the_draft_to_check_scores_against() -> None:
    result = imported(HEADER, ("1", "a", "urgent"), ("2", "b", 1))

    assert result.value is None
    assert result.draft is not None
    assert [criterion.code for criterion in result.draft.criteria()] == ["1", "2"]
