"""Agreement of any number of raters, some of whom left units out.

Sources: Krippendorff, Computing Krippendorff's alpha-reliability, 2011; Gwet 2014 (AC and Fleiss' kappa with missing
ratings, as irrCAC computes them). A unit is what was rated, a row of counts: how many raters gave it each mark.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from communitas.benchmarking.rules.statistics.agreement import Weighting, weights
from communitas.benchmarking.rules.statistics.pairs import Table
from communitas.benchmarking.rules.statistics.values import Undefined, Value

Metric = Literal["nominal", "ordinal", "interval", "ratio"]
Units = Sequence[Sequence[int]]


def units_of(ratings: Sequence[Sequence[int | None]], *, levels: int) -> tuple[tuple[int, ...], ...]:
    """Counts per unit from rows of raters and columns of units; a rating is the position of its mark, None is none."""
    return tuple(
        tuple(sum(row[unit] == mark for row in ratings) for mark in range(levels))
        for unit in range(len(ratings[0]) if ratings else 0)
    )


def coincidences(units: Units, *, levels: int) -> list[list[float]]:
    """Krippendorff's table: each unit with m raters adds n_c (n_k - [c = k]) / (m - 1); one rated once adds nothing."""
    table = [[0.0] * levels for _ in range(levels)]
    for unit in units:
        raters = sum(unit)
        if raters < 2:
            continue
        for c in range(levels):
            for k in range(levels):
                table[c][k] += unit[c] * (unit[k] - (c == k)) / (raters - 1)
    return table


def alpha(coincidence: Sequence[Sequence[float]], metric: Metric, values: Sequence[float] | None = None) -> Value:
    """Krippendorff's alpha: 1 - (n - 1) sum o d² / sum n_c n_k d², the observed over the expected disagreement.

    `values` are the marks as numbers for interval and ratio, 0, 1, 2 ... without them. Undefined without pairs or when
    all ratings are the same.
    """
    q = len(coincidence)
    marginals = [sum(row) for row in coincidence]
    n = sum(marginals)
    if n == 0:
        return Undefined("no_pairs")
    distance = _distance(metric, marginals, values or [float(mark) for mark in range(q)])
    used = [(c, k) for c in range(q) for k in range(q) if c != k and marginals[c] and marginals[k]]
    expected = sum(marginals[c] * marginals[k] * distance(c, k) for c, k in used)
    if expected == 0:
        return Undefined("no_variation")
    return 1 - (n - 1) * sum(coincidence[c][k] * distance(c, k) for c, k in used) / expected


def alpha_of_table(table: Table, metric: Metric, values: Sequence[float] | None = None) -> Value:
    """Alpha of two raters who left nothing out: the coincidences are the table and its mirror."""
    q = len(table)
    return alpha([[table[c][k] + table[k][c] for k in range(q)] for c in range(q)], metric, values)


def observed_of_raters(units: Units, weighting: Weighting = "unweighted") -> Value:
    """The weighted share of agreeing pairs of raters, averaged over the units with at least two; undefined without."""
    shared = [unit for unit in units if sum(unit) >= 2]
    if not shared:
        return Undefined("no_pairs")
    return sum(_agreement_within(unit, weighting) for unit in shared) / len(shared)


def gwet_of_raters(units: Units, weighting: Weighting = "unweighted") -> Value:
    """Gwet's AC1 or AC2 of any number of raters; units rated once count in the shares of the marks only."""
    share = observed_of_raters(units, weighting)
    if isinstance(share, Undefined):
        return share
    prevalence = _prevalence(units)
    q = len(prevalence)
    if q < 2:
        return Undefined("no_variation")
    chance = sum(map(sum, weights(q, weighting))) / (q * (q - 1)) * sum(p * (1 - p) for p in prevalence)
    return (share - chance) / (1 - chance)


def fleiss_kappa(units: Units) -> Value:
    """Fleiss' kappa with missing ratings; undefined without pairs or when all ratings are the same. Never printed."""
    share = observed_of_raters(units)
    if isinstance(share, Undefined):
        return share
    prevalence = _prevalence(units)
    if max(prevalence) == 1:
        return Undefined("no_variation")
    chance = sum(p * p for p in prevalence)
    return (share - chance) / (1 - chance)


def _agreement_within(unit: Sequence[int], weighting: Weighting) -> float:
    q, raters = len(unit), sum(unit)
    w = weights(q, weighting)
    agreeing = sum(unit[k] * (sum(w[k][j] * unit[j] for j in range(q)) - 1) for k in range(q))
    return agreeing / (raters * (raters - 1))


def _prevalence(units: Iterable[Sequence[int]]) -> list[float]:
    rated = [unit for unit in units if sum(unit)]
    return [sum(unit[k] / sum(unit) for unit in rated) / len(rated) for k in range(len(rated[0]))]


def _distance(
    metric: Metric, marginals: Sequence[float], values: Sequence[float]
) -> Callable[[int, int], float]:  # squared, of two different marks
    def between(c: int, k: int) -> float:
        low, high = sorted((c, k))
        return sum(marginals[low : high + 1]) - (marginals[low] + marginals[high]) / 2

    match metric:
        case "nominal":
            return lambda _c, _k: 1.0
        case "ordinal":
            return lambda c, k: between(c, k) ** 2
        case "interval":
            return lambda c, k: (values[c] - values[k]) ** 2
        case "ratio":
            return lambda c, k: ((values[c] - values[k]) / (values[c] + values[k])) ** 2
