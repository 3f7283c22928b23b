"""The figures behind the sentences, for the annex: what `benchmarking.rules` prints of them and from how many on."""

from collections.abc import Iterable, Sequence

from communitas.benchmarking.rules.agreement import (
    beyond_chance_figure,
    direction_figure,
    exact_figure,
    pair_table,
    specific_unmet_figure,
    within_one_figure,
)
from communitas.benchmarking.rules.facts import Score
from communitas.benchmarking.rules.figure import RANGE_LABEL, Figure, points_in_words
from communitas.benchmarking.rules.paired import Paired, change_figure
from communitas.reports.rules.documents.parts import Note


def agreement_notes(pairs: Sequence[tuple[Score, Score]], *, top: int) -> tuple[Note, ...]:
    """Agreement as the statistics print it: counts where there are too few, and both coefficients side by side."""
    on_scale = [pair for pair in pairs if not any(isinstance(mark, int) and mark > top for mark in pair)]
    table = pair_table(on_scale, levels=top + 1)
    figures = [exact_figure(table)]
    if top > 1:
        figures.append(within_one_figure(table))
    figures += [specific_unmet_figure(table), direction_figure(table)]
    notes = [Note(figure.label, figure.words) for figure in figures]
    ac2 = beyond_chance_figure(table)
    words = ac2.words
    if ac2.value is not None:
        kappa = beyond_chance_figure(table, coefficient="kappa")
        words = f"AC2 with linear weights {ac2.words}; kappa with linear weights {kappa.words}"
    return (*notes, Note(ac2.label, words))


def change_in_points(marks: Iterable[tuple[str, int, int]], *, top: int) -> str:
    """'Change since last review: +6 points, likely range −3 to +15 points', or '' where counts say it better."""
    cells = [0, 0, 0, 0]
    for _code, before, now in marks:
        cells[2 * (before != top) + (now != top)] += 1
    return _with_range(change_figure(Paired(*cells)))


def _with_range(figure: Figure) -> str:
    """The figure with its likely range in points; '' when there are too few pairs for points."""
    if figure.value is None or figure.interval is None:
        return ""
    low, high = (points_in_words(end / 100).split()[0] for end in (figure.interval.low, figure.interval.high))
    return f"{figure.label}: {figure.words}, {RANGE_LABEL} {low} to {high} points."
