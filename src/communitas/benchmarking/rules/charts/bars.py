"""A bar for each criterion: how many communities meet it, with the likely range where there is one."""

from collections.abc import Sequence
from dataclasses import dataclass

from communitas.benchmarking.rules.charts.drawing import (
    Chart,
    Frame,
    Pen,
    label,
    lines_of,
    narrow,
    percent_words,
    row_height,
    scale,
    wide,
)


@dataclass(frozen=True, slots=True)
class BarRow:
    """One bar in per cent. Without a percentage `value` is printed in its place, such as 'hidden'."""

    label: str
    percent: float | None
    value: str = ""
    low: float | None = None
    high: float | None = None


def bars_chart(
    rows: Sequence[BarRow],
    *,
    title: str,
    first_column: str = "Criterion",
    measure: str = "met",
    label_width: float = 216,
) -> Chart:
    """Bars begin at zero; what may not be shown is said in words where the bar would be."""
    sentence = _sentence(rows)
    return Chart(
        svg=_draw(rows, wide(left=label_width), title, sentence),
        narrow=_draw(rows, narrow(), title, sentence),
        title=title,
        sentence=sentence,
        header=(first_column, measure),
        rows=tuple((row.label, row.value or percent_words(row.percent)) for row in rows),
    )


def _draw(rows: Sequence[BarRow], frame: Frame, title: str, sentence: str) -> str:
    pen = Pen()
    top = 22.0
    names = [lines_of(row.label, frame.letters) for row in rows]
    heights = [row_height(frame, words, 28 if frame.narrow else 30) for words in names]
    scale(pen, frame, top, top + sum(heights))
    y = top
    for row, words, height in zip(rows, names, heights, strict=True):
        middle = y + height - 15 if frame.narrow else y + height / 2
        label(pen, frame, y, middle, words)
        if row.percent is None:
            pen.text(frame.left + 6, middle + 5, row.value or "no figure", "c-soft")
        else:
            pen.rect(frame.left, middle - 8, max(frame.x(row.percent) - frame.left, 1), 16, "c-bar", 2)
            if row.low is not None and row.high is not None:
                _range(pen, frame, row.low, row.high, middle)
            pen.text(frame.width, middle + 5, row.value or percent_words(row.percent), "c-value", "end")
        y += height
    return pen.done(frame.width, y + 6, title, sentence)


def _range(pen: Pen, frame: Frame, low: float, high: float, y: float) -> None:
    """The likely range lies below the bar, where it can be seen on any colour."""
    pen.line(frame.x(low), y + 11, frame.x(high), y + 11, "c-range")
    for end in (low, high):
        pen.line(frame.x(end), y + 8.5, frame.x(end), y + 13.5, "c-range")


def _sentence(rows: Sequence[BarRow]) -> str:
    figures = [(row.label, row.percent) for row in rows if row.percent is not None]
    if not figures:
        return "No figure may be shown here."
    high, low = max(figures, key=lambda f: f[1]), min(figures, key=lambda f: f[1])
    in_words = len(rows) - len(figures)
    before = f"{in_words} of {len(rows)} {'is' if in_words == 1 else 'are'} said in words. " if in_words else ""
    if high[1] == low[1]:
        who = "All" if not in_words else "The other is" if len(figures) == 1 else "The others are"
        return f"{before}{who} at {percent_words(high[1])}."
    return f"{before}From {percent_words(low[1])} ({low[0]}) to {percent_words(high[1])} ({high[0]})."
