"""How the four marks are spread: one bar a row, filled as the marks are filled."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from communitas.benchmarking.rules.charts.drawing import (
    Chart,
    Frame,
    Pen,
    label,
    lines_of,
    narrow,
    row_height,
    wide,
)

KINDS: Final = ("met", "partly", "unmet", "na")
WORDS: Final = ("met", "partly met", "not met", "not applicable")
_COLUMN = 60
_LAST = 70  # "applicable" is the widest word above a column


@dataclass(frozen=True, slots=True)
class MarksRow:
    """One bar: four sizes (counts or percentages) with the words to print; `instead` stands where none may be shown."""

    label: str
    parts: tuple[float, float, float, float] = (0, 0, 0, 0)
    printed: tuple[str, str, str, str] | None = None
    instead: str = ""


def marks_chart(
    rows: Sequence[MarksRow],
    *,
    title: str,
    first: str = "Section",
    words: Sequence[str] = WORDS,
    kinds: Sequence[str] = KINDS,
) -> Chart:
    """Met is full, partly met half full, not met open, not applicable a line: readable without any colour."""
    sentence = _sentence(rows, words)
    shown = [index for index, kind in enumerate(KINDS) if kind in kinds]
    return Chart(
        svg=_draw(rows, wide(_COLUMN * len(shown) + 10), title, sentence, words, shown),
        narrow=_draw(rows, narrow(12), title, sentence, words, shown),
        title=title,
        sentence=sentence,
        header=(first, *(words[index] for index in shown)),
        rows=tuple((row.label, *(_printed(row)[index] for index in shown)) for row in rows),
    )


def _draw(
    rows: Sequence[MarksRow],
    frame: Frame,
    title: str,
    sentence: str,
    words: Sequence[str],
    shown: Sequence[int],
) -> str:
    pen = Pen()
    y = _head(pen, frame, words, shown)
    for row in rows:
        lines = lines_of(row.label, frame.letters)
        height = row_height(frame, lines, 52 if frame.narrow else 34)
        middle = y + height - 40 if frame.narrow else y + height / 2
        label(pen, frame, y, middle, lines)
        if row.instead:
            pen.text(frame.left, middle + 5, row.instead, "c-soft")
        else:
            _bar(pen, frame, row, middle)
            _numbers(pen, frame, row, middle, shown)
        y += height
    return pen.done(frame.width, y + 4, title, sentence)


def _head(pen: Pen, frame: Frame, words: Sequence[str], shown: Sequence[int]) -> float:
    """The key: over the columns of numbers when wide, in two lines when narrow."""
    if frame.narrow:
        for place, index in enumerate(shown):
            x, y = 12.0 + 160 * (place % 2), 12.0 + 22 * (place // 2)
            pen.mark(x + 6, y, KINDS[index])
            pen.text(x + 20, y + 4.5, words[index], "c-soft")
        return 12 + 22 * ((len(shown) + 1) // 2)
    for place, index in enumerate(shown):
        x = _column(frame, place, len(shown))
        parts = lines_of(words[index], 10 if place == len(shown) - 1 else 7)
        for line, text in enumerate(parts):
            pen.text(x, 10 + 14 * (line + 2 - len(parts)), text, "c-soft", "end")
        pen.mark(x - 6, 40, KINDS[index])
    return 54


def _column(frame: Frame, place: int, of: int) -> float:
    left_over = of - 1 - place
    return frame.width - (_LAST + _COLUMN * (left_over - 1) if left_over else 0)


def _bar(pen: Pen, frame: Frame, row: MarksRow, y: float) -> None:
    total = sum(row.parts)
    if not total:
        pen.text(frame.left, y + 5, "nothing to show", "c-soft")
        return
    room, x, height = frame.right - frame.left, frame.left, 18.0
    for kind, part in zip(KINDS, row.parts, strict=True):
        if not part:
            continue
        width = max(room * part / total - 2, 1.5)
        if kind == "met":
            pen.rect(x, y - height / 2, width, height, "c-met")
        elif kind == "partly":
            pen.rect(x, y - height / 2, width, height, "c-partly-edge")
            pen.rect(x, y, width, height / 2, "c-partly")
        elif kind == "unmet":
            pen.rect(x, y - height / 2, width, height, "c-unmet")
        else:
            pen.line(x, y, x + width, y, "c-na")
        x += room * part / total


def _numbers(pen: Pen, frame: Frame, row: MarksRow, y: float, shown: Sequence[int]) -> None:
    printed = _printed(row)
    for place, index in enumerate(shown):
        if frame.narrow:
            x = 12 + 76 * place
            pen.mark(x + 6, y + 23, KINDS[index])
            pen.text(x + 18, y + 28, printed[index], "c-label")
        else:
            look = "c-value" if index == 0 else "c-label"
            pen.text(_column(frame, place, len(shown)), y + 5, printed[index], look, "end")


def _printed(row: MarksRow) -> tuple[str, str, str, str]:
    if row.instead:
        return (row.instead, "", "", "")
    first, second, third, fourth = (f"{part:g}" for part in row.parts)
    return row.printed or (first, second, third, fourth)


def _sentence(rows: Sequence[MarksRow], words: Sequence[str]) -> str:
    if not rows:
        return "There is nothing to show yet."
    said = [row for row in rows if not row.instead and any(row.parts)]
    hidden = len(rows) - len(said)
    pieces = [
        f"{row.label.rstrip('.')}: " + ", ".join(f"{_printed(row)[i]} {words[i]}" for i in range(4) if row.parts[i])
        for row in said
    ]
    if hidden:
        pieces.append(f"{hidden} of {len(rows)} said in words")
    return "; ".join(pieces) + "."
