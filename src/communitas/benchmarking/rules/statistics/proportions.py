"""A share of a number of scores, with its likely range; and the difference of two shares.

Sources: Wilson 1927; Newcombe 1998, Statistics in Medicine 17:857 (method 3) and 17:873 (method 10); Brown, Cai and
DasGupta 2001 for the limits of Jeffreys at the ends. Shares and limits lie between 0 and 1.
"""

from dataclasses import dataclass
from math import sqrt

from communitas.benchmarking.rules.statistics.values import Interval, Undefined, Value, z_value


@dataclass(frozen=True, slots=True)
class Difference:
    """The first share less the second, with its likely range."""

    difference: float
    interval: Interval


def share(x: int, n: int) -> Value:
    """x of n; undefined when n is 0. ValueError unless 0 <= x <= n."""
    _require_part(x, n)
    return x / n if n else Undefined("none_applied")


def wilson(x: int, n: int, *, confidence: float = 0.95) -> Interval | Undefined:
    """Wilson's interval, our likely range: (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n).

    Exactly 0 below when x is 0 and exactly 1 above when x is n; undefined when n is 0.
    """
    _require_part(x, n)
    z = z_value(confidence)
    if n == 0:
        return Undefined("none_applied")
    p = x / n
    centre = p + z * z / (2 * n)
    reach = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    low = 0.0 if x == 0 else max((centre - reach) / scale, 0.0)
    high = 1.0 if x == n else min((centre + reach) / scale, 1.0)
    return Interval(low, high)


def jeffreys(x: int, n: int, *, confidence: float = 0.95) -> Interval | Undefined:
    """Jeffreys' interval: quantiles of Beta(x + 1/2, n - x + 1/2), 0 below when x is 0, 1 above when x is n."""
    return _beta_interval(x, n, (0.5, 0.5), (0.5, 0.5), confidence)


def clopper_pearson(x: int, n: int, *, confidence: float = 0.95) -> Interval | Undefined:
    """The exact interval of Clopper and Pearson, from Beta quantiles; for comparison, never printed."""
    return _beta_interval(x, n, (0, 1), (1, 0), confidence)


def independent_difference(x1: int, n1: int, x2: int, n2: int, *, confidence: float = 0.95) -> Difference | Undefined:
    """The difference of the shares of two different groups with Newcombe's method 10; undefined when one is empty."""
    first, second = wilson(x1, n1, confidence=confidence), wilson(x2, n2, confidence=confidence)
    if isinstance(first, Undefined) or isinstance(second, Undefined):
        return Undefined("none_applied")
    p1, p2 = x1 / n1, x2 / n2
    low = p1 - p2 - sqrt((p1 - first.low) ** 2 + (second.high - p2) ** 2)
    high = p1 - p2 + sqrt((first.high - p1) ** 2 + (p2 - second.low) ** 2)
    return Difference(p1 - p2, Interval(low, high))


def _beta_interval(
    x: int, n: int, below: tuple[float, float], above: tuple[float, float], confidence: float
) -> Interval | Undefined:
    from scipy.special import betaincinv

    _require_part(x, n)
    if not 0 < confidence < 1:
        raise ValueError("confidence must lie between 0 and 1.")
    if n == 0:
        return Undefined("none_applied")
    tail = (1 - confidence) / 2
    low = 0.0 if x == 0 else float(betaincinv(x + below[0], n - x + below[1], tail))
    high = 1.0 if x == n else float(betaincinv(x + above[0], n - x + above[1], 1 - tail))
    return Interval(low, high)


def _require_part(x: int, n: int) -> None:
    if not 0 <= x <= n:
        raise ValueError("x must lie between 0 and n.")
