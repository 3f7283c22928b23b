"""Two scores of the same thing: before and after, or self and agreed.

Sources: Newcombe 1998, Statistics in Medicine 17:2635 (method 10); Fagerland, Lydersen and Laake 2013, BMC Medical
Research Methodology 13:91 (mid-P).
"""

from dataclasses import dataclass
from math import comb, erfc, sqrt

from communitas.benchmarking.rules.figure import Figure, Interval, missing
from communitas.benchmarking.rules.proportions import wilson

CHANGE_LABEL = "Change since last review"
SHOW_CHANGE_FROM = 10
TEST_FROM = 6


@dataclass(frozen=True, slots=True)
class Paired:
    """Pairs of yes and no: both, only the first (earlier, or self), only the second, neither."""

    both: int
    first_only: int
    second_only: int
    neither: int

    @property
    def n(self) -> int:
        """How many pairs there are."""
        return self.both + self.first_only + self.second_only + self.neither

    @property
    def discordant(self) -> int:
        """How many pairs differ."""
        return self.first_only + self.second_only


@dataclass(frozen=True, slots=True)
class Change:
    """Second share less first, in shares (0.06 is 6 points), with its likely range and the mid-P of McNemar."""

    difference: float
    interval: Interval
    p: float | None  # None when no pair differs
    n: int


@dataclass(frozen=True, slots=True)
class SignTest:
    """Whether differences lean one way; None when there is no difference."""

    untied: int
    p_exact: float | None
    p_mid: float | None


def sign_test(higher: int, lower: int) -> SignTest:
    """The two-sided sign test on how many were higher and lower; ties do not count."""
    n = higher + lower
    if n == 0:
        return SignTest(0, None, None)
    smaller = min(higher, lower)
    point = comb(n, smaller) / 2**n
    tail = sum(comb(n, i) for i in range(smaller + 1)) / 2**n
    exact = min(1.0, 2 * tail)
    mid = 1 - point if higher == lower else exact - point
    return SignTest(n, exact, mid)


def mcnemar_mid_p(first_only: int, second_only: int) -> float | None:
    """McNemar's test with mid-P, which is the sign test of the pairs that differ; None when none does."""
    return sign_test(first_only, second_only).p_mid


def mcnemar_chi_square(first_only: int, second_only: int, *, corrected: bool = False) -> tuple[float, float] | None:
    """McNemar's statistic and P from the normal approximation; for comparison, never printed."""
    n = first_only + second_only
    if n == 0:
        return None
    gap = abs(first_only - second_only)
    statistic = (max(gap - 1, 0) if corrected else gap) ** 2 / n
    return statistic, erfc(sqrt(statistic / 2))


def newcombe(pairs: Paired, *, corrected: bool = True) -> tuple[float, Interval] | None:
    """First share less second with the interval of Newcombe's method 10; None without pairs.

    `corrected` is his continuity correction of phi, which is part of the method.
    """
    n = pairs.n
    first = wilson(pairs.both + pairs.first_only, n)
    second = wilson(pairs.both + pairs.second_only, n)
    if first is None or second is None:
        return None
    p1, p2 = (pairs.both + pairs.first_only) / n, (pairs.both + pairs.second_only) / n
    difference = (pairs.first_only - pairs.second_only) / n
    phi = _phi(pairs, corrected=corrected)
    below1, above1 = p1 - first.low, first.high - p1
    below2, above2 = p2 - second.low, second.high - p2
    low = difference - sqrt(max(below1**2 - 2 * phi * below1 * above2 + above2**2, 0.0))
    high = difference + sqrt(max(above1**2 - 2 * phi * above1 * below2 + below2**2, 0.0))
    return difference, Interval(low, high)


def _phi(pairs: Paired, *, corrected: bool) -> float:
    a, b, c, d = pairs.both, pairs.first_only, pairs.second_only, pairs.neither
    margins = (a + b) * (c + d) * (a + c) * (b + d)
    if margins == 0:
        return 0.0
    product = a * d - b * c
    if product > 0 and corrected:
        return max(product - pairs.n / 2, 0.0) / sqrt(margins)
    return product / sqrt(margins)


def change(pairs: Paired) -> Change | None:
    """Second less first, such as this cycle less the last; None without pairs."""
    found = newcombe(pairs)
    if found is None:
        return None
    difference, interval = found
    p = mcnemar_mid_p(pairs.first_only, pairs.second_only)
    return Change(-difference, Interval(-interval.high, -interval.low), p, pairs.n)


def change_figure(pairs: Paired) -> Figure:
    """The change in points for a report: from 10 pairs; below that the changed standards are listed instead."""
    found = change(pairs)
    if found is None:
        return missing("no_pairs", 0)
    if pairs.n < SHOW_CHANGE_FROM:
        return missing("too_few", pairs.n)
    return Figure(100 * found.difference, pairs.n)


def direction_in_words(higher: int, lower: int) -> str:
    """'You scored yourselves higher on 9, lower on 3.'"""
    if higher == lower == 0:
        return "No differences"
    return f"You scored yourselves higher on {higher}, lower on {lower}"


def p_in_words(p: float | None) -> str:
    """A P-value with three decimals, '<0.001' below that, nothing when it is not defined."""
    if p is None:
        return ""
    return "<0.001" if p < 0.001 else f"{p:.3f}"
