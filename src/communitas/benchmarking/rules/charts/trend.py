"""One figure over the cycles: the group's line and the community's own, broken where the wording changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from communitas.benchmarking.rules.charts.drawing import (
    NARROW,
    Chart,
    Pen,
    legend,
    lines_of,
    narrow,
    percent_words,
    wide,
)

_HEIGHT: Final = 190.0
_MOST: Final = {False: 10, True: 4}  # cycles that stand side by side, wide and narrow
MARK_WORDS: Final = {"met": "met", "partly": "partly met", "unmet": "not met", "na": "not applicable"}
Side = Literal["group", "own"]


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One cycle in per cent met. `instead` are the words where the group has no figure that may be shown.

    `broken` says why this cycle cannot be compared with the one before it; empty where it can.
    """

    label: str
    percent: float | None
    own: float | None = None
    instead: str = ""
    broken: str = ""
    mark: str = ""  # the own mark on a single standard, which has no percentage: met, partly, unmet or na


def trend_chart(points: Sequence[TrendPoint], *, title: str, group_name: str, own_name: str = "you") -> Chart:
    """No line crosses a break, nor a cycle without a figure: what cannot be compared is not joined."""
    entries = [("c-bar", group_name)]
    if any(point.own is not None for point in points):
        entries.append(("c-own", own_name))
    if any(point.broken for point in points[1:]):
        entries.append(("c-break", "the wording changed: not compared"))
    sentence = _sentence(points, group_name, own_name)
    return Chart(
        svg=_draw(points, 680, entries, title, sentence, own_name),
        narrow=_draw(points, NARROW, entries, title, sentence, own_name),
        title=title,
        sentence=sentence,
        header=("Cycle", group_name, own_name, "Compared with the cycle before"),
        rows=tuple(
            (
                point.label,
                point.instead or percent_words(point.percent),
                MARK_WORDS.get(point.mark) or percent_words(point.own),
                "–" if not place else point.broken or "the same wording",
            )
            for place, point in enumerate(points)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Plot:
    pen: Pen
    left: float
    column: float
    top: float

    def x(self, place: int) -> float:
        return self.left + self.column * (place + 0.5)

    def y(self, percent: float) -> float:
        return self.top + _HEIGHT * (1 - min(max(percent, 0), 100) / 100)


def _draw(
    points: Sequence[TrendPoint],
    width: float,
    entries: Sequence[tuple[str, str]],
    title: str,
    sentence: str,
    own_name: str,
) -> str:
    is_narrow = width == NARROW
    shown = points[-_MOST[is_narrow] :]
    pen = Pen()
    top = _key(pen, width, entries) + 16
    plot = _Plot(pen, 44, (width - 54) / max(len(shown), 1), top)
    for percent in (0, 25, 50, 75, 100):
        pen.line(plot.left, plot.y(percent), width - 6, plot.y(percent), "c-grid")
        pen.text(
            plot.left - 7, plot.y(percent) + 4.5, f"{percent}%" if percent == 100 else str(percent), "c-soft", "end"
        )
    for place, point in enumerate(shown):
        if place and point.broken:
            x = plot.left + plot.column * place
            pen.line(x, top - 8, x, top + _HEIGHT + 8, "c-break")
    _line(plot, shown, "group")
    _line(plot, shown, "own")
    deepest = 1
    for place, point in enumerate(shown):
        _point(plot, place, point)
        words = lines_of(point.label, max(int(plot.column / 8), 4), 3)
        for number, line in enumerate(words):
            pen.text(plot.x(place), top + _HEIGHT + 24 + 17 * number, line, "c-label", "middle")
        deepest = max(deepest, len(words))
    bottom = top + _HEIGHT + 18 + 17 * deepest
    if any(point.mark for point in shown):
        bottom += 26
        pen.text(plot.left - 7, bottom - 11, own_name if len(own_name) < 6 else "own", "c-soft", "end")
        for place, point in enumerate(shown):
            if point.mark:
                pen.mark(plot.x(place), bottom - 15.5, point.mark)
    if len(shown) < len(points):
        bottom += 22
        pen.text(plot.left, bottom - 8, "Earlier cycles stand in the table.", "c-soft")
    return pen.done(width, bottom, title, sentence)


def _key(pen: Pen, width: float, entries: Sequence[tuple[str, str]]) -> float:
    frame = narrow() if width == NARROW else wide()
    fitting = [(shape, lines_of(words, 40 if frame.narrow else 70, 1)[0]) for shape, words in entries]
    return legend(pen, frame, fitting, 0)


def _line(plot: _Plot, points: Sequence[TrendPoint], side: Side) -> None:
    look = "c-join" if side == "group" else "c-path"
    before: float | None = None
    for place, point in enumerate(points):
        here = point.percent if side == "group" else point.own
        if before is not None and here is not None and not point.broken:
            plot.pen.line(plot.x(place - 1), plot.y(before), plot.x(place), plot.y(here), look)
        before = here


def _point(plot: _Plot, place: int, point: TrendPoint) -> None:
    x, pen = plot.x(place), plot.pen
    if point.percent is None:
        letters = max(int(plot.column / 6.6), 5)
        lines = lines_of(point.instead or "no figure", letters)
        for number, line in enumerate(lines):  # between the lines of 0 and of 25
            pen.text(x, plot.top + _HEIGHT * 0.875 + 5 + 15 * (number - (len(lines) - 1) / 2), line, "c-soft", "middle")
    else:
        pen.rect(x - 5.5, plot.y(point.percent) - 5.5, 11, 11, "c-bar", 1)
    if point.own is not None:
        pen.circle(x, plot.y(point.own), 6.5, "c-own")
    above = point.percent is None or (point.own is not None and point.own >= point.percent)
    if point.own is not None:
        _number(plot, x, point.own, up=above)
    if point.percent is not None:
        _number(plot, x, point.percent, up=point.own is None or not above)


def _number(plot: _Plot, x: float, percent: float, *, up: bool) -> None:
    """Above its mark or below it; turned round at the edges of the plot."""
    y = plot.y(percent)
    if up and y - plot.top < 4:
        y += 2
    plot.pen.value(x, y - 11 if up else y + 23, percent_words(percent), "middle")


def _sentence(points: Sequence[TrendPoint], group_name: str, own_name: str) -> str:
    if not points:
        return "There is no cycle to show yet."
    known = [point for point in points if point.percent is not None]
    parts = []
    if not known:
        parts.append(f"No figure of {group_name} may be shown here.")
    elif len(known) == 1:
        parts.append(f"{group_name}: {percent_words(known[0].percent)} in {known[0].label}.")
    else:
        first, last = _since_break(points)
        if first is last:
            parts.append(f"{group_name}: {percent_words(last.percent)} in {last.label}, not comparable with before.")
        else:
            parts.append(
                f"{group_name}: from {percent_words(first.percent)} in {first.label} "
                f"to {percent_words(last.percent)} in {last.label}."
            )
    mine = [point for point in points if point.own is not None]
    if mine:
        parts.append(f"{own_name[0].upper()}{own_name[1:]}: {percent_words(mine[-1].own)} in {mine[-1].label}.")
    marked = [point for point in points if point.mark]
    if marked:
        parts.append(f"{own_name[0].upper()}{own_name[1:]}: {MARK_WORDS[marked[-1].mark]} in {marked[-1].label}.")
    breaks = [point.label for point in points[1:] if point.broken]
    if breaks:
        parts.append(f"The line is broken before {' and '.join(breaks)}.")
    text = " ".join(parts)
    return text[0].upper() + text[1:]


def _since_break(points: Sequence[TrendPoint]) -> tuple[TrendPoint, TrendPoint]:
    """The first and the last cycle with a figure that can be compared with each other, counted from the newest."""
    found: list[TrendPoint] = []
    for point in reversed(points):
        if point.percent is not None:
            found.append(point)
        if point.broken and found:
            break
    return found[-1], found[0]
