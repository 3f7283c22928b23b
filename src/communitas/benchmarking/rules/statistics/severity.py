"""How much more severe one of two raters is. For training only: never in a report beside a name, never a correction."""

from dataclasses import dataclass
from math import log, sqrt

from communitas.benchmarking.rules.statistics.values import Estimate, Interval, Undefined, z_value


@dataclass(frozen=True, slots=True)
class Severity:
    """Log-odds severity of the second rater against the first: above 0 when the second gives fewer 'met'."""

    estimate: Estimate
    interval: Interval | Undefined


def pairwise_severity(first_only: int, second_only: int, *, confidence: float = 0.95) -> Severity:
    """ln(n10 / n01) with variance 1/n10 + 1/n01: n10 met by the first rater only, n01 by the second only.

    The conditional estimate of a two-rater Rasch model (Andersen 1973). Undefined when either count is 0.
    """
    if first_only < 0 or second_only < 0:
        raise ValueError("counts may not be negative.")
    if not first_only or not second_only:
        nothing = Undefined("one_sided")
        return Severity(Estimate(nothing, nothing), nothing)
    value = log(first_only) - log(second_only)
    error = sqrt(1 / first_only + 1 / second_only)
    reach = z_value(confidence) * error
    return Severity(Estimate(value, error), Interval(value - reach, value + reach))
