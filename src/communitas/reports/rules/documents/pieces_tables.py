"""The tables of a national report."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from communitas.reports.rules.documents.national_parts import HIDDEN_WORDS, NationalCriterion, NationalReport
from communitas.reports.rules.documents.national_parts import NationalGroup as Group
from communitas.reports.rules.documents.pieces_parts import TableData
from communitas.reports.rules.documents.told import Told

TITLES: Final = {
    "took_part": "Communities by type of service",
    "sections_by_type": "Sections by type of service: met",
    "sections_by_region": "Sections by region: met",
    "criteria": "Every criterion",
}
HIDDEN_NOTE: Final = f"'hidden' means: {HIDDEN_WORDS}."
_A_TABLE: Final = 5


def table(name: str, document: NationalReport) -> Iterator[TableData]:
    """The tables of this name; none where there is nothing to show."""
    match name:
        case "took_part":
            yield _took_part(document)
        case "sections_by_type":
            yield from _by_group(TITLES[name], document, document.groups)
        case "sections_by_region":
            yield from _by_group(TITLES[name], document, document.regions)
        case "criteria":
            for title, rows in groupby(document.criteria, lambda row: row.section):
                yield _criteria(title, list(rows), document)


def lost(told: Told) -> tuple[TableData, ...]:
    """The criteria at which the line of a change breaks, with the reason; none where all compare."""
    if told.since is None or not told.since.lost:
        return ()
    rows = tuple((row.title, row.instead) for row in told.since.lost)
    return (TableData("Where the line breaks", ("Criterion", "Why"), rows),)


def _took_part(document: NationalReport) -> TableData:
    rows = [(group.name, group.took_part, group.overall.short) for group in document.groups]
    rows.append(("All", document.took_part_total, document.overall_agreed.short))
    header = ("Type of service", "Communities", "Met, over all sections")
    return TableData(TITLES["took_part"], header, tuple(rows), (1, 2))


def _by_group(caption: str, document: NationalReport, groups: tuple[Group, ...]) -> Iterator[TableData]:
    """Sections down, at most five groups across, so that a table fits a page."""
    for start in range(0, len(groups), _A_TABLE):
        some = groups[start : start + _A_TABLE]
        rows = tuple(
            (section.title, *(group.sections[place].short for group in some))
            for place, section in enumerate(document.sections)
        )
        numbers = tuple(range(1, len(some) + 1))
        yield TableData(caption, ("Section", *(group.name for group in some)), rows, numbers)


def _criteria(title: str, rows: list[NationalCriterion], document: NationalReport) -> TableData:
    header = ("Criterion", "Met", "Partly met", "Not met", "Self-review: met")
    return TableData(title, header, tuple(_criterion(row, document) for row in rows), (1, 2, 3, 4))


def _criterion(row: NationalCriterion, document: NationalReport) -> tuple[str, ...]:
    figure = row.agreed
    if document.audience == "office" and figure.counts:
        counts = figure.counts
        marks = (str(counts.met), str(counts.partly_met), str(counts.not_met))
    elif figure.parts:
        marks = tuple(f"{part:g}%" for part in figure.parts)  # type: ignore[assignment]  # three parts
    else:
        marks = (figure.short, "–", "–")
    return (f"{row.code} {row.statement} ({row.level_word})", *marks, row.self_figure.short)
