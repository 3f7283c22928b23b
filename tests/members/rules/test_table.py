"""The table of permissions is read exactly, and a bad cell is named."""

from importlib import resources
from pathlib import Path

import pytest

from communitas.members.rules import table
from communitas.members.rules.table import ACTION_COLUMN, ROLE_COLUMNS, Atom, Expression, Problem, TableError

OURS = resources.files("communitas.members").joinpath("permissions.csv").read_text("utf-8")
GIVEN = (Path(__file__).parents[2] / "acceptance" / "permissions.csv").read_text("utf-8")
HEADER = ",".join((ACTION_COLUMN, *ROLE_COLUMNS))


def with_row(*cells: str) -> str:
    return "\n".join((HEADER, ",".join(cells)))


def test_every_given_row_stands_unchanged_in_ours() -> None:
    assert set(GIVEN.splitlines()) - set(OURS.splitlines()) == set()


def test_every_cell_of_ours_writes_back_as_it_was_read() -> None:
    rows = {row.split(",")[0]: row.split(",")[1:] for row in OURS.splitlines()[1:]}

    loaded = table.load(OURS)

    written = {action: [str(cells[role]) for role in ROLE_COLUMNS] for action, cells in loaded.items()}
    assert written == rows


def test_and_binds_stronger_than_or() -> None:
    assert table.parse("O and 2:office or S") == Expression(((Atom("O"), Atom("2", "office")), (Atom("S"),)))


@pytest.mark.parametrize(
    ("cell", "true", "expected"),
    [
        ("S or O and W", {"S"}, True),
        ("S or O and W", {"O"}, False),
        ("S or O and W", {"O", "W"}, True),
        ("T+30", {"T+30"}, True),
        ("T+30", {"T"}, False),
        ("N", {"N"}, False),
    ],
)
def test_a_cell_holds_when_one_alternative_holds(cell: str, true: set[str], expected: bool) -> None:
    assert table.parse(cell).holds(lambda atom: str(atom) in true) is expected


@pytest.mark.parametrize(("cell", "never"), [("N", True), ("Y", False), ("Y and 2", False)])
def test_never_is_n_alone(cell: str, never: bool) -> None:
    assert table.parse(cell).never is never


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("", "the cell is empty; write N for never"),
        ("X", "'X' is no condition"),
        ("o", "'o' is no condition"),
        ("T+", "'T+' is no condition"),
        ("T+x", "'T+x' is no condition"),
        ("T:30", "'T:30' is no condition"),
        ("O+30", "'O+30' is no condition"),
        ("2:king", "'2:king' is no condition"),
        ("Y:all", "'Y:all' is no condition"),
        ("O and", "'O and' is no condition"),
        ("O and O", "the same condition stands twice"),
        ("N and W", "N stands alone"),
        ("N or O", "N stands alone"),
        ("2", "2 only adds to another condition"),
        ("O or not-author", "not-author only adds to another condition"),
    ],
)
def test_a_bad_cell_is_named_by_row_and_role(cell: str, reason: str) -> None:
    row = with_row("report.sign", *["N"] * 6, cell, "N", "N")

    with pytest.raises(TableError) as caught:
        table.load(row)

    assert caught.value.problems == (Problem(2, "office", cell, reason),)
    assert str(caught.value) == f"row 2, office: '{cell}': {reason}"


def test_all_problems_of_a_file_are_named_at_once() -> None:
    text = "\n".join((HEADER, "Report,N", "page.read" + ",Y" * 9, "page.read" + ",Q" + ",Y" * 8))

    with pytest.raises(TableError) as caught:
        table.load(text)

    assert [(problem.row, problem.column) for problem in caught.value.problems] == [
        (2, ACTION_COLUMN),
        (2, ACTION_COLUMN),
        (4, ACTION_COLUMN),
        (4, "public"),
    ]


@pytest.mark.parametrize("text", ["", "action,office\n", HEADER + ",guest\n"])
def test_another_header_is_refused(text: str) -> None:
    with pytest.raises(TableError, match="the columns must be"):
        table.load(text)


def test_a_condition_explains_itself() -> None:
    assert table.parse("O and W or T+30").why == (
        "This is possible when the community is one of yours and its window is open; or when "
        "you were on the team of this visit, until 30 days after it closed."
    )
    assert table.parse("O and 2:office").why == (
        "This is possible when the community is one of yours and a second person confirms it (office)."
    )
    assert table.parse("N").why == "This is never allowed."
