"""Do several people put things in the same order?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from communitas.benchmarking.rules.statistics.distributions import chi_square_tail
from communitas.benchmarking.rules.statistics.values import Test, Undefined, Value


@dataclass(frozen=True, slots=True)
class Concordance:
    """Kendall's W, 0 no common order and 1 the same order, with its test."""

    w: Value
    test: Test


def kendall_w(ratings: Sequence[Sequence[float]]) -> Concordance:
    """Kendall's W of subjects (rows) by raters (columns), corrected for ties; chi-square m (n - 1) W, n - 1 degrees.

    W = 12 S / (m² (n³ - n) - m sum T), S the squares of the subjects' rank sums about their mean, T = t³ - t of each
    rater's ties. Source: Kendall 1948, as irr::kendall(correct = TRUE). Undefined with fewer than two subjects or
    raters, or when nobody tells the subjects apart. For rankings only.
    """
    n, m = len(ratings), len(ratings[0]) if ratings else 0
    if n < 2 or m < 2:
        return _none(Undefined("too_few"), n)
    columns = [[row[rater] for row in ratings] for rater in range(m)]
    sums = [sum(places) for places in zip(*(mid_ranks(column) for column in columns), strict=True)]
    mean = m * (n + 1) / 2
    ties = sum(t**3 - t for column in columns for t in Counter(column).values())
    possible = m * m * (n**3 - n) - m * ties
    if possible == 0:
        return _none(Undefined("no_variation"), n)
    w = 12 * sum((each - mean) ** 2 for each in sums) / possible
    statistic = m * (n - 1) * w
    return Concordance(w, Test(statistic, n - 1, chi_square_tail(statistic, n - 1)))


def mid_ranks(values: Sequence[float]) -> list[float]:
    """The place of each value from 1 up; equal values share the middle of their places."""
    counts = Counter(values)
    place: dict[float, float] = {}
    before = 0
    for value in sorted(counts):
        place[value] = before + (counts[value] + 1) / 2
        before += counts[value]
    return [place[value] for value in values]


def _none(reason: Undefined, n: int) -> Concordance:
    return Concordance(reason, Test(reason, max(n - 1, 0), reason))
