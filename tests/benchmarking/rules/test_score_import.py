"""Scores from tables as they really are."""

from collections.abc import Sequence
from io import BytesIO

import openpyxl
import pytest

from communitas.benchmarking.rules.facts import Fact, Score
from communitas.benchmarking.rules.score_import import OffScale, ScoreImport, read_score
from communitas.kit.tabular import Cell, Note, Problem, Table, read, write_csv, write_xlsx
from communitas.kit.tabular.xlsx_parts import NOT_CALCULATED
from communitas.members.rules.community import Community
from communitas.standards.rules.edition import (
    THREE_MARKS,
    TWO_MARKS,
    Criterion,
    Edition,
    Level,
    Mark,
    Scale,
    Section,
)

EDITION = Edition(
    "T",
    1,
    (
        Section(
            "Belonging",
            (
                Criterion("1.1", "a", Level.ESSENTIAL),
                Criterion("1.2", "b", Level.EXPECTED, applies_to=("prison",)),
                Criterion("1.30", "c", Level.DESIRABLE),
            ),
        ),
    ),
)
COMMUNITIES = (Community("TC01", "One", "adult"), Community("TC02", "Two", "Prison"))
HEADER = ("Community", "Criterion", "Self", "Agreed", "Self_comment", "Agreed comment")


def table(*rows: Sequence[Cell], name: str = "Scores", header: Sequence[str] = HEADER) -> Table:
    return Table(name, header, rows)


def gathered(*files: tuple[str, bytes]) -> ScoreImport:
    scores = ScoreImport(EDITION, COMMUNITIES)
    for name, content in files:
        scores.add(read(content, file=name), file=name)
    return scores


def of_rows(*rows: Sequence[Cell]) -> ScoreImport:
    return gathered(("s.xlsx", write_xlsx([table(*rows)])))


def test_scores_and_comments_are_read() -> None:
    result = of_rows(
        ("TC01", 1.1, 2, "Partly met", "well", "nearly"), (" tc02", "1.2", "n/a", None, None, "later")
    ).result()

    assert result.problems == ()
    assert result.value == (
        Fact("TC01", "1.1", "self", 2, "well"),
        Fact("TC01", "1.1", "agreed", 1, "nearly"),
        Fact("TC02", "1.2", "self", "NA"),
        Fact("TC02", "1.2", "agreed", None, "later"),
    )


@pytest.mark.parametrize(
    ("cell", "score"),
    [
        (2, 2),
        (2.0, 2),
        ("2", 2),
        ("2.0", 2),
        (" 2,0", 2),
        ("MET", 2),
        (1, 1),
        ("Partly  Met", 1),
        (0, 0),
        (-0.0, 0),
        ("0", 0),
        ("Not met", 0),
        ("N/A", "NA"),
        ("n/a", "NA"),
        ("Na", "NA"),
        ("NOT APPLICABLE", "NA"),
        (None, None),
    ],
)
def test_a_score_reads(cell: Cell, score: Score) -> None:
    assert read_score(cell, THREE_MARKS) == score


@pytest.mark.parametrize("cell", [3, -1, 1.5, "yes", "2.5", "half met", "-", "22", True, "1e0"])
def test_off_the_scale(cell: Cell) -> None:
    with pytest.raises(OffScale):
        read_score(cell, THREE_MARKS)


def test_other_scales_have_their_own_marks() -> None:
    assert read_score("met", TWO_MARKS) == 1
    with pytest.raises(OffScale):
        read_score(2, TWO_MARKS)
    assert read_score("Fully", Scale((Mark(4, "fully"), Mark(0, "no")))) == 4


def test_all_problems_are_told_at_once_with_their_places() -> None:
    result = of_rows(
        ("TC01", "1.1", 3, "maybe", None, None),
        ("TC99", "1.1", 1, 1, None, None),
        ("TC01", "9.9", 1, 1, None, None),
        ("TC02", "1.1", 1, 1, None, None),
        ("TC02", "1.1", 1, 1, None, None),
        ("TC01", "1.2", 2, None, None, None),
        (None, None, 1, 1, None, None),
    ).result()

    scale = "A score is 2 or 'met', 1 or 'partly met', 0 or 'not met', N/A, or empty."
    applies = "This criterion does not apply to TC01, a community of type 'adult'. Leave the score empty."
    twice = "TC02 has scores on this criterion in row 5 of sheet Scores of s.xlsx too. Keep one of the two rows."
    assert result.value is None
    assert result.problems == (
        Problem("s.xlsx", scale, "Scores", 2, "C (Self)", "3"),
        Problem("s.xlsx", scale, "Scores", 2, "D (Agreed)", "maybe"),
        Problem("s.xlsx", "There is no community with this code.", "Scores", 3, "A (Community)", "TC99"),
        Problem("s.xlsx", "There is no criterion with this code in the edition.", "Scores", 4, "B (Criterion)", "9.9"),
        Problem("s.xlsx", twice, "Scores", 6, "B (Criterion)", "1.1"),
        Problem("s.xlsx", applies, "Scores", 7, "C (Self)", "2"),
        Problem("s.xlsx", "The community is empty.", "Scores", 8, "A (Community)"),
        Problem("s.xlsx", "The criterion is empty.", "Scores", 8, "B (Criterion)"),
    )


