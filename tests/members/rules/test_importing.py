"""Communities from tables as they really are."""

from collections.abc import Sequence

from communitas.kit.tabular import Cell, Imported, Note, Problem, Table, read, write_xlsx
from communitas.members.rules.community import Community
from communitas.members.rules.importing import communities_from_tables

HEADER = ("Code", "Name", "Type")


def imported(*rows: Sequence[Cell]) -> Imported[tuple[Community, ...]]:
    content = write_xlsx([Table("Members", [str(cell or "") for cell in rows[0]], rows[1:])])
    return communities_from_tables(read(content, file="c.xlsx"), file="c.xlsx")


def test_every_column_is_read_below_a_title() -> None:
    result = imported(
        ("Our members", "", ""),
        ("ID", " Community", "SECTOR", "Trust", "Area", "City", "Country", "Lat", "Lng"),
        (7, "Lark  House", "Prison", "T", "North", "York", "UK", 53.9, "-1,08"),
        ("A.b_c-1", "Elm", "Adult", None, None, None, None, None, None),
    )

    assert result.problems == ()
    assert result.value == (
        Community("7", "Lark House", "Prison", "T", "North", "York", "UK", 53.9, -1.08),
        Community("A.b_c-1", "Elm", "Adult"),
    )


def test_types_are_the_same_in_any_case_with_a_note() -> None:
    result = imported(HEADER, ("a", "A", "Prison"), ("b", "B", "prison "))

    assert result.value is not None
    assert [community.service_type for community in result.value] == ["Prison", "Prison"]
    assert result.notes == (Note("c.xlsx", "The type 'prison' was taken for 'Prison'.", "Members", 3),)


def test_all_problems_are_told_at_once_with_their_places() -> None:
    result = imported(
        (*HEADER, "Latitude"),
        ("TC01", "a", "x", 91),
        ("TC01", "b", "x", None),
        ("tc01", "c", "x", None),
        ("TC 2", "d", "x", None),
        ("TÇ3", "e", "x", None),
        ("../4", "f", "x", None),
        (None, "g", "x", None),
        ("TC08", None, None, "north"),
    )

    code = "A code is made of the letters A to Z, digits, full stops, hyphens and underscores, without spaces."
    degrees = "The latitude is a number of degrees from -90 to 90, such as 51.5."
    assert result.value is None
    assert result.problems == (
        Problem("c.xlsx", degrees, "Members", 2, "D (Latitude)", "91"),
        Problem("c.xlsx", "This code stands in row 2 too.", "Members", 3, "A (Code)", "TC01"),
        Problem(
            "c.xlsx",
            "This code differs from TC01 in row 2 only in capital letters.",
            "Members",
            4,
            "A (Code)",
            "tc01",
        ),
        Problem("c.xlsx", code, "Members", 5, "A (Code)", "TC 2"),
        Problem("c.xlsx", code, "Members", 6, "A (Code)", "TÇ3"),
        Problem("c.xlsx", code, "Members", 7, "A (Code)", "../4"),
        Problem("c.xlsx", "The code is empty.", "Members", 8, "A (Code)"),
        Problem("c.xlsx", "The name is empty.", "Members", 9, "B (Name)"),
        Problem("c.xlsx", "The type is empty.", "Members", 9, "C (Type)"),
        Problem("c.xlsx", degrees, "Members", 9, "D (Latitude)", "north"),
    )


def test_missing_columns_are_refused() -> None:
    assert [(p.row, p.column, p.reason) for p in imported(("Code", "Name"), ("a", "A")).problems] == [
        (1, "type", "The column 'type' is missing.")
    ]


def test_a_table_without_communities_is_refused() -> None:
    assert [problem.reason for problem in imported(HEADER).problems] == ["No community stands below the header."]
