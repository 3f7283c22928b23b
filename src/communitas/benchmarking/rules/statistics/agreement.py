"""How often two sides gave the same mark, and how much of it luck alone would give. All from one table of counts.

Sources: Cohen 1960 and 1968 (kappa); Fleiss, Cohen and Everitt 1969 (its standard error); Gwet 2008 and 2014 (AC1, AC2
and their standard errors, divisor n); Cicchetti and Feinstein 1990 (specific agreement); Bangdiwala 1985. Tables are
square, marks ascending, and hold every mark of the scale, used or not. A team usually sees the self-review first, so
this is a match and no measure of accuracy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from communitas.benchmarking.rules.statistics.pairs import Table
from communitas.benchmarking.rules.statistics.values import Estimate, Undefined, Value

Weighting = Literal["unweighted", "linear", "quadratic"]
Weights = tuple[tuple[float, ...], ...]


def weight(i: int, j: int, levels: int, weighting: Weighting) -> float:
    """How much a pair of marks agrees: 1 when equal, 0 at the ends of the scale, between by the weighting."""
    if weighting == "unweighted" or levels == 1:
        return float(i == j)
    apart = abs(i - j) / (levels - 1)
    return 1 - (apart if weighting == "linear" else apart**2)


def weights(levels: int, weighting: Weighting) -> Weights:
    """All weights of a scale with that many levels."""
    return tuple(tuple(weight(i, j, levels, weighting) for j in range(levels)) for i in range(levels))


@dataclass(frozen=True, slots=True)
class _Shares:
    """A table as shares of its pairs, with the shares of its rows and columns."""

    n: int
    cells: tuple[tuple[float, ...], ...]
    rows: tuple[float, ...]
    columns: tuple[float, ...]

    @property
    def levels(self) -> range:
        return range(len(self.cells))

    def observed(self, w: Weights) -> float:
        """Po, the weighted share that agrees."""
        return sum(w[i][j] * self.cells[i][j] for i in self.levels for j in self.levels)


def _shares(table: Table) -> _Shares | None:
    q = len(table)
    if any(len(row) != q for row in table):
        raise ValueError("the table must be square.")
    n = sum(map(sum, table))
    if not n:
        return None
    cells = tuple(tuple(count / n for count in row) for row in table)
    rows = tuple(sum(row) / n for row in table)
    columns = tuple(sum(row[j] for row in table) / n for j in range(q))
    return _Shares(n, cells, rows, columns)


def observed(table: Table, weighting: Weighting = "unweighted") -> Value:
    """Po, the weighted share of pairs that agree; undefined without pairs."""
    shares = _shares(table)
    return shares.observed(weights(len(table), weighting)) if shares else Undefined("no_pairs")


def kappa(table: Table, weighting: Weighting = "linear") -> Estimate:
    """Cohen's kappa (Po - Pe) / (1 - Pe) with Pe = sum of w r c, and its large-sample standard error.

    Undefined without pairs, and when both sides gave one same mark always. Zero when one side alone never varied.
    """
    shares = _shares(table)
    if shares is None:
        return _nothing("no_pairs")
    w = weights(len(table), weighting)
    if any(row == column == 1 for row, column in zip(shares.rows, shares.columns, strict=True)):
        return _nothing("no_variation")
    by_row = [sum(w[i][j] * shares.columns[j] for j in shares.levels) for i in shares.levels]
    by_column = [sum(w[i][j] * shares.rows[i] for i in shares.levels) for j in shares.levels]
    chance = sum(shares.rows[i] * by_row[i] for i in shares.levels)
    value = (shares.observed(w) - chance) / (1 - chance)
    spread = sum(
        shares.cells[i][j] * (w[i][j] - (1 - value) * (by_row[i] + by_column[j])) ** 2
        for i in shares.levels
        for j in shares.levels
    )
    variance = (spread - (value - chance * (1 - value)) ** 2) / (shares.n * (1 - chance) ** 2)
    return Estimate(value, sqrt(max(variance, 0.0)))


def custom_kappa(table: Table, disagreement: Sequence[Sequence[float]]) -> Value:
    """Cohen's kappa of 1968, 1 - (sum v p) / (sum v r c), with weights v of how bad each disagreement is."""
    shares = _shares(table)
    if shares is None:
        return Undefined("no_pairs")
    cells = [(i, j) for i in shares.levels for j in shares.levels]
    expected = sum(disagreement[i][j] * shares.rows[i] * shares.columns[j] for i, j in cells)
    if expected == 0:
        return Undefined("no_variation")
    return 1 - sum(disagreement[i][j] * shares.cells[i][j] for i, j in cells) / expected


def gwet(table: Table, weighting: Weighting = "linear") -> Estimate:
    """Gwet's AC1 (unweighted) or AC2, with Pe = (sum w) / q(q-1) times the sum of pi (1 - pi), and its standard error.

    pi is the mean of the two sides' shares of a mark. Undefined without pairs or with a scale of one mark.
    """
    shares = _shares(table)
    q = len(table)
    if shares is None or q < 2:
        return _nothing("no_pairs" if shares is None else "no_variation")
    w = weights(q, weighting)
    prevalence = [(row + column) / 2 for row, column in zip(shares.rows, shares.columns, strict=True)]
    scale = sum(map(sum, w)) / (q * (q - 1))
    chance = scale * sum(p * (1 - p) for p in prevalence)
    agreed = shares.observed(w)
    value = (agreed - chance) / (1 - chance)
    spread = sum(
        shares.cells[i][j] * (w[i][j] - 2 * (1 - value) * scale * (1 - (prevalence[i] + prevalence[j]) / 2)) ** 2
        for i in shares.levels
        for j in shares.levels
    )
    variance = (spread - (agreed - 2 * (1 - value) * chance) ** 2) / (shares.n * (1 - chance) ** 2)
    return Estimate(value, sqrt(max(variance, 0.0)))


def specific_agreement(table: Table, mark: int) -> Value:
    """Of the times somebody gave a mark, the share in which both did: 2 T_kk / (T_k. + T_.k)."""
    given = sum(table[mark]) + sum(row[mark] for row in table)
    return 2 * table[mark][mark] / given if given else Undefined("none_applied")


def bangdiwala(table: Table) -> Value:
    """Bangdiwala's B, the sum of T_kk² over the sum of T_k. T_.k; computed for comparison, never printed."""
    possible = sum(sum(table[k]) * sum(row[k] for row in table) for k in range(len(table)))
    if possible == 0:
        return Undefined("no_pairs" if not sum(map(sum, table)) else "infinite")
    return sum(table[k][k] ** 2 for k in range(len(table))) / possible


def _nothing(reason: Literal["no_pairs", "no_variation"]) -> Estimate:
    return Estimate(Undefined(reason), Undefined(reason))
