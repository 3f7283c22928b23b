"""A likely range for figures of the whole network, by drawing communities again and again.

Answers of one community hang together, so that the usual intervals on pooled answers are far too narrow (67% instead of
95% in our simulation). Resampling communities keeps them together.
"""

from collections.abc import Callable, Sequence
from typing import Final

from communitas.benchmarking.rules.statistics.pairs import Table
from communitas.benchmarking.rules.statistics.quantiles import quantile
from communitas.benchmarking.rules.statistics.values import Interval, Undefined, Value

DRAWS: Final = 1000


def bootstrap(
    tables: Sequence[Table],
    statistic: Callable[[Table], Value],
    *,
    seed: int,
    draws: int = DRAWS,
    confidence: float = 0.95,
) -> Interval | Undefined:
    """The percentile interval of a statistic of the sum of tables, one table (q x q) for each community.

    Each draw takes as many communities as there are, with repeats, by `numpy.random.default_rng(seed)`; keep the seed
    with the figure. Draws in which the statistic is undefined are left out. Undefined with fewer than two communities,
    or when the statistic is undefined in more than half of the draws.
    """
    import numpy as np

    if len(tables) < 2:
        return Undefined("too_few")
    stacked = np.asarray(tables, dtype=np.int64)
    chance = np.random.default_rng(seed)
    count = len(tables)
    times = chance.multinomial(count, np.full(count, 1 / count), size=draws)
    sums = np.tensordot(times, stacked, axes=1).tolist()
    found = [value for each in sums if not isinstance(value := statistic(each), Undefined)]
    if 2 * len(found) < draws:
        return Undefined("no_variation")
    tail = (1 - confidence) / 2
    low, high = quantile(found, tail), quantile(found, 1 - tail)
    if isinstance(low, Undefined) or isinstance(high, Undefined):
        return Undefined("no_variation")
    return Interval(low, high)
