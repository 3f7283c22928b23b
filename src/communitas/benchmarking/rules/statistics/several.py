"""Many tests at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from communitas.benchmarking.rules.statistics.values import Undefined, Value

_HAIR = 1e-12  # what whole-number arithmetic would call equal


@dataclass(frozen=True, slots=True)
class Adjusted:
    """P-values after allowing for the number of tests; what could not be tested stays undefined and counts nowhere."""

    p: tuple[Value, ...]
    stands_out: tuple[bool | Undefined, ...]
    tested: int

    @property
    def found(self) -> int:
        """How many stand out."""
        return sum(each is True for each in self.stands_out)


def benjamini_hochberg(p: Sequence[Value], *, q: float = 0.05) -> Adjusted:
    """Benjamini and Hochberg 1995: the i-th smallest of m becomes the least of m p_j / j for j >= i, at most 1.

    Those up to q stand out: on average a share of at most q of them are false. ValueError for a P outside 0 to 1.
    """
    known = sorted((value, i) for i, value in enumerate(p) if not isinstance(value, Undefined))
    if not all(0 <= value <= 1 for value, _ in known):
        raise ValueError("a P-value must lie between 0 and 1.")
    m, least = len(known), 1.0
    adjusted: list[Value] = list(p)
    for rank in range(m, 0, -1):
        value, i = known[rank - 1]
        least = min(least, m * value / rank)
        adjusted[i] = least
    stands_out = tuple(each if isinstance(each, Undefined) else each <= q + _HAIR for each in adjusted)
    return Adjusted(tuple(adjusted), stands_out, m)
