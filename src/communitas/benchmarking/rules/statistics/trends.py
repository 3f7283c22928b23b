"""Change over three or more editions: of the same communities, or of different ones each time.

Sources: Cochran 1950 (Q); Cochran 1954 and Armitage 1955, variance with N as in Agresti, Categorical Data Analysis.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from communitas.benchmarking.rules.statistics.distributions import chi_square_tail, two_sided
from communitas.benchmarking.rules.statistics.values import Test, Undefined, Value


@dataclass(frozen=True, slots=True)
class Slope:
    """A trend of shares: z above 0 when they rise with the score; its square, and the two-sided P."""

    z: Value
    chi_square: Value
    p: Value


def cochran_q(rows: Sequence[Sequence[bool]]) -> Test:
    """Cochran's Q of the same communities over k editions, a row of met or not for each; k - 1 degrees of freedom.

    Undefined when no community ever changed.
    """
    k = len(rows[0]) if rows else 0
    by_column = [sum(row[j] for row in rows) for j in range(k)]
    return cochran_q_of_totals(by_column, squares=sum(sum(row) ** 2 for row in rows))


def cochran_q_of_totals(by_edition: Sequence[int], *, squares: int) -> Test:
    """Cochran's Q, (k - 1) (k sum C² - N²) / (k N - sum R²), from the totals that an engine can count.

    C is how many met it in each of k editions, N their sum, R how often one community did; `squares` is the sum of R².
    """
    k, total = len(by_edition), sum(by_edition)
    within = k * total - squares
    if k < 2 or within == 0:
        reason = Undefined("too_few" if k < 2 else "no_differences")
        return Test(reason, max(k - 1, 0), reason)
    statistic = (k - 1) * (k * sum(each * each for each in by_edition) - total * total) / within
    return Test(statistic, k - 1, chi_square_tail(statistic, k - 1))


def cochran_armitage(x: Sequence[int], n: Sequence[int], scores: Sequence[float]) -> Slope:
    """The trend of x of n over editions, `scores` being their years; for different communities each time.

    z = sum s (x - n p) / √(p (1 - p) (sum n s² - (sum n s)² / N)). Undefined when all or nothing was met, or when the
    scores do not differ.
    """
    if any(not 0 <= part <= whole for part, whole in zip(x, n, strict=True)):
        raise ValueError("x must lie between 0 and n.")
    total = sum(n)
    met = sum(x)
    if not total:
        return _flat(Undefined("none_applied"))
    p = met / total
    centre = sum(whole * score for whole, score in zip(n, scores, strict=True)) / total
    spread = sum(whole * (score - centre) ** 2 for whole, score in zip(n, scores, strict=True))
    used = {score for whole, score in zip(n, scores, strict=True) if whole}
    if met in {0, total} or len(used) < 2 or spread == 0:
        return _flat(Undefined("no_variation"))
    gained = sum((score - centre) * part for part, score in zip(x, scores, strict=True))
    z = gained / sqrt(p * (1 - p) * spread)
    return Slope(z, z * z, two_sided(z))


def _flat(reason: Undefined) -> Slope:
    return Slope(reason, reason, reason)
