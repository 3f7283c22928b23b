"""Where a group's communities lie, told in bins, with the community's own mark: never an end, never a single dot."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from communitas.benchmarking.rules.charts.drawing import (
    Chart,
    Frame,
    Pen,
    label,
    legend,
    lines_of,
    narrow,
    percent_words,
    row_height,
    scale,
    wide,
)

_ROW: Final = 92.0
_TALLEST: Final = 46.0
Step = tuple[int, int, int]  # from, up to, and the percentage of the group's communities between them


@dataclass(frozen=True, slots=True)
class DensityRow:
    """One group in per cent met. Without bins the middle half and the median stand alone; `instead` has words only."""

    label: str
    steps: Sequence[Step] = ()
    lower: float | None = None
    median: float | None = None
    upper: float | None = None
    own: float | None = None
    value: str = ""  # the own mark in words
    low: float | None = None  # the likely range of the own mark
    high: float | None = None
    instead: str = ""


def density_chart(
    rows: Sequence[DensityRow], *, title: str, own_name: str = "you", first_column: str = "Group"
) -> Chart:
    """The area over a bin is its share of the communities, so that wide bins do not look fuller than they are."""
    shown = [row for row in rows if not row.instead]
    entries = [("c-bin", "where the communities lie")] if any(row.steps for row in shown) else []
    if any(row.median is not None for row in shown):
        entries.append(("c-median", "their median"))
    if any(row.lower is not None for row in shown):
        entries.append(("c-limit", "their middle half"))
    if any(row.own is not None for row in shown):
        entries.append(("c-own", own_name))
    if any(row.low is not None for row in shown):
        entries.append(("c-range", "likely range"))
    sentence = _sentence(rows, own_name)
    return Chart(
        svg=_draw(rows, wide(), entries, title, sentence),
        narrow=_draw(rows, narrow(), entries, title, sentence),
        title=title,
        sentence=sentence,
        header=(first_column, own_name, "Likely range", "Median", "Middle half", "Share of communities"),
        rows=tuple(_cells(row) for row in rows),
    )


def _draw(
    rows: Sequence[DensityRow], frame: Frame, entries: Sequence[tuple[str, str]], title: str, sentence: str
) -> str:
    pen = Pen()
    top = legend(pen, frame, entries, 0) + 20 if entries else 22.0
    names = [lines_of(row.label, frame.letters, 3) for row in rows]
    heights = [row_height(frame, words, 34 if row.instead else _ROW) for row, words in zip(rows, names, strict=True)]
    scale(pen, frame, top, top + sum(heights))
    tallest = max((_density(step) for row in rows for step in row.steps), default=1.0)
    y = top
    for row, words, height in zip(rows, names, heights, strict=True):
        ground = y + height - 26
        if row.instead:
            middle = y + height - 14 if frame.narrow else y + height / 2
            label(pen, frame, y, middle, words)
            pen.text(frame.left + 6, middle + 4.5, row.instead, "c-soft")
        else:
            label(pen, frame, y, ground - 16, words)
            _row(pen, frame, row, ground, tallest)
        y += height
    return pen.done(frame.width, y + 6, title, sentence)


def _row(pen: Pen, frame: Frame, row: DensityRow, ground: float, tallest: float) -> None:
    for step in row.steps:
        height = _TALLEST * _density(step) / tallest
        if height:
            x = frame.x(step[0]) + 0.75
            pen.rect(x, ground - height, frame.x(step[1]) - 0.75 - x, height, "c-bin", 2)
    pen.line(frame.left, ground, frame.right, ground, "c-grid")
    if row.lower is not None and row.upper is not None:
        # Under the bins: a bracket, as wide as the middle half.
        a, b = frame.x(row.lower), frame.x(row.upper)
        pen.path(f"M{a:.1f} {ground - 5:.1f}v10h{max(b - a, 2):.1f}v-10", "c-limit")
    if row.median is not None:
        pen.line(frame.x(row.median), ground - _TALLEST - 2, frame.x(row.median), ground + 9, "c-median")
    if row.own is not None:
        x = frame.x(row.own)
        pen.line(x, ground - _TALLEST + 2, x, ground, "c-path")
        pen.circle(x, ground - _TALLEST - 4, 8, "c-own")
        if row.low is not None and row.high is not None:
            for end in (row.low, row.high):
                pen.line(frame.x(end), ground + 13, frame.x(end), ground + 19, "c-range")
            pen.line(frame.x(row.low), ground + 16, frame.x(row.high), ground + 16, "c-range")
        pen.text(frame.width, ground - _TALLEST + 1, row.value or percent_words(row.own), "c-value", "end")


def _density(step: Step) -> float:
    return step[2] / max(step[1] - step[0], 1)


def _cells(row: DensityRow) -> tuple[str, ...]:
    if row.instead:
        return (row.label, "–", "–", row.instead, "–", "–")
    likely = "–" if row.low is None or row.high is None else f"{row.low:.0f} to {percent_words(row.high)}"
    middle = "–" if row.lower is None or row.upper is None else f"{row.lower:.0f} to {percent_words(row.upper)}"
    bins = "; ".join(f"{low} to {high}%: {share}%" for low, high, share in row.steps) or "–"
    own = row.value or percent_words(row.own)
    return (row.label, own, likely, percent_words(row.median), middle, bins)


def _sentence(rows: Sequence[DensityRow], own_name: str) -> str:
    said = [row for row in rows if not row.instead]
    if rows and not said:
        return " ".join(f"{row.label}: {row.instead}." for row in rows[:3])
    if not said:
        return "No figure may be shown here."
    return " ".join(_said(row, own_name) for row in said[:3])


def _said(row: DensityRow, own_name: str) -> str:
    parts = []
    if row.lower is not None and row.upper is not None:
        parts.append(f"half of the communities lie between {row.lower:.0f}% and {percent_words(row.upper)}")
    if row.median is not None:
        parts.append(f"their median is {percent_words(row.median)}")
    if row.own is not None:
        parts.append(f"{own_name}: {row.value or percent_words(row.own)}")
    return f"{row.label}: {', '.join(parts) or 'nothing to show'}."
