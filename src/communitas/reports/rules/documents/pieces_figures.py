"""The figures of a national report: those of all sections, and those of one declared cell."""

from collections.abc import Callable, Mapping
from typing import Final

from communitas.benchmarking.rules.charts.bars import BarRow, bars_chart
from communitas.benchmarking.rules.charts.density import DensityRow, density_chart
from communitas.benchmarking.rules.charts.drawing import Chart
from communitas.benchmarking.rules.charts.funnel import Funnel, funnel_chart
from communitas.benchmarking.rules.charts.marks import MarksRow, marks_chart
from communitas.benchmarking.rules.charts.pairs import PairRow, change_chart
from communitas.benchmarking.rules.cohort import NETWORK, Group
from communitas.benchmarking.rules.disclosure.density import Bin
from communitas.benchmarking.rules.disclosure.lattice import OVERALL, Subject
from communitas.benchmarking.rules.disclosure.values import Hidden, Quarters
from communitas.benchmarking.rules.facts import ScoreKind
from communitas.reports.rules.blocks import Block
from communitas.reports.rules.documents.national_charts import national_charts
from communitas.reports.rules.documents.national_parts import (
    HIDDEN_WORDS,
    Figure,
    NationalCriterion,
    NationalReport,
)
from communitas.reports.rules.documents.told import Told

Look = Callable[[ScoreKind, Subject, Group], Figure]
FUNNEL: Final = "How far communities differ, and how far chance alone would make them differ"
FUNNEL_NOTE: Final = "The bars at the edge say where communities lie, in broad bands. Nobody but a reader has a dot."
WHOLE: Final = "The whole network"
BY_TYPE_ONLY: Final = "Single criteria are told for the network and by type of service alone."
INSTEAD: Final = "Groups that may not be shown are told together with the whole network."
DIFFERENT: Final = "Different communities took part each time, so small changes say little."


def whole(name: str, document: NationalReport) -> Chart | None:
    """A figure over all sections, groups or criteria; None where there is none to show."""
    chart: Chart | None = getattr(national_charts(document), name)
    return chart


def subject_of(words: str) -> Subject:
    """The subject that a block names: 'overall', 'section:Title' or 'criterion:1.1'."""
    level, _, name = words.partition(":")
    if level == "section":
        return Subject("section", name)
    return Subject("criterion", name) if level == "criterion" else OVERALL


def one(
    block: Block, look: Look, groups: Mapping[Group, str], document: NationalReport
) -> tuple[Chart | None, tuple[str, ...]]:
    """How the marks of one declared cell are spread, in the network and, if wanted, in its types or regions.

    A hidden group gives way to its declared parent, the network, whose row stands there anyway; the note says so.
    """
    subject = subject_of(block.subject)
    title = _title(subject, document)
    if title is None:
        return None, ("This edition does not have what this figure was about. Please choose another.",)
    notes: list[str] = []
    whom = block.whom
    if whom in {"region", "size"} and subject.level == "criterion":
        whom = "network"
        notes.append(BY_TYPE_ONLY)
    rows = [_row(WHOLE, look("agreed", subject, NETWORK))]
    hidden = 0
    for group, name in groups.items():
        if group.dimension == whom and whom != "network":
            figure = look("agreed", subject, group)
            hidden += figure.words == HIDDEN_WORDS
            if figure.words != HIDDEN_WORDS:
                rows.append(_row(f"{name} places" if whom == "size" else name, figure))
    if hidden:
        notes.append(INSTEAD)
    if all(row.instead == HIDDEN_WORDS for row in rows):
        return None, ()
    own = look("self", subject, NETWORK)
    if own.percent is not None:
        notes.append(f"In the self-reviews: {own.short} met.")
    chart = marks_chart(rows, title=title, first="Communities", kinds=("met", "partly", "unmet"))
    return chart, tuple(notes)


def spread(
    document: NationalReport,
    middle: Callable[[Subject, Group], Quarters | Hidden],
    ground: Callable[[Subject, Group], tuple[Bin, ...]],
) -> Chart | None:
    """Where the communities' shares lie in each section, their middle half and median; never an end, never a dot."""
    rows = []
    for section in document.sections:
        subject = Subject("section", section.title)
        found = middle(subject, NETWORK)
        if isinstance(found, Quarters):
            steps = [(each.low, each.high, each.percent) for each in ground(subject, NETWORK)]
            rows.append(DensityRow(section.title, steps, found.lower, found.median, found.upper))
        else:
            rows.append(DensityRow(section.title, instead=HIDDEN_WORDS))
    if all(row.median is None for row in rows):
        return None
    return density_chart(rows, title="Where the communities lie in each section: per cent met", first_column="Section")


def funnel(
    document: NationalReport, ground: Callable[[Subject, Group], tuple[Bin, ...]]
) -> tuple[Chart | None, tuple[str, ...]]:
    """The spread that chance alone gives around what the network meets, and in broad bins where communities lie."""
    bins = ground(OVERALL, NETWORK)
    target = document.overall_agreed.percent
    if target is None or not bins:
        return None, ()
    steps = [(each.low, each.high, each.percent) for each in bins]
    return funnel_chart(Funnel(target, steps=steps), title=FUNNEL, group_name=WHOLE.lower()), (FUNNEL_NOTE,)


def change(document: NationalReport, told: Told) -> tuple[Chart | None, tuple[str, ...]]:
    """Change since the cycle before: exact and paired for the office, from both released reports for everybody."""
    if document.change:
        return whole("change", document), (document.change.breaks,) if document.change.breaks else ()
    since = told.since
    if since is None:
        return None, ("There is no released report of an earlier cycle to compare with.",)
    chart = change_chart(
        [PairRow(row.title, row.before, row.now, instead=row.instead) for row in since.rows],
        title=f"Met in {since.cycle} and in {document.cycle}",
        first_name=since.cycle,
        second_name=document.cycle,
    )
    return chart, (DIFFERENT, *((since.breaks,) if since.breaks else ()))


def least_met(document: NationalReport, number: int) -> list[NationalCriterion]:
    """The criteria met least often of those that may be shown; equal shares stand in the order of the book."""
    shown = [row for row in document.criteria if row.agreed.percent is not None]
    return sorted(shown, key=lambda row: row.agreed.percent or 0)[:number]


def least_chart(rows: list[NationalCriterion]) -> Chart | None:
    """A bar for each."""
    if not rows:
        return None
    bars = [
        BarRow(f"{r.code} {r.statement}", r.agreed.percent, r.agreed.short, r.agreed.low, r.agreed.high) for r in rows
    ]
    return bars_chart(bars, title="Criteria met least often", label_width=350)


def _title(subject: Subject, document: NationalReport) -> str | None:
    match subject.level:
        case "overall":
            return "All sections: how the agreed marks are spread"
        case "section":
            known = any(section.title == subject.name for section in document.sections)
            return f"{subject.name}: how the agreed marks are spread" if known else None
        case "criterion":
            words = {row.code: row.statement for row in document.criteria}
            return f"{subject.name} {words[subject.name]}" if subject.name in words else None


def _row(name: str, figure: Figure) -> MarksRow:
    if figure.parts is None:
        return MarksRow(name, instead=figure.words)
    met, partly, unmet = figure.parts
    unit = "" if figure.counts else " %"
    return MarksRow(name, (met, partly, unmet, 0), (f"{met:g}{unit}", f"{partly:g}{unit}", f"{unmet:g}{unit}", ""))
