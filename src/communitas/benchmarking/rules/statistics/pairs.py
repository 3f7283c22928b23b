"""Counting pairs of marks by self and agreed, with what is no mark counted apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from communitas.benchmarking.rules.facts import NOT_APPLICABLE, Score
from communitas.benchmarking.rules.statistics.values import Undefined, Value

Table = Sequence[Sequence[int]]  # rows: self (or earlier), columns: agreed (or later), marks ascending


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of marks by self and agreed, and beside them the pairs that hold no two marks."""

    table: tuple[tuple[int, ...], ...]
    both_not_applicable: int = 0
    applicability_differs: int = 0
    not_scored: int = 0

    @property
    def n(self) -> int:
        """Pairs in which both are marks."""
        return sum(map(sum, self.table))

    @property
    def same(self) -> int:
        """Pairs with the same mark."""
        return sum(self.table[i][i] for i in range(len(self.table)))

    @property
    def within_one(self) -> int:
        """Pairs with the same mark or marks one step apart."""
        return sum(count for i, row in enumerate(self.table) for j, count in enumerate(row) if abs(i - j) <= 1)

    @property
    def self_higher(self) -> int:
        """Pairs in which the self-review gave the higher mark."""
        return sum(count for i, row in enumerate(self.table) for count in row[:i])

    @property
    def self_lower(self) -> int:
        """Pairs in which the self-review gave the lower mark."""
        return sum(count for i, row in enumerate(self.table) for count in row[i + 1 :])

    @property
    def applicability_agreement(self) -> Value:
        """The share of the scored pairs in which both found the criterion applicable, or both not."""
        scored = self.n + self.both_not_applicable + self.applicability_differs
        return (self.n + self.both_not_applicable) / scored if scored else Undefined("no_pairs")

    @property
    def below_top(self) -> tuple[int, int]:
        """How often both said 'not fully met', and how often either said so, counted once for each who did."""
        top = len(self.table) - 1
        both = sum(sum(row[:top]) for row in self.table[:top])
        return both, sum(map(sum, self.table[:top])) + sum(sum(row[:top]) for row in self.table)


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
