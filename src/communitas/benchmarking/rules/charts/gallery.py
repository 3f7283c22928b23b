"""Every chart in every state, with figures that were made up: what the gallery page and its test walk through."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from communitas.benchmarking.rules.charts.bars import BarRow, bars_chart
from communitas.benchmarking.rules.charts.density import DensityRow, density_chart
from communitas.benchmarking.rules.charts.drawing import Chart
from communitas.benchmarking.rules.charts.funnel import Funnel, OwnDot, funnel_chart
from communitas.benchmarking.rules.charts.marks import MarksRow, marks_chart
from communitas.benchmarking.rules.charts.pairs import PairRow, change_chart, dumbbell_chart
from communitas.benchmarking.rules.charts.strip import StripRow, strip_chart
from communitas.benchmarking.rules.charts.trend import TrendPoint, trend_chart

HIDDEN: Final = "hidden to protect small groups"
BANDED: Final = "all but at most 3 meet it"
LONG: Final = "Leaving well: goodbyes, what comes after them, and who is still there for a member a year later"
RIGHT_TO_LEFT: Final = "الانتماء إلى المجتمع العلاجي"
TITLE: Final = "Met, agreed with the review team"
PRISONS: Final = "prison communities"
STEPS: Final = ((0, 50, 10), (50, 60, 15), (60, 70, 20), (70, 80, 30), (80, 90, 15), (90, 100, 10))


@dataclass(frozen=True, slots=True)
class Specimen:
    """One kind of chart: what it is for, and its states by the words of their headings."""

    name: str
    title: str
    about: str
    states: Mapping[str, Chart]


def gallery() -> tuple[Specimen, ...]:
    """All kinds of chart; the first state of each is the usual one."""
    return (_strip(), _density(), _funnel(), _trend(), _marks(), _bars(), _dumbbell(), _change())


def _strip() -> Specimen:
    usual = [
        StripRow("Belonging", 90, "90%", 85, 70, 84, 80, 74, 97),
        StripRow("Safety", 62, "62%", 66, 68, 81, 75, 44, 77),
        StripRow("Leaving well", None, "3 of 4", None, 55, 72, 63),
    ]

    def draw(rows: list[StripRow]) -> Chart:
        return strip_chart(rows, title=TITLE, own_name="you", last_name="you in 2025", peers_name=PRISONS)

    return Specimen(
        "strip",
        "Own mark among peers",
        "The community's own mark, its likely range and last cycle's mark on the middle half of its peers.",
        {
            "usual": draw(usual),
            "median alone: 10 to 19 communities": draw([StripRow("Belonging", 90, "90%", median=80)]),
            "peers hidden": draw([StripRow("Belonging", 90, "90%", 85)]),
            "one cycle": draw([StripRow("Belonging", 90, "90%", None, 70, 84, 80, 74, 97)]),
            "empty": draw([]),
            "long words": draw([StripRow(LONG, 90, "90%", 85, 70, 84, 80)]),
            "right to left": draw([StripRow(RIGHT_TO_LEFT, 90, "90%", 85, 70, 84, 80)]),
            "all met": draw([StripRow("Belonging", 100, "100%", 100, 96, 100, 100, 86, 100)]),
        },
    )


def _density() -> Specimen:
    def row(label: str = "Prison communities", *, own: float | None = 84) -> DensityRow:
        return DensityRow(label, STEPS, 58, 71, 80, own, low=68 if own else None, high=93 if own else None)

    def draw(*rows: DensityRow) -> Chart:
        return density_chart(rows, title=TITLE)

    return Specimen(
        "density",
        "Where communities lie",
        "The distribution of a group in bins of at least five communities, from twenty on. Ends are never told: "
        "the outer bins are as wide as it takes.",
        {
            "usual": draw(row(), row("All communities")),
            "without an own mark": draw(row(own=None)),
            "without bins: 10 to 19 communities": draw(
                DensityRow("Prison communities", median=70, own=84, low=68, high=93)
            ),
            "hidden": draw(DensityRow("Prison communities", instead=HIDDEN), row("All communities")),
            "banded": draw(DensityRow("Prison communities", instead=BANDED)),
            "empty": draw(),
            "long words": draw(row(LONG)),
            "right to left": draw(row(RIGHT_TO_LEFT)),
            "one bin": draw(DensityRow("All communities", ((0, 100, 100),), 96, 100, 100, 100, low=86, high=100)),
        },
    )


def _funnel() -> Specimen:
    def draw(funnel: Funnel, group: str = PRISONS) -> Chart:
        return funnel_chart(funnel, title="Is the own share unusual?", group_name=group)

    about_usual, low = "About what is usual", "Lower than usual, worth a look"
    return Specimen(
        "funnel",
        "Funnel",
        "The group's share, the spread that chance would give, where communities lie, and the reader's own dot.",
        {
            "usual": draw(Funnel(76, OwnDot(48, 84, about_usual), STEPS)),
            "lower than usual": draw(Funnel(76, OwnDot(48, 56, low), STEPS)),
            "without an own dot": draw(Funnel(76, None, STEPS)),
            "without bins: 10 to 19 communities": draw(Funnel(76, OwnDot(48, 84, about_usual))),
            "hidden": draw(Funnel(None, OwnDot(48, 84))),
            "banded": draw(Funnel(None, OwnDot(48, 84), instead=BANDED)),
            "empty": draw(Funnel(None)),
            "few scores": draw(Funnel(76, OwnDot(6, 100), STEPS)),
            "long words": draw(Funnel(76, OwnDot(48, 84, about_usual), STEPS), LONG),
            "right to left": draw(Funnel(76, OwnDot(48, 84, about_usual), STEPS), RIGHT_TO_LEFT),
        },
    )


def _trend() -> Specimen:
    years = [
        TrendPoint("2021–22", 61, 55),
        TrendPoint("2022–23", 64, 62),
        TrendPoint("2023–24", 72, 80, broken="reworded, with another meaning"),
        TrendPoint("2024–25", 74, None),
        TrendPoint("2025–26", 78, 84),
    ]
    hidden = [TrendPoint("2024–25", None, 80, "hidden"), TrendPoint("2025–26", None, 84, "almost all meet it")]

    def draw(points: list[TrendPoint], group: str = PRISONS) -> Chart:
        return trend_chart(points, title="Met over the cycles", group_name=group)

    return Specimen(
        "trend",
        "Change by lineage",
        "A group's share over the cycles, and the community's own. The line is broken where the wording changed.",
        {
            "usual, with a break": draw(years),
            "without an own mark": draw([TrendPoint(each.label, each.percent) for each in years]),
            "hidden and banded": draw([years[0], years[1], *hidden]),
            "one cycle": draw(years[-1:]),
            "a single standard with own marks": draw(
                [TrendPoint("2024–25", 74, mark="partly"), TrendPoint("2025–26", 78, mark="met")]
            ),
            "empty": draw([]),
            "twelve cycles": draw([TrendPoint(str(2014 + i), 50 + 3 * i, 86 - 2 * i) for i in range(12)]),
            "long words": draw([TrendPoint(f"The cycle of {each.label} with all regions", 70) for each in years], LONG),
            "right to left": draw([TrendPoint(RIGHT_TO_LEFT, 70, 80), TrendPoint("2026", 75, 70)], RIGHT_TO_LEFT),
        },
    )


def _marks() -> Specimen:
    usual = [
        MarksRow("Belonging", (8, 2, 1, 1)),
        MarksRow("Safety", (5, 0, 4, 0)),
        MarksRow("Work", instead="3 scored"),
    ]

    def draw(rows: list[MarksRow]) -> Chart:
        return marks_chart(rows, title="How the agreed marks are spread")

    return Specimen(
        "marks",
        "Distribution of the marks",
        "The four marks of a section or a group, each filled as its circle is filled.",
        {
            "usual": draw(usual),
            "hidden": draw([MarksRow("Belonging", instead=HIDDEN)]),
            "banded": draw([MarksRow("Belonging", instead=BANDED)]),
            "nothing scored": draw([MarksRow("Belonging")]),
            "empty": draw([]),
            "all met": draw([MarksRow("Belonging", (12, 0, 0, 0))]),
            "long words": draw([MarksRow(LONG, (8, 2, 1, 1))]),
            "right to left": draw([MarksRow(RIGHT_TO_LEFT, (8, 2, 1, 1))]),
        },
    )


def _bars() -> Specimen:
    def draw(rows: list[BarRow]) -> Chart:
        return bars_chart(rows, title="Communities that meet it")

    return Specimen(
        "bars",
        "Bars",
        "The share of communities that meet each criterion, with the likely range where there is one.",
        {
            "usual": draw(
                [BarRow("1.1 Everybody is welcomed", 81, low=70, high=89), BarRow("1.2 Rules are shared", 64)]
            ),
            "hidden and banded": draw([BarRow("1.1 Welcome", None, HIDDEN), BarRow("1.2 Rules", None, BANDED)]),
            "empty": draw([]),
            "none and all": draw([BarRow("Nobody", 0), BarRow("Everybody", 100)]),
            "long words": draw([BarRow(LONG, 81)]),
            "right to left": draw([BarRow(RIGHT_TO_LEFT, 81)]),
        },
    )


def _dumbbell() -> Specimen:
    def draw(rows: list[PairRow]) -> Chart:
        return dumbbell_chart(rows, title="The community's own marks and the agreed ones")

    return Specimen(
        "dumbbell",
        "Two marks side by side",
        "The open circle is the self-review, the full one what was agreed, the line between them the difference.",
        {
            "usual": draw([PairRow("Belonging", 90, 80), PairRow("Safety", 60, 66), PairRow("Work", 70, 70)]),
            "hidden": draw([PairRow("Belonging", None, None, instead=HIDDEN)]),
            "empty": draw([]),
            "long words": draw([PairRow(LONG, 90, 80)]),
            "right to left": draw([PairRow(RIGHT_TO_LEFT, 90, 80)]),
        },
    )


def _change() -> Specimen:
    def draw(rows: list[PairRow]) -> Chart:
        return change_chart(rows, title="From the last cycle to this one", first_name="2025", second_name="2026")

    return Specimen(
        "change",
        "Change since the last cycle",
        "An arrow from the last mark to this one; words where the wording changed too much to compare.",
        {
            "usual": draw([PairRow("Belonging", 60, 80), PairRow("Safety", 75, 71), PairRow("Work", 70, 70)]),
            "broken lineage": draw([PairRow("Belonging", None, None, instead="new wording: not compared")]),
            "one cycle": draw([PairRow("Belonging", None, 80)]),
            "hidden": draw([PairRow("Belonging", None, None, instead=HIDDEN)]),
            "empty": draw([]),
            "long words": draw([PairRow(LONG, 60, 80)]),
            "right to left": draw([PairRow(RIGHT_TO_LEFT, 60, 80)]),
        },
    )
