"""Funnels for communities that differ more than chance explains, so that fewer are flagged for nothing.

Sources: Spiegelhalter 2005, Quality and Safety in Health Care 14:347, and Spiegelhalter and others 2012, JRSS A 175:1
(arcsine scale, winsorised, additive and multiplicative), as FunnelPlotR computes its type PR.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, pi, sin, sqrt
from typing import Final

from communitas.benchmarking.rules.statistics.distributions import chi_square_tail
from communitas.benchmarking.rules.statistics.funnel import Limits
from communitas.benchmarking.rules.statistics.quantiles import quantile
from communitas.benchmarking.rules.statistics.values import Undefined, Value

Z_95: Final = 1.959964
Z_998: Final = 3.090232
CUT: Final = 0.1  # the share of z at either end that is pulled in to where it begins


@dataclass(frozen=True, slots=True)
class Overdispersion:
    """How much communities differ beyond chance, and the z of each when that is allowed for.

    `phi` is the mean of the winsorised z², near 1 when chance explains all; `tau2` the additional variance on the
    arcsine scale; `p` of phi from chi-square. A community without scores has no z.
    """

    theta: float
    z: tuple[Value, ...]
    phi: float
    tau2: float
    z_additive: tuple[Value, ...]
    z_multiplicative: tuple[Value, ...]
    p: float

    def limits(self, n: int) -> Limits | Undefined:
        """The funnel at n: sin²(y0 ± z √(1/4n + tau²)), the angle cut at 0 and a right angle; undefined at 0."""
        if n == 0:
            return Undefined("none_applied")
        centre, error = asin(sqrt(self.theta)), sqrt(1 / (4 * n) + self.tau2)

        def limit(z: float) -> float:
            return sin(min(max(centre + z * error, 0.0), pi / 2)) ** 2

        return Limits(limit(-Z_95), limit(Z_95), limit(-Z_998), limit(Z_998))


def overdispersion(x: Sequence[int], n: Sequence[int]) -> Overdispersion | Undefined:
    """Compare x of n over communities: y = asin √(x/n), s = 1 / (2 √n), z = (y - y0) / s about the pooled share.

    tau² is 0 when I phi < I - 1, else (I phi - (I - 1)) / (sum w - sum w² / sum w) with w = 1/s². Limits are never
    made narrower than chance alone: phi below 1 counts as 1. Undefined when nobody scored.
    """
    if any(not 0 <= part <= whole for part, whole in zip(x, n, strict=True)):
        raise ValueError("x must lie between 0 and n.")
    if not sum(n):
        return Undefined("none_applied")
    theta = sum(x) / sum(n)
    centre = asin(sqrt(theta))
    gaps = [asin(sqrt(part / whole)) - centre if whole else None for part, whole in zip(x, n, strict=True)]
    z = [2 * sqrt(whole) * gap for gap, whole in zip(gaps, n, strict=True) if gap is not None]
    count = len(z)
    phi = sum(value * value for value in winsorised(z)) / count
    precision = [4 * whole for whole in n if whole]
    excess = count * phi - (count - 1)
    room = sum(precision) - sum(w * w for w in precision) / sum(precision)
    tau2 = excess / room if excess > 0 and room > 0 else 0.0
    wider = sqrt(max(1.0, phi))
    nothing = Undefined("none_applied")

    def each(errors: Sequence[float]) -> tuple[Value, ...]:
        return tuple(nothing if gap is None else gap / error for gap, error in zip(gaps, errors, strict=True))

    chance = [1 / (2 * sqrt(whole)) if whole else 0.0 for whole in n]
    return Overdispersion(
        theta=theta,
        z=each(chance),
        phi=phi,
        tau2=tau2,
        z_additive=each([sqrt(error * error + tau2) for error in chance]),
        z_multiplicative=each([error * wider for error in chance]),
        p=chi_square_tail(count * phi, count),
    )


def winsorised(values: Sequence[float]) -> list[float]:
    """The values with the lowest and highest tenth pulled in to the 10% and 90% quantile of type 7."""
    low, high = quantile(values, CUT), quantile(values, 1 - CUT)
    if isinstance(low, Undefined) or isinstance(high, Undefined):
        return []
    return [min(max(value, low), high) for value in values]
