"""Funnel plots: the spread that chance alone would give to shares of different size, and who lies outside of it.

Sources: Spiegelhalter 2005, Statistics in Medicine 24:1185, appendix A.1.1 (curves); Public Health England, Fingertips
(normal limits). All in shares. A community is never flagged from a drawn curve: with many standards met the curve lies
below 100%, so that a community which met everything would be outside of it by chance.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Final, Literal

from communitas.benchmarking.rules.statistics.distributions import at_least, at_most
from communitas.benchmarking.rules.statistics.values import Undefined, Value

Flag = Literal["within", "low_95", "low_998", "high_95", "high_998"]
TAIL_95: Final = 0.025
TAIL_998: Final = 0.001


@dataclass(frozen=True, slots=True)
class Limits:
    """The curves of a funnel at one n: about 95% and 99.8% of communities lie between them by chance."""

    low_95: float
    high_95: float
    low_998: float
    high_998: float


@dataclass(frozen=True, slots=True)
class Tails:
    """How probable so low, or so high, a result is by chance alone, and what follows from it."""

    low: Value
    high: Value
    flag: Flag | Undefined


def normal_limits(target: float, n: int) -> Limits | Undefined:
    """target ± z √(target (1 - target) / n), cut at 0 and 1; undefined when n is 0."""

    def limit(tail: float) -> float:
        return min(max(target + NormalDist().inv_cdf(tail) * error, 0.0), 1.0)

    if n == 0:
        return Undefined("none_applied")
    error = sqrt(target * (1 - target) / n)
    return _limits(limit)


def binomial_limits(target: float, n: int) -> Limits | Undefined:
    """The curves we draw: exact binomial limits, interpolated so that they are smooth; undefined when n is 0.

    For a tail p: r is the smallest number with F(r) >= p, a = (F(r) - p) / (F(r) - F(r-1)), the limit is (r - a) / n.
    """

    def limit(tail: float) -> float:
        r = _smallest(target, n, tail)
        reached, before = at_most(r, n, target), at_most(r - 1, n, target)
        return min(max((r - (reached - tail) / (reached - before)) / n, 0.0), 1.0)

    return Undefined("none_applied") if n == 0 else _limits(limit)


def exact_flag(target: float, x: int, n: int) -> Tails:
    """The rule by which we flag: outside only when the exact binomial tail is below 0.025, or below 0.001.

    It flags at most 1.9% of communities by chance on either side. Undefined when n is 0. The smallest n that is flagged
    in print is a matter of `rules/usual`.
    """
    if not 0 <= x <= n:
        raise ValueError("x must lie between 0 and n.")
    if n == 0:
        nothing = Undefined("none_applied")
        return Tails(nothing, nothing, nothing)
    low, high = at_most(x, n, target), at_least(x, n, target)
    flag: Flag = "within"
    if low < TAIL_95:
        flag = "low_998" if low < TAIL_998 else "low_95"
    elif high < TAIL_95:
        flag = "high_998" if high < TAIL_998 else "high_95"
    return Tails(low, high, flag)


def _limits(limit: Callable[[float], float]) -> Limits:
    return Limits(limit(TAIL_95), limit(1 - TAIL_95), limit(TAIL_998), limit(1 - TAIL_998))


def _smallest(target: float, n: int, tail: float) -> int:
    low, high = 0, n  # F(n) is 1
    while low < high:
        middle = (low + high) // 2
        if at_most(middle, n, target) >= tail:
            high = middle
        else:
            low = middle + 1
    return low
