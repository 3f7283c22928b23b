"""What is printed of a share of standards met, and from how many scores on."""

from typing import Final

from communitas.benchmarking.rules.counts import Counts
from communitas.benchmarking.rules.figure import WORDS, Figure, missing, percent_in_words, scaled
from communitas.benchmarking.rules.statistics.proportions import wilson
from communitas.kit.rulebook import rule

LABEL: Final = "Standards you met"
NETWORK_LABEL: Final = "Communities that met this standard"
SHOW_PERCENT_FROM: Final = 5
SMALL_NUMBER_BELOW: Final = 10
COMMUNITIES_FROM: Final = 5


@rule
def share_met(counts: Counts) -> Figure:
    """The percentage met in one community is a count below 5 scores, and has a caution below 10."""
    n = counts.n
    if n == 0:
        return missing(LABEL, "none_applied", 0)
    plain = f"{counts.met} of {n} that applied"
    if n < SHOW_PERCENT_FROM:
        return missing(LABEL, "too_few", n, words=plain)
    share = counts.met / n
    small = n < SMALL_NUMBER_BELOW
    return Figure(
        LABEL,
        f"{plain} ({percent_in_words(share)}{', a small number' if small else ''})",
        n,
        value=100 * share,
        caution="small_number" if small else None,
        interval=scaled(wilson(counts.met, n)),
    )


@rule
def share_of_communities(met: int, communities: int) -> Figure:
    """The percentage of participating communities that met a criterion is given from 5 of them, to the office."""
    if communities == 0:
        return missing(NETWORK_LABEL, "none_applied", 0)
    if communities < COMMUNITIES_FROM:
        return missing(NETWORK_LABEL, "small_group", communities)
    share = met / communities
    words = f"{percent_in_words(share)} of participating communities ({met} of {communities})"
    return Figure(NETWORK_LABEL, words, communities, value=100 * share, interval=scaled(wilson(met, communities)))


def in_words(counts: Counts) -> str:
    """'41 of 48 that applied (85%)': always the denominator, the percentage where there are enough."""
    return share_met(counts).words if counts.n else WORDS["none_applied"]
