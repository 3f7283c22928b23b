"""Tails of the binomial, chi-square and normal distributions, exact also for millions of scores."""

from math import erfc, sqrt


def at_most(x: int, n: int, p: float) -> float:
    """P(X <= x) for X binomial with n draws of probability p, through the incomplete beta function."""
    from scipy.special import betainc

    if x < 0:
        return 0.0
    if x >= n:
        return 1.0
    return float(betainc(n - x, x + 1, 1 - p))


def at_least(x: int, n: int, p: float) -> float:
    """P(X >= x); computed as a tail of its own, so that small ones keep their digits."""
    from scipy.special import betainc

    if x <= 0:
        return 1.0
    if x > n:
        return 0.0
    return float(betainc(x, n - x + 1, p))


def chi_square_tail(statistic: float, degrees: int) -> float:
    """P of a value at least as large as `statistic`, with at least one degree of freedom."""
    from scipy.special import chdtrc

    return float(chdtrc(degrees, statistic))


def two_sided(z: float) -> float:
    """P of a standard normal value at least as far from 0 as z."""
    return erfc(abs(z) / sqrt(2))
