"""Two marks a row: the community's own beside the agreed one, or the last cycle and this one as an arrow."""

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


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two percentages; None is not drawn. `value` is printed at the end; `instead` stands where none may be shown."""

    label: str
    first: float | None
    second: float | None
    value: str = ""
    instead: str = ""


def dumbbell_chart(
    rows: Sequence[PairRow],
    *,
    title: str,
    first_name: str = "self-review",
    second_name: str = "agreed",
    first_column: str = "Section",
) -> Chart:
    """The open circle is the first mark, the full one the second, and the line between them the difference."""
    return _chart(rows, title, first_name, second_name, first_column, arrow=False)


def change_chart(
    rows: Sequence[PairRow],
    *,
    title: str,
    first_name: str,
    second_name: str,
    first_column: str = "Section",
) -> Chart:
    """An arrow from the last cycle to this one; a row whose criteria cannot be compared has words in place of it."""
    return _chart(rows, title, first_name, second_name, first_column, arrow=True)


def _chart(
    rows: Sequence[PairRow], title: str, first_name: str, second_name: str, first_column: str, *, arrow: bool
) -> Chart:
    entries = (
        [("c-last", first_name), ("arrow", second_name)]
        if arrow
        else [("c-self", first_name), ("c-agreed", second_name)]
    )
    sentence = _sentence(rows, first_name, second_name)
    return Chart(
        svg=_draw(rows, wide(96), entries, title, sentence, arrow=arrow),
        narrow=_draw(rows, narrow(84), entries, title, sentence, arrow=arrow),
        title=title,
        sentence=sentence,
        header=(first_column, first_name, second_name, "Difference"),
        rows=tuple(
            (row.label, percent_words(row.first), percent_words(row.second), row.instead or _value(row)) for row in rows
        ),
    )


def _draw(
    rows: Sequence[PairRow],
    frame: Frame,
    entries: Sequence[tuple[str, str]],
    title: str,
    sentence: str,
    *,
    arrow: bool,
) -> str:
    pen = Pen()
    top = legend(pen, frame, entries, 0) + 20
    names = [lines_of(row.label, frame.letters) for row in rows]
    heights = [row_height(frame, words, 30 if frame.narrow else 36) for words in names]
    scale(pen, frame, top, top + sum(heights))
    y = top
    for row, words, height in zip(rows, names, heights, strict=True):
        middle = y + height - 16 if frame.narrow else y + height / 2
        label(pen, frame, y, middle, words)
        if row.instead or (row.first is None and row.second is None):
            pen.text(frame.left + 6, middle + 5, row.instead or "no figure", "c-soft")
        else:
            _row(pen, frame, row, middle, arrow=arrow)
        y += height
    return pen.done(frame.width, y + 6, title, sentence)


def _row(pen: Pen, frame: Frame, row: PairRow, y: float, *, arrow: bool) -> None:
    open_look, full_look, line_look = ("c-last", "c-own", "c-path") if arrow else ("c-self", "c-agreed", "c-join")
    if row.first is not None and row.second is not None:
        pen.line(frame.x(row.first), y, frame.x(row.second), y, line_look)
    if row.first is not None:
        pen.circle(frame.x(row.first), y, 6, open_look)
    if row.second is not None:
        x = frame.x(row.second)
        gap = 0.0 if row.first is None else x - frame.x(row.first)
        if arrow and abs(gap) > 10:
            back = -12 if gap > 0 else 12
            pen.path(f"M{x:.1f} {y:.1f}l{back} -7v14z", full_look)
        else:
            pen.circle(x, y, 7, full_look)
    pen.text(frame.width, y + 5, _value(row), "c-value", "end")


def _value(row: PairRow) -> str:
    if row.value:
        return row.value
    if row.first is None or row.second is None:
        return percent_words(row.second if row.first is None else row.first)
    # The difference of the two figures as they are printed, so that a reader who subtracts gets the same.
    gap = int(row.second + 0.5) - int(row.first + 0.5)
    return "the same" if gap == 0 else f"{'+' if gap > 0 else '−'}{abs(gap)} {'point' if abs(gap) == 1 else 'points'}"


def _sentence(rows: Sequence[PairRow], first_name: str, second_name: str) -> str:
    pairs = [
        (row.label, row.first, row.second)
        for row in rows
        if row.first is not None and row.second is not None and not row.instead
    ]
    if not pairs:
        return f"There is no pair of figures for {first_name} and {second_name}."
    higher = sum(second > first for _, first, second in pairs)
    lower = sum(second < first for _, first, second in pairs)
    name, first, second = max(pairs, key=lambda pair: abs(pair[2] - pair[1]))
    text = f"{second_name} is higher than {first_name} in {higher} of {len(pairs)} and lower in {lower}."
    if first != second:
        text += f" The largest difference is in {name}: {percent_words(first)} and {percent_words(second)}."
    return text[0].upper() + text[1:]
