"""What is printed of a change between two reviews, and from how many pairs on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from communitas.benchmarking.rules.figure import Figure, missing, p_in_words, points_in_words, scaled, several
from communitas.benchmarking.rules.statistics.paired import Paired, mcnemar_mid_p, newcombe
from communitas.benchmarking.rules.statistics.several import benjamini_hochberg
from communitas.benchmarking.rules.statistics.values import Interval, Undefined, Value
from communitas.kit.rulebook import rule

__all__ = ["CHANGE_LABEL", "SHOW_CHANGE_FROM", "Change", "Paired", "change", "change_figure", "network_changes"]

CHANGE_LABEL: Final = "Change since last review"
NETWORK_LABEL: Final = "Change between the cycles"
ALLOWED_FOR_MANY: Final = "We test many standards; we allowed for that."
SHOW_CHANGE_FROM: Final = 10
FALSE_FINDINGS: Final = 0.05  # the share of standards that stand out by chance, at most


@dataclass(frozen=True, slots=True)
class Change:
    """Second share less first, in shares (0.06 is 6 points), with its likely range and the mid-P of McNemar."""

    difference: float
    interval: Interval
    p: Value  # undefined when no pair differs
    n: int


@dataclass(frozen=True, slots=True)
class NetworkChanges:
    """One figure for each criterion, whether it stands out after allowing for all, and how many were tested (m)."""

    figures: tuple[Figure, ...]
    stands_out: tuple[bool, ...]
    tested: int


def change(pairs: Paired) -> Change | None:
    """Second less first, such as this cycle less the last; None without pairs."""
    found = newcombe(pairs)
    if isinstance(found, Undefined):
        return None
    p = mcnemar_mid_p(pairs.first_only, pairs.second_only)
    return Change(-found.difference, Interval(-found.interval.high, -found.interval.low), p, pairs.n)


@rule
def change_figure(pairs: Paired, changed: Sequence[str] = ()) -> Figure:
    """A change is given in points from 10 pairs; below that the changed standards are listed.

    `changed` are their codes. Without a pair that differs it is 'No change'; the likely range is still given.
    """
    found = change(pairs)
    if found is None:
        return missing(CHANGE_LABEL, "no_pairs", 0)
    if pairs.n < SHOW_CHANGE_FROM:
        words = f"Changed: {', '.join(changed)}" if changed else "No change" if not pairs.discordant else None
        return missing(CHANGE_LABEL, "too_few", pairs.n, words=words)
    words = points_in_words(found.difference) if pairs.discordant else "No change"
    return Figure(CHANGE_LABEL, words, pairs.n, value=100 * found.difference, interval=scaled(found.interval))


@rule
def network_changes(criteria: Sequence[Paired]) -> NetworkChanges:
    """A change on a criterion stands out only after allowing for the number of criteria tested.

    `criteria` are pairs over the communities of both cycles. One stands out when, after Benjamini and Hochberg at
    0.05, its changes lean one way more than chance explains. Criteria that nobody's mark changed on are not tested and
    leave m. Exact, for the office.
    """
    found = [change(pairs) for pairs in criteria]
    tests: list[Value] = [Undefined("no_pairs") if each is None else each.p for each in found]
    adjusted = benjamini_hochberg(tests, q=FALSE_FINDINGS)
    stands_out = tuple(each is True for each in adjusted.stands_out)
    figures = tuple(
        _network_figure(pairs, each, p, out)
        for pairs, each, p, out in zip(criteria, found, adjusted.p, stands_out, strict=True)
    )
    return NetworkChanges(figures, stands_out, adjusted.tested)


def _network_figure(pairs: Paired, found: Change | None, p: Value, stands_out: bool) -> Figure:
    if found is None:
        return missing(NETWORK_LABEL, "no_pairs", 0)
    if pairs.n < SHOW_CHANGE_FROM:
        return missing(NETWORK_LABEL, "small_group", pairs.n)
    if not pairs.discordant:
        words = f"No change in {several(pairs.n, 'community', 'communities')}"
    else:
        words = f"{points_in_words(found.difference)} (P after allowing for all tests {p_in_words(p)})"
        if stands_out:
            words += ": more changes one way than chance explains"
    return Figure(NETWORK_LABEL, words, pairs.n, value=100 * found.difference, interval=scaled(found.interval))
