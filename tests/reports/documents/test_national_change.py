"""Change since the last cycle in the office's report."""

from communitas.benchmarking.rules.changes import ChangeFigures, CriterionChange
from communitas.benchmarking.rules.lineage import Lineage, Trend
from communitas.benchmarking.rules.paired import Paired
from communitas.reports.rules.documents.national_change import TOO_FEW, office_change
from communitas.standards.rules.edition import Criterion, Edition, Level, Section

EDITION = Edition(
    "Standards",
    2,
    (
        Section("Belonging", tuple(Criterion(f"1.{n}", f"Matter 1.{n}", Level.EXPECTED) for n in (1, 2))),
        Section("Safety", (Criterion("2.1", "Matter 2.1", Level.ESSENTIAL), Criterion("2.2", "New", Level.DESIRABLE))),
    ),
)


def change(code: str, *pairs: int) -> CriterionChange:
    return CriterionChange(Lineage("unchanged", (code,), (code,), True), Paired(*pairs))


FIGURES = ChangeFigures(
    12,
    (change("1.1", 6, 0, 4, 2), change("1.2", 6, 2, 0, 4), change("2.1", 4, 1, 1, 0)),
    Trend(Paired(16, 3, 5, 6), Paired(16, 3, 5, 6)),
)


def test_sections_are_compared_over_their_comparable_criteria() -> None:
    made = office_change("2026", FIGURES, EDITION)

    assert [(row.title, row.before.percent, row.now.percent, row.note) for row in made.rows] == [
        ("Belonging", 100 * 14 / 24, 100 * 16 / 24, ""),
        ("Safety", 100 * 5 / 6, 100 * 5 / 6, TOO_FEW),
        ("All sections", 100 * 19 / 30, 100 * 21 / 30, ""),
    ]


def test_what_is_not_compared_is_said() -> None:
    made = office_change("2026", FIGURES, EDITION)

    assert made.breaks == (
        "12 communities took part both times. 1 criterion is new or changed in meaning, and not compared."
    )


def test_criteria_that_changed_most_come_first_and_small_groups_not_at_all() -> None:
    made = office_change("2026", FIGURES, EDITION)

    assert [row.title for row in made.criteria] == ["1.1 Matter 1.1", "1.2 Matter 1.2"]
