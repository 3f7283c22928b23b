"""A funnel: the spread that chance would give around the group's share, where the group lies, and one own dot."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from communitas.benchmarking.rules.charts.density import Step
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
from communitas.benchmarking.rules.statistics.funnel import Limits, binomial_limits
from communitas.benchmarking.rules.statistics.values import Undefined

_HEIGHT: Final = 250.0
Place = Callable[[float], float]
_TURNS: Final = 24  # how many places each curve is drawn at


@dataclass(frozen=True, slots=True)
class OwnDot:
    """The reader's own share: of `n` scores, in per cent, and what is said of it."""

    n: int
    percent: float
    words: str = ""


@dataclass(frozen=True, slots=True)
class Funnel:
    """`target` is the group's share in per cent; None where it may not be shown, with the words `instead`."""

    target: float | None
    own: OwnDot | None = None
    steps: Sequence[Step] = ()
    instead: str = "hidden to protect small groups"


def funnel_chart(funnel: Funnel, *, title: str, group_name: str, own_name: str = "you") -> Chart:
    """Other communities appear as shares of bins at the edge alone; nobody but the reader has a dot."""
    entries = [("level", f"{_fitting(group_name)} together")] if funnel.target is not None else []
    if funnel.target is not None:
        entries += [("c-limit", "19 in 20 by chance"), ("c-outer", "998 in 1,000 by chance")]
    if funnel.steps:
        entries.append(("c-bin", "where communities lie"))
    if funnel.own:
        entries.append(("c-own", own_name))
    sentence = _sentence(funnel, group_name, own_name)
    return Chart(
        svg=_draw(funnel, 680, entries, title, sentence),
        narrow=_draw(funnel, NARROW, entries, title, sentence),
        title=title,
        sentence=sentence,
        header=("What", "Figure"),
        rows=_rows(funnel, group_name, own_name),
    )


def _sizes(funnel: Funnel) -> tuple[int, int]:
    """From and up to how many scores the curves are drawn: the own dot stands about in the middle."""
    n = funnel.own.n if funnel.own else 50
    return max(n // 4, 5), max(2 * n, 20)


def _draw(funnel: Funnel, width: float, entries: Sequence[tuple[str, str]], title: str, sentence: str) -> str:
    pen = Pen()
    frame = narrow() if width == NARROW else wide()
    top = legend(pen, frame, entries, 0) + 14 if entries else 14.0
    left, edge = 44.0, (84.0 if width > NARROW else 50.0) if funnel.steps else 12.0
    right = width - edge
    low, high = _sizes(funnel)

    def x(n: float) -> float:
        return left + (right - left) * (n - low) / (high - low)

    def y(percent: float) -> float:
        return top + _HEIGHT * (1 - min(max(percent, 0), 100) / 100)

    for percent in (0, 25, 50, 75, 100):
        pen.line(left, y(percent), right, y(percent), "c-grid")
        pen.text(left - 7, y(percent) + 4.5, f"{percent}%" if percent == 100 else str(percent), "c-soft", "end")
    if funnel.target is None:
        pen.text(left + 8, y(62.5) + 5, funnel.instead, "c-soft")
    else:
        _curves(pen, _limits(funnel.target, low, high), x, y)
        pen.line(left, y(funnel.target), right, y(funnel.target), "c-median")
    heaviest = max((share / max(to - begin, 1) for begin, to, share in funnel.steps), default=1.0)
    for begin, to, share in funnel.steps:
        long = (edge - 12) * share / max(to - begin, 1) / (heaviest or 1)
        if long:
            pen.rect(right + 8, y(to) + 0.75, long, y(begin) - y(to) - 1.5, "c-bin", 2)
    if funnel.own:
        pen.circle(x(funnel.own.n), y(funnel.own.percent), 8, "c-own")
        pen.value(x(funnel.own.n) + 14, y(funnel.own.percent) + 5, percent_words(funnel.own.percent))
    ground = top + _HEIGHT
    for n in dict.fromkeys((low, (low + high) // 2, high)):
        pen.text(x(n), ground + 20, str(n), "c-soft", "start" if n == low else "end" if n == high else "middle")
    pen.text(left, ground + 40, "standards that were scored", "c-soft")
    return pen.done(width, ground + 48, title, sentence)


def _limits(target: float, low: int, high: int) -> list[tuple[int, Limits]]:
    places = sorted({round(low + (high - low) * turn / _TURNS) for turn in range(_TURNS + 1)})
    found = [(n, binomial_limits(target / 100, n)) for n in places]
    return [(n, limits) for n, limits in found if not isinstance(limits, Undefined)]


def _curves(pen: Pen, limits: Sequence[tuple[int, Limits]], x: Place, y: Place) -> None:
    def way(share: str, turned: bool = False) -> str:
        ordered = list(reversed(limits)) if turned else list(limits)
        return "L".join(f"{x(n):.1f} {y(100 * getattr(each, share)):.1f}" for n, each in ordered)

    pen.path(f"M{way('low_95')}L{way('high_95', turned=True)}z", "c-area")
    for share in ("low_95", "high_95"):
        pen.path(f"M{way(share)}", "c-limit")
    for share in ("low_998", "high_998"):
        pen.path(f"M{way(share)}", "c-outer")


def _rows(funnel: Funnel, group_name: str, own_name: str) -> tuple[tuple[str, str], ...]:
    rows = [
        (f"{_first(group_name)} together", funnel.instead if funnel.target is None else percent_words(funnel.target))
    ]
    if funnel.own:
        rows.append((own_name, f"{percent_words(funnel.own.percent)} of {funnel.own.n} scored"))
        if funnel.own.words:
            rows.append(("Compared with what is usual", funnel.own.words))
    if funnel.target is not None:
        limits = _limits(funnel.target, *_sizes(funnel))
        for n, each in (limits[0], limits[len(limits) // 2], limits[-1]):
            rows.append((f"19 in 20 by chance, {n} scored", _between(each.low_95, each.high_95)))
            rows.append((f"998 in 1,000 by chance, {n} scored", _between(each.low_998, each.high_998)))
    rows += [(f"Communities from {low} to {high}%", f"{share}%") for low, high, share in funnel.steps]
    return tuple(rows)


def _between(low: float, high: float) -> str:
    return f"{100 * low:.0f} to {percent_words(100 * high)}"


def _sentence(funnel: Funnel, group_name: str, own_name: str) -> str:
    if funnel.target is None:
        return f"{_first(group_name)}: {funnel.instead}."
    parts = [f"{_first(group_name)} together: {percent_words(funnel.target)}."]
    if funnel.own:
        said = f", {funnel.own.words[0].lower()}{funnel.own.words[1:]}" if funnel.own.words else ""
        parts.append(f"{_first(own_name)}: {percent_words(funnel.own.percent)}{said}.")
    parts.append("The shaded area is the spread we would expect by chance; small communities naturally vary more.")
    return " ".join(parts)


def _first(words: str) -> str:
    return words[:1].upper() + words[1:]


def _fitting(words: str) -> str:
    return lines_of(words, 28, 1)[0]
