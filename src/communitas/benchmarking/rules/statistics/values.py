"""A number or the reason why there is none, and the likely range around a number."""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

Reason = Literal[
    "none_applied",  # no score stands in the denominator
    "no_pairs",  # nothing was scored twice
    "no_differences",  # no pair differs, so there is nothing to test
    "no_variation",  # everything is the same, so chance alone would agree always
    "too_few",  # the formula wants more values, groups or raters
    "wrong_scale",  # the constants hold for another scale
    "one_sided",  # one of two counts is zero, so that their ratio has no logarithm
    "infinite",  # the formula divides by zero at these counts
]


@dataclass(frozen=True, slots=True)
class Undefined:
    """A result that does not exist, with the reason; it is never written as 0, 1 or NaN."""

    reason: Reason


Value = float | Undefined


@dataclass(frozen=True, slots=True)
class Interval:
    """A likely range with both limits, in the unit of the figure it belongs to."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its standard error; both or neither are defined."""

    value: Value
    standard_error: Value


@dataclass(frozen=True, slots=True)
class Test:
    """A test statistic with its degrees of freedom and its P-value from the chi-square distribution."""

    __test__ = False  # no test of pytest's, though it is named so

    statistic: Value
    degrees: int
    p: Value


def z_value(confidence: float = 0.95) -> float:
    """The normal quantile of a two-sided interval: 1.96 for 0.95. ValueError unless 0 < confidence < 1."""
    if not 0 < confidence < 1:
        raise ValueError("confidence must lie between 0 and 1.")
    return NormalDist().inv_cdf(0.5 + confidence / 2)
