"""A share of a number of scores, with its likely range.

Sources: Wilson 1927; Newcombe 1998, Statistics in Medicine 17:857 (method 3) and 17:873 (method 10); Brown, Cai and
DasGupta 2001 for the limits of Jeffreys at the ends.
"""

from math import sqrt
from statistics import NormalDist

from communitas.benchmarking.rules.counts import Counts
from communitas.benchmarking.rules.figure import Figure, Interval, missing

LABEL = "Standards you met"
RANGE_LABEL = "likely range"
SHOW_PERCENT_FROM = 5
SMALL_NUMBER_BELOW = 10


def z_value(confidence: float = 0.95) -> float:
    """The normal quantile of a two-sided interval."""
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def wilson(x: int, n: int, *, confidence: float = 0.95) -> Interval | None:
    """Wilson's interval of x of n; exactly 0 below when x is 0 and exactly 1 above when x is n; None when n is 0."""
    _require_part(x, n)
    if n == 0:
        return None
    z = z_value(confidence)
    p = x / n
    centre = p + z * z / (2 * n)
    reach = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    low = 0.0 if x == 0 else (centre - reach) / scale
    high = 1.0 if x == n else (centre + reach) / scale
    return Interval(low, high)


def jeffreys(x: int, n: int, *, confidence: float = 0.95) -> Interval | None:
    """Jeffreys' interval: quantiles of Beta(x + 1/2, n - x + 1/2), 0 below when x is 0, 1 above when x is n."""
    from scipy.stats import beta

    _require_part(x, n)
    if n == 0:
        return None
    tail = (1 - confidence) / 2
    low = 0.0 if x == 0 else float(beta.ppf(tail, x + 0.5, n - x + 0.5))
    high = 1.0 if x == n else float(beta.ppf(1 - tail, x + 0.5, n - x + 0.5))
    return Interval(low, high)


def clopper_pearson(x: int, n: int, *, confidence: float = 0.95) -> Interval | None:
    """The exact interval of Clopper and Pearson; for comparison, never printed."""
    from scipy.stats import beta

    _require_part(x, n)
    if n == 0:
        return None
    tail = (1 - confidence) / 2
    low = 0.0 if x == 0 else float(beta.ppf(tail, x, n - x + 1))
    high = 1.0 if x == n else float(beta.ppf(1 - tail, x + 1, n - x))
    return Interval(low, high)


def independent_difference(x1: int, n1: int, x2: int, n2: int) -> tuple[float, Interval] | None:
    """The difference of two shares of different groups with Newcombe's method 10; None when a group is empty."""
    first, second = wilson(x1, n1), wilson(x2, n2)
    if first is None or second is None:
        return None
    p1, p2 = x1 / n1, x2 / n2
    low = p1 - p2 - sqrt((p1 - first.low) ** 2 + (second.high - p2) ** 2)
    high = p1 - p2 + sqrt((first.high - p1) ** 2 + (p2 - second.low) ** 2)
    return p1 - p2, Interval(low, high)


def share_met(counts: Counts) -> Figure:
    """The percentage met in one community: none below 5 scores, with a caution below 10."""
    if counts.n == 0:
        return missing("none_applied", 0)
    if counts.n < SHOW_PERCENT_FROM:
        return missing("too_few", counts.n)
    caution = "small_number" if counts.n < SMALL_NUMBER_BELOW else None
    return Figure(100 * counts.met / counts.n, counts.n, caution=caution)


def in_words(counts: Counts) -> str:
    """'41 of 48 that applied (85%)': always the denominator, the percentage where there are enough."""
    figure = share_met(counts)
    if counts.n == 0:
        return figure.words
    plain = f"{counts.met} of {counts.n} that applied"
    if figure.value is None:
        return plain
    note = ", a small number" if figure.caution else ""
    return f"{plain} ({figure.value:.0f}%{note})"


def _require_part(x: int, n: int) -> None:
    if not 0 <= x <= n:
        raise ValueError("x must lie between 0 and n.")
