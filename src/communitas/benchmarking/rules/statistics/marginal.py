"""Does one side give higher marks than the other? Tests and a difference from one square table of counts.

Sources: Stuart 1955 and Maxwell 1970; Bhapkar 1966; Bowker 1948; Agresti, Categorical Data Analysis (mean scores).
"""

from collections.abc import Sequence
from math import sqrt

from communitas.benchmarking.rules.statistics.distributions import chi_square_tail
from communitas.benchmarking.rules.statistics.pairs import Table
from communitas.benchmarking.rules.statistics.proportions import Difference
from communitas.benchmarking.rules.statistics.values import Estimate, Interval, Test, Undefined, z_value


def stuart_maxwell(table: Table) -> Test:
    """X² = d' V⁺ d with as many degrees of freedom as V has rank: do both sides use the marks equally often?

    d is the rows' totals less the columns'; V_ii = T_i. + T_.i - 2 T_ii and V_ij = -(T_ij + T_ji). Marks that never
    stand in a pair that differs take a degree away; undefined when no pair differs.
    """
    import numpy as np

    counts = np.asarray(table, dtype=float)
    difference = counts.sum(axis=1) - counts.sum(axis=0)
    both = counts + counts.T
    np.fill_diagonal(both, 0)
    degrees = _degrees(both.tolist())
    if degrees == 0:
        return Test(Undefined("no_differences"), 0, Undefined("no_differences"))
    spread = np.diag(both.sum(axis=1)) - both
    solution, *_ = np.linalg.lstsq(spread / both.max(), difference, rcond=None)
    statistic = max(float(difference @ solution) / float(both.max()), 0.0)
    return Test(statistic, degrees, chi_square_tail(statistic, degrees))


def bhapkar(table: Table) -> Test:
    """X² / (1 - X²/n) of Stuart and Maxwell's; undefined when no pair differs, or all of them in one direction only."""
    plain = stuart_maxwell(table)
    n = sum(map(sum, table))
    if isinstance(plain.statistic, Undefined):
        return plain
    left = 1 - plain.statistic / n
    if left <= 1e-9:  # X² has reached n, its bound
        return Test(Undefined("infinite"), plain.degrees, Undefined("infinite"))
    statistic = plain.statistic / left
    return Test(statistic, plain.degrees, chi_square_tail(statistic, plain.degrees))


def bowker(table: Table) -> Test:
    """Bowker's test of symmetry, one degree of freedom for each two marks that were confused; never printed."""
    statistic, degrees = 0.0, 0
    for i, row in enumerate(table):
        for j in range(i):
            confused = row[j] + table[j][i]
            if confused:
                statistic += (row[j] - table[j][i]) ** 2 / confused
                degrees += 1
    if not degrees:
        return Test(Undefined("no_differences"), 0, Undefined("no_differences"))
    return Test(statistic, degrees, chi_square_tail(statistic, degrees))


def mean_difference(
    table: Table, scores: Sequence[float] | None = None, *, confidence: float = 0.95
) -> tuple[Difference, Estimate] | Undefined:
    """The mean of row less column, m, with the interval m ± z √((mean of squares - m²) / n); undefined without pairs.

    `scores` are the marks as numbers, 0, 1, 2 ... without them. The estimate repeats m with its standard error.
    """
    values = scores if scores is not None else range(len(table))
    n = sum(map(sum, table))
    if not n:
        return Undefined("no_pairs")
    gaps = [(values[i] - values[j], count) for i, row in enumerate(table) for j, count in enumerate(row)]
    mean = sum(gap * count for gap, count in gaps) / n
    variance = sum((gap - mean) ** 2 * count for gap, count in gaps) / n
    error = sqrt(variance / n)
    reach = z_value(confidence) * error
    return Difference(mean, Interval(mean - reach, mean + reach)), Estimate(mean, error)


def _degrees(both: Sequence[Sequence[float]]) -> int:
    """The rank of V: the marks, less the groups of marks that were never confused with each other."""
    left = set(range(len(both)))
    groups = 0
    while left:
        groups += 1
        reached = [left.pop()]
        while reached:
            i = reached.pop()
            near = {j for j in left if both[i][j]}
            left -= near
            reached += near
    return len(both) - groups
