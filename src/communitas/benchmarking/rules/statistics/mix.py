"""Is a result unusual given which standards applied? Some are harder than others, and not applicable shifts the mix."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from communitas.benchmarking.rules.facts import NOT_APPLICABLE, Score
from communitas.benchmarking.rules.statistics.values import Undefined, Value


@dataclass(frozen=True, slots=True)
class Mix:
    """What a community met, what the network's shares on the same criteria would let expect, and how far apart."""

    n: int
    observed: int
    expected: Value
    variance: Value
    z: Value


def expected_from_mix(rates: Sequence[float | None], scores: Sequence[Score], *, top: int = 2) -> Mix:
    """O met against E = sum p and V = sum p (1 - p) over the criteria scored here; z = (O - E) / √V.

    `rates` are the network's shares met, between 0 and 1; a criterion without one is left out. Undefined when nothing
    is left; z also when V is 0, that is when the network met all or none of each.
    """
    used = [
        (rate, score)
        for rate, score in zip(rates, scores, strict=True)
        if rate is not None and score is not None and score != NOT_APPLICABLE
    ]
    if not all(0 <= rate <= 1 for rate, _ in used):
        raise ValueError("a rate must lie between 0 and 1.")
    observed = sum(score == top for _, score in used)
    if not used:
        nothing = Undefined("none_applied")
        return Mix(0, 0, nothing, nothing, nothing)
    expected = sum(rate for rate, _ in used)
    variance = sum(rate * (1 - rate) for rate, _ in used)
    z: Value = (observed - expected) / sqrt(variance) if variance > 0 else Undefined("no_variation")
    return Mix(len(used), observed, expected, variance, z)
