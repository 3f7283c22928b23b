"""Consultations: did people agree on a statement, and have their opinions stopped moving?

Sources: Fitch and others 2001, the RAND/UCLA appropriateness method user's manual; Diamond 2014 (75%); Scheibe, Skutsch
and Schofer 1975 (15%); Holey 2007 (kappa between rounds). Ratings from 1 to 9; the constants hold for that scale only.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from communitas.benchmarking.rules.statistics.agreement import kappa
from communitas.benchmarking.rules.statistics.quantiles import median, quantile, quartiles
from communitas.benchmarking.rules.statistics.values import Undefined, Value

NINE: Final = (1, 9)
CONSENSUS_PERCENT: Final = 75.0
STABLE_BELOW: Final = 15.0
_CENTRE, _BASE, _CORRECTION = 5, 2.35, 1.5
_HAIR = 1e-9


@dataclass(frozen=True, slots=True)
class Spread:
    """RAND/UCLA: people disagree when the middle 40% spread wider than `ipras`, the width that symmetry allows."""

    median: Value
    p30: Value
    p70: Value
    width: Value  # IPR, P70 - P30
    asymmetry: Value  # AI, how far the middle of the 40% lies from 5
    ipras: Value
    disagreement: bool | Undefined
    index: Value  # width / ipras: above 1 is disagreement


@dataclass(frozen=True, slots=True)
class Opinion:
    """One statement in one round; people who abstained are not among `n`."""

    n: int
    median: Value
    lower: Value
    upper: Value
    percent_agree: Value  # 7 to 9
    percent_disagree: Value  # 1 to 3
    consensus: bool | Undefined
    classic_disagreement: bool | Undefined
    outside_median_region: int | Undefined

    @property
    def iqr(self) -> Value:
        """The width between the quarters."""
        if isinstance(self.lower, Undefined) or isinstance(self.upper, Undefined):
            return Undefined("none_applied")
        return self.upper - self.lower


@dataclass(frozen=True, slots=True)
class Stability:
    """How opinions moved between two rounds, over the people who answered both."""

    n: int
    percent_changed: Value
    net_change_percent: Value  # Scheibe: half of what the columns of the histogram gained and lost
    median_change: Value
    iqr_change: Value
    kappa_quadratic: Value

    @property
    def stable(self) -> bool | Undefined:
        """Whether the net change is below 15%."""
        net = self.net_change_percent
        return net if isinstance(net, Undefined) else net < STABLE_BELOW - _HAIR


def spread(ratings: Sequence[int], *, scale: tuple[int, int] = NINE) -> Spread:
    """IPR = P70 - P30 against IPRAS = 2.35 + 1.5 |5 - (P30 + P70) / 2|, percentiles of type 7.

    Without ratings all is undefined; on another scale than 1 to 9 everything that needs the constants is.
    """
    _require_scale(ratings, scale)
    p30, p70 = quantile(ratings, 0.3), quantile(ratings, 0.7)
    if isinstance(p30, Undefined) or isinstance(p70, Undefined):
        nothing = Undefined("none_applied")
        return Spread(nothing, nothing, nothing, nothing, nothing, nothing, nothing, nothing)
    width = p70 - p30
    if scale != NINE:
        other = Undefined("wrong_scale")
        return Spread(median(ratings), p30, p70, width, other, other, other, other)
    asymmetry = abs(_CENTRE - (p30 + p70) / 2)
    allowed = _BASE + _CORRECTION * asymmetry
    return Spread(median(ratings), p30, p70, width, asymmetry, allowed, width > allowed + _HAIR, width / allowed)


def opinion(
    ratings: Sequence[int], *, consensus_percent: float = CONSENSUS_PERCENT, scale: tuple[int, int] = NINE
) -> Opinion:
    """Consensus is a share of 7 to 9 that reaches the threshold, fixed before round one, without disagreement."""
    _require_scale(ratings, scale)
    n = len(ratings)
    middle = median(ratings)
    quarters = quartiles(ratings)
    lower, upper = (quarters, quarters) if isinstance(quarters, Undefined) else (quarters[0], quarters[2])
    if isinstance(middle, Undefined) or scale != NINE:
        nothing = Undefined("wrong_scale" if n else "none_applied")
        return Opinion(n, middle, lower, upper, nothing, nothing, nothing, nothing, nothing)
    low, high = sum(rating <= 3 for rating in ratings), sum(rating >= 7 for rating in ratings)
    reached = 100 * high >= consensus_percent * n - _HAIR
    region = range(1, 4) if middle < 4 else range(4, 7) if middle <= 6 else range(7, 10)
    return Opinion(
        n=n,
        median=middle,
        lower=lower,
        upper=upper,
        percent_agree=100 * high / n,
        percent_disagree=100 * low / n,
        consensus=reached and spread(ratings).disagreement is False,
        classic_disagreement=min(low, high) >= classic_threshold(n),
        outside_median_region=sum(rating not in region for rating in ratings),
    )


def classic_threshold(n: int) -> int:
    """How many ratings in both 1-3 and 7-9 are disagreement: 3 of 8-10, 4 of 11-13, 5 of 14-16; else our third of n."""
    for sizes, threshold in ((range(8, 11), 3), (range(11, 14), 4), (range(14, 17), 5)):
        if n in sizes:
            return threshold
    return ceil(n / 3)


def stability(first: Sequence[int | None], second: Sequence[int | None], *, scale: tuple[int, int] = NINE) -> Stability:
    """Compare two rounds person by person; who left out either is left out. Kappa has every level of the scale."""
    pairs = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
    before, after = [a for a, _ in pairs], [b for _, b in pairs]
    _require_scale([*before, *after], scale)
    n = len(pairs)
    old, new = opinion(before, scale=scale), opinion(after, scale=scale)
    if not n:
        nothing = Undefined("no_pairs")
        return Stability(0, nothing, nothing, nothing, nothing, nothing)
    was, is_now = Counter(before), Counter(after)
    moved = sum(abs(was[level] - is_now[level]) for level in was.keys() | is_now.keys()) / 2
    levels = scale[1] - scale[0] + 1
    table = [[0] * levels for _ in range(levels)]
    for a, b in pairs:
        table[a - scale[0]][b - scale[0]] += 1
    return Stability(
        n=n,
        percent_changed=100 * sum(a != b for a, b in pairs) / n,
        net_change_percent=100 * moved / n,
        median_change=_less(new.median, old.median),
        iqr_change=_less(new.iqr, old.iqr),
        kappa_quadratic=kappa(table, "quadratic").value,
    )


def _less(new: Value, old: Value) -> Value:
    if isinstance(new, Undefined) or isinstance(old, Undefined):
        return Undefined("no_pairs")
    return new - old


def _require_scale(ratings: Sequence[int], scale: tuple[int, int]) -> None:
    if not all(scale[0] <= rating <= scale[1] for rating in ratings):
        raise ValueError("a rating must lie on the scale.")
