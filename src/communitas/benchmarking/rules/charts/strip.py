"""A strip for each section: the community's own mark on the middle half and the median of its peers."""

from collections.abc import Sequence
from dataclasses import dataclass

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

_ROW = 46


@dataclass(frozen=True, slots=True)
class StripRow:
    """One section in per cent; None is not drawn. `value` is what is printed at the end, such as '90%' or '3 of 4'."""

    label: str
    own: float | None
    value: str
    last: float | None = None
    lower: float | None = None
    upper: float | None = None
    median: float | None = None
    low: float | None = None  # the likely range of the community's own share
    high: float | None = None


def strip_chart(
    rows: Sequence[StripRow], *, title: str, own_name: str, last_name: str = "", peers_name: str = ""
) -> Chart:
    """Peers appear as a band and a line only, so no other community can be seen in the drawing."""
    entries = [("c-own", own_name)]
    if any(row.last is not None for row in rows):
        entries.append(("c-last", last_name))
    if any(row.lower is not None and row.upper is not None for row in rows):
        entries.append(("c-band", f"middle half of {peers_name}"))
    if any(row.median is not None for row in rows):
        entries.append(("c-median", "their median"))
    ranged = any(row.low is not None for row in rows)
    if ranged:
        entries.append(("c-range", "your likely range"))
    sentence = _sentence(rows)
    return Chart(
        svg=_draw(rows, wide(), entries, title, sentence),
        narrow=_draw(rows, narrow(), entries, title, sentence),
        title=title,
        sentence=sentence,
        header=(
            *("Section", own_name, *(("Likely range",) if ranged else ())),
            *(last_name or "Last cycle", "Lower quarter", "Median", "Upper quarter"),
        ),
        rows=tuple(
            (
                *(row.label, row.value, *((_range_words(row),) if ranged else ())),
                *(percent_words(v) for v in (row.last, row.lower, row.median, row.upper)),
            )
            for row in rows
        ),
    )


def _draw(rows: Sequence[StripRow], frame: Frame, entries: Sequence[tuple[str, str]], title: str, sentence: str) -> str:
    pen = Pen()
    top = legend(pen, frame, entries, 0) + 20
    names = [lines_of(row.label, frame.letters) for row in rows]
    heights = [row_height(frame, words, _ROW if not frame.narrow else 34) for words in names]
    scale(pen, frame, top, top + sum(heights))
    y = top
    for row, words, height in zip(rows, names, heights, strict=True):
        middle = y + height - 20 if frame.narrow else y + height / 2
        label(pen, frame, y, middle, words)
        _row(pen, frame, row, middle)
        y += height
    return pen.done(frame.width, y + 6, title, sentence)


def _row(pen: Pen, frame: Frame, row: StripRow, y: float) -> None:
    if row.lower is not None and row.upper is not None:
        pen.rect(frame.x(row.lower), y - 12, max(frame.x(row.upper) - frame.x(row.lower), 3), 24, "c-band", 5)
    if row.median is not None:
        pen.line(frame.x(row.median), y - 15, frame.x(row.median), y + 15, "c-median")
    if row.own is not None and row.last is not None:
        pen.line(frame.x(row.last), y, frame.x(row.own), y, "c-path")
    if row.last is not None:
        pen.circle(frame.x(row.last), y, 6, "c-last")
    if row.own is not None:
        pen.circle(frame.x(row.own), y, 8, "c-own")
    if row.low is not None and row.high is not None:
        # Below the band, where it can be seen on any colour and cannot be taken for the way since last time.
        pen.line(frame.x(row.low), y + 16, frame.x(row.high), y + 16, "c-range")
        for end in (row.low, row.high):
            pen.line(frame.x(end), y + 13.5, frame.x(end), y + 18.5, "c-range")
    pen.text(frame.width, y + 5, row.value, "c-value", "end")


def _range_words(row: StripRow) -> str:
    return "–" if row.low is None or row.high is None else f"{row.low:.0f} to {percent_words(row.high)}"


def _sentence(rows: Sequence[StripRow]) -> str:
    said = [row for row in rows if row.own is not None and row.median is not None]
    parts = []
    if said:
        above = sum((row.own or 0) > (row.median or 0) for row in said)
        below = [row.label for row in said if (row.own or 0) < (row.median or 0)]
        parts.append(f"Above the middle one of its peers in {above} of {len(said)} sections")
        if below:
            parts[-1] += f", below it in {_listed(below)}"
        parts[-1] += "."
    moved = [row for row in rows if row.own is not None and row.last is not None]
    if moved:
        up = sum((row.own or 0) > (row.last or 0) for row in moved)
        down = sum((row.own or 0) < (row.last or 0) for row in moved)
        parts.append(f"Since the last cycle, higher in {up} and lower in {down}.")
    if not parts:
        parts = [f"{row.label}: {row.value or _middle_words(row)}." for row in rows] or [
            "There is nothing to show yet."
        ]
    return " ".join(parts)


def _middle_words(row: StripRow) -> str:
    return "nothing to show" if row.median is None else f"their median is {percent_words(row.median)}"


def _listed(names: Sequence[str]) -> str:
    if len(names) > 3:
        return f"{len(names)} others"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