def test_a_duplicate_in_another_file_is_refused() -> None:
    one = write_csv(table(("TC01", "1.1", 2, 2)))

    result = gathered(("a.csv", one), ("b.csv", one)).result()

    assert [(p.file, p.row, p.reason) for p in result.problems] == [
        ("b.csv", 2, "TC01 has scores on this criterion in row 2 of a.csv too. Keep one of the two rows.")
    ]


def test_blank_or_not_applicable_where_a_criterion_does_not_apply_is_read_with_a_note() -> None:
    result = of_rows(("TC01", "1.2", "N/A", None, None, None), ("TC01", "1.1", 2, 2, None, None)).result()

    assert result.value is not None
    assert [fact.criterion for fact in result.value] == ["1.1", "1.1"]
    assert result.notes == (
        Note(
            "s.xlsx",
            "1 blank or N/A stands on criteria that do not apply to the community and count nowhere (first in row 2).",
            "Scores",
        ),
    )


def test_a_number_that_lost_its_zero_is_read_with_a_note() -> None:
    result = of_rows(("TC01", 1.3, 2, None, None, None)).result()

    assert result.value == (Fact("TC01", "1.30", "self", 2),)
    assert [note.text for note in result.notes] == ["The number 1.3 was taken for the criterion 1.30."]


def test_a_formula_without_its_result_is_refused() -> None:
    book = openpyxl.Workbook()
    for row in [HEADER, ("TC01", "1.1", "=1+1", 2)]:
        book["Sheet"].append(row)
    stream = BytesIO()
    book.save(stream)

    assert gathered(("s.xlsx", stream.getvalue())).result().problems == (
        Problem("s.xlsx", NOT_CALCULATED, "Sheet", 2, "C (Self)"),
    )


OWN = ("Criterion", "Self", "Agreed")


def test_a_sheet_for_each_community_named_by_its_code() -> None:
    content = write_xlsx(
        [
            Table("Read me", ("Hello",), []),
            table(("Belonging", None, None), ("1.1", 2, 1), name="tc01", header=OWN),
            table(("1.1", 0, 0), name="TC02", header=OWN),
        ]
    )

    assert gathered(("all.xlsx", content)).result().value == (
        Fact("TC01", "1.1", "self", 2),
        Fact("TC01", "1.1", "agreed", 1),
        Fact("TC02", "1.1", "self", 0),
        Fact("TC02", "1.1", "agreed", 0),
    )


def test_a_sheet_named_by_nobody_beside_others_is_an_unknown_community() -> None:
    content = write_xlsx([table(("1.1", 2, 1), name="TC01", header=OWN), table(("1.1", 0, 0), name="TC77", header=OWN)])

    problem = gathered(("all.xlsx", content)).result().problems[0]

    assert (problem.sheet, problem.value) == ("TC77", "TC77")
    assert problem.reason.startswith("There is no community with this code.")


@pytest.mark.parametrize("name", ["TC01.csv", "folder/tc01.xlsx"])
def test_a_file_for_each_community_named_by_its_code(name: str) -> None:
    own = table(("1.1", 2, 1), header=OWN)
    content = write_csv(own) if name.endswith("csv") else write_xlsx([own])

    result = gathered((name, content)).result()

    assert result.value == (Fact("TC01", "1.1", "self", 2), Fact("TC01", "1.1", "agreed", 1))


def test_a_file_that_names_no_community_is_refused() -> None:
    content = write_csv(table(("1.1", 2, 1), header=OWN))

    assert gathered(("TC77.csv", content)).result().problems == (
        Problem(
            "TC77.csv",
            "The column 'community' is missing, and neither the sheet nor the file is named by the code of one.",
            "",
            1,
            "community",
            "TC77",
        ),
    )


def test_missing_columns_are_refused() -> None:
    content = write_csv(Table("", ("Community", "Criterion", "Self"), [("TC01", "1.1", 2)]))

    assert [(p.row, p.column, p.reason) for p in gathered(("s.csv", content)).result().problems] == [
        (1, "agreed", "The column 'agreed' is missing.")
    ]


def test_only_the_first_sheet_with_communities_is_read() -> None:
    content = write_xlsx([table(("TC01", "1.1", 2, 2)), table(("TC01", "1.1", 0, 0), name="Old")])

    result = gathered(("s.xlsx", content)).result()

    assert result.value == (Fact("TC01", "1.1", "self", 2), Fact("TC01", "1.1", "agreed", 2))


def test_without_edition_and_communities_only_the_scores_themselves_are_judged() -> None:
    content = write_csv(table(("X", "7", 3, None), ("X", "7", 2, None)))
    scores = ScoreImport(None, None)

    scores.add(read(content, file="s.csv"), file="s.csv")

    assert [(problem.row, problem.column) for problem in scores.result().problems] == [
        (2, "C (Self)"),
        (3, "B (Criterion)"),
    ]
