"""What changed since the last cycle, for the office's report: exact, over the communities of both cycles."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from communitas.benchmarking.rules.changes import ChangeFigures, CriterionChange
from communitas.benchmarking.rules.counts import Counts
from communitas.benchmarking.rules.paired import ALLOWED_FOR_MANY, SHOW_CHANGE_FROM, Paired, network_changes
from communitas.reports.rules.documents.national_parts import ChangeRow, NationalChange, exact
from communitas.reports.rules.documents.shares import several
from communitas.standards.rules.edition import Edition

_LISTED: Final = 12
TOO_FEW: Final = "too few to compare"


def office_change(since: str, figures: ChangeFigures, edition: Edition) -> NationalChange:
    """Each section over its comparable criteria, then everything, then the criteria that changed most."""
    section_of = {criterion.code: section.title for section in edition.sections for criterion in section.criteria}
    by_section: dict[str, list[Paired]] = {}
    for row in figures.criteria:
        by_section.setdefault(section_of[row.lineage.later[0]], []).append(row.pairs)
    rows = [
        _row(section.title, _sum(by_section[section.title]))
        for section in edition.sections
        if section.title in by_section
    ]
    compared = {code for row in figures.criteria for code in row.lineage.later}
    left = len(section_of) - len(compared)
    breaks = f"{several(figures.communities, 'community', 'communities')} took part both times."
    if left:
        verb = "is" if left == 1 else "are"
        breaks += f" {several(left, 'criterion', 'criteria')} {verb} new or changed in meaning, and not compared."
    tested = network_changes([row.pairs for row in figures.criteria])
    told = {row.lineage.later: figure.words for row, figure in zip(figures.criteria, tested.figures, strict=True)}
    return NationalChange(
        since,
        (*rows, _row("All sections", figures.overall.comparable)),
        breaks,
        tuple(_most_changed(figures.criteria, edition, told)),
        f"{several(tested.tested, 'criterion was', 'criteria were')} tested, {sum(tested.stands_out)} of them changed "
        f"more one way than chance explains. {ALLOWED_FOR_MANY}",
    )


def _most_changed(
    rows: Iterable[CriterionChange], edition: Edition, in_words: Mapping[tuple[str, ...], str]
) -> Iterable[ChangeRow]:
    """The criteria that changed most, where enough communities scored them both times."""
    words = {criterion.code: criterion.statement for criterion in edition.criteria()}
    told = [(abs(change.difference), row) for row in rows if (change := row.change) and change.n >= SHOW_CHANGE_FROM]
    moved = [(size, row) for size, row in told if size]
    for _size, row in sorted(moved, key=lambda pair: (-pair[0], pair[1].lineage.later))[:_LISTED]:
        yield replace(_row(_name(row.lineage.later, words), row.pairs), note=in_words[row.lineage.later])


def _name(codes: tuple[str, ...], words: Mapping[str, str]) -> str:
    return f"{codes[0]} {words[codes[0]]}" if len(codes) == 1 else ", ".join(codes)


def _row(title: str, pairs: Paired) -> ChangeRow:
    before = exact(Counts(met=pairs.both + pairs.first_only, not_met=pairs.second_only + pairs.neither))
    now = exact(Counts(met=pairs.both + pairs.second_only, not_met=pairs.first_only + pairs.neither))
    return ChangeRow(title, before, now, "" if pairs.n >= SHOW_CHANGE_FROM else TOO_FEW)


def _sum(pairs: Iterable[Paired]) -> Paired:
    columns = zip(*((each.both, each.first_only, each.second_only, each.neither) for each in pairs), strict=True)
    return Paired(*map(sum, columns))
