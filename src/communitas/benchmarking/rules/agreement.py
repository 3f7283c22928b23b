"""How often the self-review and the review team gave the same mark.

Sources: Cohen 1968; Gwet 2008 and 2014 (AC1, AC2); Cicchetti and Feinstein 1990 (specific agreement). A team usually
sees the self-review first, so this is a match and no measure of accuracy.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from communitas.benchmarking.rules.facts import NOT_APPLICABLE, Score
from communitas.benchmarking.rules.figure import Figure, missing

Weighting = Literal["unweighted", "linear", "quadratic"]
Table = tuple[tuple[int, ...], ...]  # rows: self, columns: agreed, marks ascending
SHARE_FROM = 10
BEYOND_CHANCE_FROM = 30
SPECIFIC_FROM = 5

LABELS = {
    "exact": "You and the review team gave the same score",
    "within_one": "Same or one step apart",
    "beyond_chance": "Agreement after allowing for luck (1 = perfect, 0 = no better than luck)",
    "specific": "Where a standard was not fully met, how often both said so",
}


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of marks by self and agreed, and beside them the pairs that hold no two marks."""

    table: Table
    both_not_applicable: int = 0
    applicability_differs: int = 0
    not_scored: int = 0

    @property
    def n(self) -> int:
        """Pairs in which both are marks."""
        return sum(map(sum, self.table))

    @property
    def self_higher(self) -> int:
        """Pairs in which the self-review gave the higher mark."""
        return sum(count for i, row in enumerate(self.table) for count in row[:i])

    @property
    def self_lower(self) -> int:
        """Pairs in which the self-review gave the lower mark."""
        return sum(count for i, row in enumerate(self.table) for count in row[i + 1 :])

    @property
    def applicability_agreement(self) -> float | None:
        """Percent of the scored pairs in which both found the criterion applicable, or both not."""
        scored = self.n + self.both_not_applicable + self.applicability_differs
        return 100 * (self.n + self.both_not_applicable) / scored if scored else None


def pair_table(pairs: Iterable[tuple[Score, Score]], *, levels: int = 3) -> Pairs:
    """Count pairs of (self, agreed); `levels` is q, the number of marks of the scale, used or not."""
    table = [[0] * levels for _ in range(levels)]
    both = differs = unscored = 0
    for ours, theirs in pairs:
        if ours is None or theirs is None:
            unscored += 1
        elif ours == NOT_APPLICABLE or theirs == NOT_APPLICABLE:
            both += ours == theirs
            differs += ours != theirs
        else:
            table[ours][theirs] += 1
    return Pairs(tuple(tuple(row) for row in table), both, differs, unscored)


def weight(i: int, j: int, levels: int, weighting: Weighting) -> float:
    """How much a pair of marks agrees: 1 when equal, 0 at the ends of the scale, between by the weighting."""
    if weighting == "unweighted" or levels == 1:
        return float(i == j)
    apart = abs(i - j) / (levels - 1)
    return 1 - (apart if weighting == "linear" else apart**2)


def observed(table: Sequence[Sequence[int]], weighting: Weighting = "unweighted") -> float | None:
    """The weighted share of pairs that agree; None without pairs."""
    n = sum(map(sum, table))
    if not n:
        return None
    q = len(table)
    return sum(weight(i, j, q, weighting) * table[i][j] for i in range(q) for j in range(q)) / n


def kappa(table: Sequence[Sequence[int]], weighting: Weighting = "linear") -> float | None:
    """Cohen's kappa; None without pairs, or when chance alone would agree always (no variation)."""
    share = observed(table, weighting)
    if share is None:
        return None
    q = len(table)
    n = sum(map(sum, table))
    rows = [sum(row) for row in table]
    columns = [sum(row[j] for row in table) for j in range(q)]
    if any(row == column == n for row, column in zip(rows, columns, strict=True)):
        return None
    chance = sum(weight(i, j, q, weighting) * rows[i] * columns[j] for i in range(q) for j in range(q)) / n**2
    return (share - chance) / (1 - chance)


def gwet(table: Sequence[Sequence[int]], weighting: Weighting = "linear") -> float | None:
    """Gwet's AC1 (unweighted) or AC2; None without pairs."""
    share = observed(table, weighting)
    q = len(table)
    if share is None or q < 2:
        return None
    n = sum(map(sum, table))
    prevalence = [(sum(table[k]) + sum(row[k] for row in table)) / (2 * n) for k in range(q)]
    weights = sum(weight(i, j, q, weighting) for i in range(q) for j in range(q))
    chance = weights / (q * (q - 1)) * sum(p * (1 - p) for p in prevalence)
    return (share - chance) / (1 - chance)


def specific_agreement(table: Sequence[Sequence[int]], mark: int) -> float | None:
    """Of the times somebody gave a mark, the share in which both did; None when nobody gave it."""
    given = sum(table[mark]) + sum(row[mark] for row in table)
    return 2 * table[mark][mark] / given if given else None


def exact_figure(pairs: Pairs) -> Figure:
    """Percent of pairs with the same mark; counts only below 10 pairs."""
    return _share(pairs, observed(pairs.table))


def within_one_figure(pairs: Pairs) -> Figure:
    """Percent of pairs with the same mark or one step apart; counts only below 10 pairs."""
    close = sum(count for i, row in enumerate(pairs.table) for j, count in enumerate(row) if abs(i - j) <= 1)
    return _share(pairs, close / pairs.n if pairs.n else None)


def beyond_chance_figure(pairs: Pairs, *, coefficient: Literal["ac2", "kappa"] = "ac2") -> Figure:
    """Linear AC2 (or linear kappa) for the technical box; from 30 pairs, and only when scores vary."""
    if not pairs.n:
        return missing("no_pairs", 0)
    if pairs.n < BEYOND_CHANCE_FROM:
        return missing("too_few_to_calculate", pairs.n)
    value = kappa(pairs.table)
    if value is None:
        return missing("no_variation", pairs.n)
    if coefficient == "ac2":
        value = gwet(pairs.table)
    return missing("undefined", pairs.n) if value is None else Figure(value, pairs.n)


def specific_unmet_figure(pairs: Pairs) -> Figure:
    """Percent of agreement on 'not fully met' (all marks below the top taken together)."""
    top = len(pairs.table) - 1
    both = sum(sum(row[:top]) for row in pairs.table[:top])
    given = sum(map(sum, pairs.table[:top])) + sum(sum(row[:top]) for row in pairs.table)
    if given < SPECIFIC_FROM:
        return missing("too_few", given)
    return Figure(200 * both / given, given)


def _share(pairs: Pairs, share: float | None) -> Figure:
    if share is None:
        return missing("no_pairs", 0)
    if pairs.n < SHARE_FROM:
        return missing("too_few", pairs.n)
    return Figure(100 * share, pairs.n)
