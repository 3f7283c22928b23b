"""Counts put into words, with the rules for small numbers."""

from datetime import date
from math import sqrt

from communitas.benchmarking.rules.counts import Counts
from communitas.reports.rules.documents.parts import Share

_Z = 1.959963984540054
_PERCENT_FROM = 5
_LIKELY_RANGE_FROM = 10


def share(counts: Counts) -> Share:
    """A share is printed as counts below 5, with 'small number' from 5, and with its likely range from 10."""
    n = counts.n
    unscored = f"; {counts.not_scored} not scored" if counts.not_scored else ""
    if not n:
        nothing = "none scored" if counts.not_scored else "none applied"
        return Share(counts, nothing + (unscored if counts.not_applicable else ""), nothing)
    base = f"{counts.met} of {n} that applied"
    if n < _PERCENT_FROM:
        return Share(counts, base + unscored, f"{counts.met} of {n}")
    percent = whole(100 * counts.met / n)
    if n < _LIKELY_RANGE_FROM:
        return Share(counts, f"{base}, {percent}%, small number{unscored}", f"{percent}%", percent)
    low, high = wilson(counts.met, n)
    words = f"{base}, {percent}%, likely range {low} to {high}{unscored}"
    return Share(counts, words, f"{percent}%", percent, low, high)


def wilson(met: int, n: int) -> tuple[int, int]:
    """The likely range of a share in whole per cent: Wilson's 95% interval, exactly 0 and 100 at its ends."""
    p, z2 = met / n, _Z * _Z
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z * sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return (
        0 if met == 0 else whole(100 * (middle - half)),
        100 if met == n else whole(100 * (middle + half)),
    )


def whole(percent: float) -> int:
    """A whole per cent, halves upwards, so that 0.5 never depends on whether its neighbour is even."""
    return int(percent + 0.5)


def day(on: date) -> str:
    """A date as people write it: 29 April 2027."""
    return f"{on.day} {on:%B %Y}"


def several(number: int, one: str, many: str) -> str:
    """'1 criterion', '2 criteria'."""
    return f"{number} {one if number == 1 else many}"
