"""A figure as it is printed: a value with its sentence, or the sentence that stands in its place and the reason."""

from dataclasses import dataclass
from math import floor
from typing import Final

from communitas.benchmarking.rules.statistics.values import Interval, Undefined, Value

# Reasons, and what is printed in place of the figure. `{n}` is filled with the number of scores, pairs or communities.
WORDS: Final[dict[str, str]] = {
    "none_applied": "None applied",
    "no_pairs": "No standards scored by both",
    "too_few": "Too few to show a percentage: only {n}",
    "too_few_to_calculate": "Too few to calculate: only {n}",
    "no_variation": "Every score was the same for all {n}; agreement beyond chance cannot be calculated",
    "no_differences": "No differences",
    "no_change": "No change",
    "small_group": "Hidden to protect small groups",
    "wrong_scale": "Cannot be calculated on this scale",
    "one_sided": "Cannot be calculated, for all differences lean one way",
    "infinite": "Cannot be calculated from these scores",
}
RANGE_LABEL: Final = "likely range"


@dataclass(frozen=True, slots=True)
class Figure:
    """A plain `label` and the `words` to print; `value` when it is defined and enough scores stand behind it.

    Otherwise `reason`, a key of WORDS. `n` counts the scores, pairs or communities. `interval` is for the technical
    view and in the unit of the value: per cent, points, or the coefficient itself.
    """

    label: str
    words: str
    n: int
    value: float | None = None
    reason: str | None = None
    caution: str | None = None  # such as 'small_number', which the words say too
    interval: Interval | None = None

    def __post_init__(self) -> None:
        if (self.value is None) == (self.reason is None):
            raise ValueError("A figure has either a value or a reason.")


def missing(label: str, reason: str, n: int, *, words: str | None = None) -> Figure:
    """A figure that is not there, and why; `words` where counts can be given instead."""
    return Figure(label, WORDS[reason].format(n=n) if words is None else words, n, reason=reason)


def whole(value: float) -> int:
    """To the nearest whole number, halves upwards, so that 0.5 never depends on whether its neighbour is even."""
    return floor(value + 0.5)


def percent_in_words(share: float) -> str:
    """A share as a whole percentage: '85%'."""
    return f"{whole(100 * share)}%"


def points_in_words(difference: float) -> str:
    """A difference of shares in points, with its sign: '+6 points', '−1 point', '0 points'."""
    points = whole(100 * difference)
    sign = "+" if points > 0 else "−" if points < 0 else ""
    return f"{sign}{abs(points)} {'point' if abs(points) == 1 else 'points'}"


def coefficient_in_words(value: float) -> str:
    """A coefficient with two decimals: '0.83'; what rounds to nothing has no sign."""
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")


def p_in_words(p: Value) -> str:
    """A P-value with three decimals, '<0.001' below that, nothing when it is not defined."""
    if isinstance(p, Undefined):
        return ""
    return "<0.001" if p < 0.001 else f"{p:.3f}"


def several(number: int, one: str, many: str) -> str:
    """'1 standard', '2 standards'."""
    return f"{number} {one if number == 1 else many}"


def scaled(interval: Interval | Undefined, factor: float = 100) -> Interval | None:
    """An interval of shares in per cent or points; None when it is undefined."""
    return None if isinstance(interval, Undefined) else Interval(factor * interval.low, factor * interval.high)
