"""What is printed of many communities side by side: the middle, and the quarter in which one stands. Never a rank."""

from collections.abc import Sequence
from typing import Final, Literal

from communitas.benchmarking.rules.figure import Figure, missing, whole
from communitas.benchmarking.rules.statistics.quantiles import median, percentile_rank, quartiles
from communitas.benchmarking.rules.statistics.values import Undefined
from communitas.kit.rulebook import rule

Band = Literal["lowest quarter", "middle half", "highest quarter"]
LABEL: Final = "The middle of the communities"
PLACE_LABEL: Final = "Compared with other communities"
MEDIAN_FROM: Final = 5
RANGE_FROM: Final = 12
PLACE_FROM: Final = 20


@rule
def spread_figure(percentages: Sequence[float]) -> Figure:
    """The middle of the communities is given from 5 of them, the quarters from 12, the ends never, to the office."""
    n = len(percentages)
    found = quartiles(percentages)
    middle = median(percentages)
    if isinstance(found, Undefined) or isinstance(middle, Undefined):
        return missing(LABEL, "none_applied", 0)
    if n < MEDIAN_FROM:
        return missing(LABEL, "small_group", n)
    words = f"{whole(middle)}%"
    if n >= RANGE_FROM:
        words += f"; half of the communities lie between {whole(found[0])}% and {whole(found[2])}%"
    return Figure(LABEL, words, n, value=middle)


def band(own: float, lower: float, upper: float) -> Band:
    """The quarter in which a percentage stands; on the border it belongs to the middle half."""
    if own < lower:
        return "lowest quarter"
    return "highest quarter" if own > upper else "middle half"


@rule
def place_figure(own: float, percentages: Sequence[float]) -> Figure:
    """A community's place among all is a quarter, from 20 of them, and never a rank.

    The value is its mid-rank. For the office; a member's own page uses the protected quarters of its peers.
    """
    n = len(percentages)
    rank = percentile_rank(percentages, own)
    found = quartiles(percentages)
    if isinstance(rank, Undefined) or isinstance(found, Undefined):
        return missing(PLACE_LABEL, "none_applied", 0)
    if n < PLACE_FROM:
        return missing(PLACE_LABEL, "small_group", n)
    return Figure(PLACE_LABEL, f"In the {band(own, found[0], found[2])}", n, value=rank)
