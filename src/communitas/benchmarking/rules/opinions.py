"""What is printed of a consultation on one statement."""

from collections.abc import Sequence
from typing import Final

from communitas.benchmarking.rules.figure import Figure, missing, whole
from communitas.benchmarking.rules.statistics.delphi import (
    CONSENSUS_PERCENT,
    Stability,
    opinion,
    spread,
)
from communitas.benchmarking.rules.statistics.values import Undefined
from communitas.kit.rulebook import rule

LABEL: Final = "What people thought of this statement"
SHOWN_FROM: Final = 5  # people of one group


@rule
def opinion_figure(
    ratings: Sequence[int], *, consensus_percent: float = CONSENSUS_PERCENT, moved: Stability | None = None
) -> Figure:
    """Whether most people agreed with a statement is told from 5 people of a group.

    The value is the percentage of 7 to 9. `consensus_percent` is fixed before round one. `moved` compares with the
    round before.
    """
    found = opinion(ratings, consensus_percent=consensus_percent)
    if not found.n:
        return missing(LABEL, "none_applied", 0, words="Nobody answered")
    if found.n < SHOWN_FROM:
        return missing(LABEL, "small_group", found.n)
    if isinstance(found.percent_agree, Undefined):
        return missing(LABEL, found.percent_agree.reason, found.n)
    if found.consensus is True:
        words = "Most people agreed"
    elif spread(ratings).disagreement is True:
        words = "People disagreed"
    elif moved is not None and moved.stable is False:
        words = "Opinions were still moving"
    else:
        words = "There was no clear opinion"
    return Figure(
        LABEL,
        f"{words} ({whole(found.percent_agree)}% rated it 7 to 9)",
        found.n,
        value=found.percent_agree,
    )
