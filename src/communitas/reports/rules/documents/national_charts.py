"""The charts of a national report, the same for its page and its PDF."""

from collections.abc import Iterable
from dataclasses import dataclass

from communitas.benchmarking.rules.charts.bars import BarRow, bars_chart
from communitas.benchmarking.rules.charts.drawing import Chart
from communitas.benchmarking.rules.charts.marks import MarksRow, marks_chart
from communitas.benchmarking.rules.charts.pairs import PairRow, change_chart, dumbbell_chart
from communitas.reports.rules.documents.national_parts import (
    HIDDEN_WORDS,
    Figure,
    NationalCriterion,
    NationalReport,
)
from communitas.reports.rules.documents.shares import whole


@dataclass(frozen=True, slots=True)
class NationalCharts:
    """Sections, their marks, types, regions, both sides' marks, most and least met, and change where there is any."""

    sections: Chart
    marks: Chart
    types: Chart | None
    regions: Chart | None
    agreement: Chart
    most_met: Chart
    least_met: Chart
    change: Chart | None


def national_charts(report: NationalReport) -> NationalCharts:
    """Every figure drawn stands in the report, so the public's drawings hold protected cells alone."""
    return NationalCharts(
        sections=bars_chart(
            [_bar(section.title, section.agreed) for section in report.sections],
            title="Met in each section, agreed with the review teams",
            first_column="Section",
        ),
        marks=marks_chart(
            [_marks(section.title, section.agreed) for section in report.sections],
            title="How the agreed marks are spread",
            kinds=("met", "partly", "unmet"),
        ),
        types=bars_chart(
            [_bar(group.name, group.overall) for group in report.groups],
            title="Met over all sections, by type of service",
            first_column="Type of service",
        )
        if report.groups
        else None,
        regions=bars_chart(
            [_bar(group.name, group.overall) for group in report.regions],
            title="Met over all sections, by region",
            first_column="Region",
        )
        if any(group.overall.words != HIDDEN_WORDS for group in report.regions)
        else None,
        agreement=dumbbell_chart(
            [
                PairRow(s.title, s.self_figure.percent, s.agreed.percent, instead=_gap(s.self_figure, s.agreed))
                for s in report.sections
            ],
            title="The communities' own marks and the agreed marks",
            first_name="self-review",
            second_name="agreed",
        ),
        most_met=_criteria(report.most_met, "Criteria met most often"),
        least_met=_criteria(report.least_met, "Criteria met least often"),
        change=_change(report),
    )


def _bar(label: str, figure: Figure) -> BarRow:
    if figure.percent is None:
        return BarRow(label, None, figure.words)
    return BarRow(label, figure.percent, figure.short, figure.low, figure.high)


def _marks(label: str, figure: Figure) -> MarksRow:
    if figure.parts is None:
        return MarksRow(label, instead=figure.words)
    met, partly, unmet = figure.parts
    unit = "" if figure.counts else " %"
    printed = (f"{met:g}{unit}", f"{partly:g}{unit}", f"{unmet:g}{unit}", "")
    return MarksRow(label, (met, partly, unmet, 0), printed)


def _gap(first: Figure, second: Figure) -> str:
    return "" if first.percent is not None and second.percent is not None else HIDDEN_WORDS


def _criteria(rows: Iterable[NationalCriterion], title: str) -> Chart:
    return bars_chart([_bar(f"{row.code} {row.statement}", row.agreed) for row in rows], title=title, label_width=350)


def _change(report: NationalReport) -> Chart | None:
    if not report.change or not report.change.rows:
        return None
    return change_chart(
        [
            PairRow(
                row.title,
                None if row.before.percent is None else whole(row.before.percent),
                None if row.now.percent is None else whole(row.now.percent),
                instead=row.note or _gap(row.before, row.now),
            )
            for row in report.change.rows
        ],
        title=f"Met in {report.change.since} and {report.cycle}, communities that took part in both",
        first_name=report.change.since,
        second_name=report.cycle,
    )
