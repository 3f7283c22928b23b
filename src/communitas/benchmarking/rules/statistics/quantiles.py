"""Medians, quarters and the place of one among many.

Source: Hyndman and Fan 1996, American Statistician 50:361. Type 7, linear between the ranks as in most spreadsheets, is
what we print.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import floor
from typing import Literal

from communitas.benchmarking.rules.statistics.values import Undefined, Value

Kind = Literal["mean", "weak", "strict", "rank"]


def quantile(values: Sequence[float], share: float, *, kind: Literal[2, 6, 7] = 7) -> Value:
    """A quantile of type 7, 6 (weights of n + 1) or 2 (averages where the share falls between two); undefined without
    values. ValueError unless 0 <= share <= 1."""
    if not 0 <= share <= 1:
        raise ValueError("share must lie between 0 and 1.")
    if not values:
        return Undefined("none_applied")
    ordered = sorted(values)
    last = len(ordered) - 1
    if kind == 2:
        place = Fraction(repr(share)) * len(ordered)  # exact, for 0.7 x 10 is 7
        low = max(floor(place) - (place.denominator == 1), 0)
        return (ordered[low] + ordered[min(floor(place), last)]) / 2
    where = last * share if kind == 7 else min(max((last + 2) * share - 1, 0.0), float(last))
    low = floor(where)
    return ordered[low] + (where - low) * (ordered[min(low + 1, last)] - ordered[low])


def median(values: Sequence[float]) -> Value:
    """The value in the middle; undefined without values."""
    return quantile(values, 0.5)


def quartiles(values: Sequence[float]) -> tuple[float, float, float] | Undefined:
    """Lower quarter, median, upper quarter; undefined without values."""
    low, middle, high = (quantile(values, share) for share in (0.25, 0.5, 0.75))
    if isinstance(low, Undefined) or isinstance(middle, Undefined) or isinstance(high, Undefined):
        return Undefined("none_applied")
    return low, middle, high


def percentile_rank(values: Sequence[float], score: float, *, kind: Kind = "mean") -> Value:
    """How many per cent of the values lie below a score, with half of the equal ones ('mean', our mid-rank).

    'strict' counts those below, 'weak' also the equal ones, 'rank' the middle of the equal ones' places, as scipy's
    `percentileofscore`. Undefined without values.
    """
    n = len(values)
    if not n:
        return Undefined("none_applied")
    below = sum(value < score for value in values)
    up_to = sum(value <= score for value in values)
    counted = {
        "strict": 2 * below,
        "weak": 2 * up_to,
        "mean": below + up_to,
        "rank": below + up_to + (below < up_to),
    }
    return 50 * counted[kind] / n
