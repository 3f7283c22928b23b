"""Where the communities of a group lie, told so coarsely that none can be found: the ground of a funnel plot."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from communitas.benchmarking.rules.disclosure.parameters import Parameters
from communitas.benchmarking.rules.disclosure.primary import rounded
from communitas.benchmarking.rules.disclosure.values import HIDDEN, Hidden
from communitas.kit.rulebook import rule

WIDTH: Final = 10  # per cent met


@dataclass(frozen=True, slots=True)
class Bin:
    """From `low` up to `high` per cent met lies this share of the communities, in whole fives of a hundred."""

    low: int
    high: int
    percent: int


@rule
def density(percentages: Sequence[float], parameters: Parameters) -> tuple[Bin, ...] | Hidden:
    """The ground of a funnel plot is told in bins that hold at least five communities each, from twenty on.

    Bins of ten points are joined from below until enough stand in them; what is left joins the last. Hidden in groups
    too small for quarters. Only for groups whose cell is shown as percentages; the reader's own dot is drawn beside.
    Two members that pool what they know find at least three others in every bin.
    """
    n = len(percentages)
    if n < parameters.whole_numbers:
        return HIDDEN
    counts = [0] * (100 // WIDTH)
    for each in percentages:
        counts[min(int(each // WIDTH), len(counts) - 1)] += 1
    edges: list[tuple[int, int, int]] = []
    low, inside = 0, 0
    for i, count in enumerate(counts):
        inside += count
        if inside >= parameters.communities:
            edges.append((low, WIDTH * (i + 1), inside))
            low, inside = WIDTH * (i + 1), 0
    if low < 100:
        start, _, before = edges.pop()
        edges.append((start, 100, before + inside))
    return tuple(Bin(start, end, rounded(count, n, parameters.rounding)) for start, end, count in edges)
