"""Two scores of the same thing: before and after, or self and agreed.

Sources: Newcombe 1998, Statistics in Medicine 17:2635 (method 10); Fagerland, Lydersen and Laake 2013, BMC Medical
Research Methodology 13:91 (mid-P); Edwards 1948 (the corrected chi-square, as printed).
"""

from dataclasses import dataclass
from math import sqrt

from communitas.benchmarking.rules.statistics.distributions import at_most, chi_square_tail
from communitas.benchmarking.rules.statistics.proportions import Difference, wilson
from communitas.benchmarking.rules.statistics.values import Interval, Test, Undefined, Value


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

    @property
    def first(self) -> Value:
        """The share of yes in the first scores."""
        return (self.both + self.first_only) / self.n if self.n else Undefined("no_pairs")

    @property
    def second(self) -> Value:
        """The share of yes in the second scores."""
        return (self.both + self.second_only) / self.n if self.n else Undefined("no_pairs")


@dataclass(frozen=True, slots=True)
class SignTest:
    """Whether differences lean one way: `untied` of them, with the two-sided exact P and the mid-P we print."""

    untied: int
    p_exact: Value
    p_mid: Value


def sign_test(higher: int, lower: int) -> SignTest:
    """The two-sided sign test on how many were higher and lower; ties do not count.

    P = min(1, 2 F(min; n, 1/2)); mid-P takes away the probability of the observed split, 1 - pmf when it is even.
    Undefined without any difference.
    """
    if higher < 0 or lower < 0:
        raise ValueError("counts may not be negative.")
    n, fewer = higher + lower, min(higher, lower)
    if n == 0:
        return SignTest(0, Undefined("no_differences"), Undefined("no_differences"))
    tail = at_most(fewer, n, 0.5)
    point = tail - at_most(fewer - 1, n, 0.5)
    exact = 1.0 if higher == lower else min(1.0, 2 * tail)
    return SignTest(n, exact, exact - point)


def mcnemar_mid_p(first_only: int, second_only: int) -> Value:
    """McNemar's test with mid-P, which is the sign test of the pairs that differ."""
    return sign_test(first_only, second_only).p_mid


def mcnemar_chi_square(first_only: int, second_only: int, *, corrected: bool = False) -> Test:
    """McNemar's (b-c)²/(b+c), or corrected (|b-c|-1)²/(b+c), with one degree of freedom; never printed."""
    n = first_only + second_only
    if n == 0:
        return Test(Undefined("no_differences"), 1, Undefined("no_differences"))
    gap = abs(first_only - second_only) - (1 if corrected else 0)
    statistic = gap * gap / n
    return Test(statistic, 1, chi_square_tail(statistic, 1))


def newcombe(pairs: Paired, *, corrected: bool = True, confidence: float = 0.95) -> Difference | Undefined:
    """First share less second with the interval of Newcombe's method 10; undefined only without pairs.

    `corrected` is his continuity correction of phi, which is part of the method.
    """
    n = pairs.n
    first = wilson(pairs.both + pairs.first_only, n, confidence=confidence)
    second = wilson(pairs.both + pairs.second_only, n, confidence=confidence)
    if isinstance(first, Undefined) or isinstance(second, Undefined):
        return Undefined("no_pairs")
    p1, p2 = (pairs.both + pairs.first_only) / n, (pairs.both + pairs.second_only) / n
    difference = (pairs.first_only - pairs.second_only) / n
    phi = _phi(pairs, corrected=corrected)
    below1, above1 = p1 - first.low, first.high - p1
    below2, above2 = p2 - second.low, second.high - p2
    low = difference - sqrt(max(below1**2 - 2 * phi * below1 * above2 + above2**2, 0.0))
    high = difference + sqrt(max(above1**2 - 2 * phi * above1 * below2 + below2**2, 0.0))
    return Difference(difference, Interval(low, high))


def _phi(pairs: Paired, *, corrected: bool) -> float:
    a, b, c, d = pairs.both, pairs.first_only, pairs.second_only, pairs.neither
    margins = (a + b) * (c + d) * (a + c) * (b + d)
    if margins == 0:
        return 0.0
    product = a * d - b * c
    if product > 0 and corrected:
        return max(product - pairs.n / 2, 0.0) / sqrt(margins)
    return product / sqrt(margins)
