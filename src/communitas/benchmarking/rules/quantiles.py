"""Medians and quarters (type 7 of Hyndman and Fan 1996: linear between the ranks, as in most spreadsheets)."""

from collections.abc import Sequence
from math import floor

from communitas.benchmarking.rules.figure import Figure, missing

SPREAD_FROM = 12
MEDIAN_FROM = 5


def quantile(values: Sequence[float], share: float) -> float | None:
    """The type 7 quantile; None without values."""
    if not 0 <= share <= 1:
        raise ValueError("share must lie between 0 and 1.")
    if not values:
        return None
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    low = floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def median(values: Sequence[float]) -> float | None:
    """The value in the middle; None without values."""
    return quantile(values, 0.5)


def quartiles(values: Sequence[float]) -> tuple[float, float, float] | None:
    """Lower quarter, median, upper quarter; None without values."""
    low, middle, high = (quantile(values, share) for share in (0.25, 0.5, 0.75))
    if low is None or middle is None or high is None:
        return None
    return low, middle, high


def median_figure(values: Sequence[float]) -> Figure:
    """The office's median over communities: from 5 of them."""
    middle = median(values)
    if middle is None:
        return missing("none_applied", 0)
    if len(values) < MEDIAN_FROM:
        return missing("small_group", len(values))
    return Figure(middle, len(values))
