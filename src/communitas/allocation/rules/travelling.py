"""How far the road is, what a drive costs, and when amounts may still change: the travel and cost sheet of a visit."""

from collections.abc import Mapping
from typing import Final

from communitas.kit.rulebook import rule

DETOUR: Final = 1.3  # roads against the great circle
KM: Final[Mapping[str, float]] = {"km": 1.0, "mile": 1.609344}


def road_km(great_circle_km: float) -> int:
    """Whole kilometres by road, there and back: twice the great circle, times 1.3 for the bends of roads.

    An estimate: roads are longer than the straight line by a factor between 1.2 (United States) and 1.4 (England).
    R. H. Ballou, H. Rahardja and N. Sakai, Selected country circuity factors for road travel distance estimation,
    Transportation Research Part A 36 (2002), pages 843 to 848.
    """
    return round(2 * DETOUR * great_circle_km)


def drive_pence(km: int, *, rate: int, unit: str) -> int:
    """What a drive is expected to cost, in whole pence: kilometres by the `rate` for each `unit`, mile or km."""
    return round(km / KM[unit] * rate)


@rule
def own_amounts_are_open(agreed: int | None) -> bool:
    """Once the office has agreed an amount, only the office changes what a journey costs."""
    return agreed is None


@rule
def paid_only_when_agreed(agreed: int | None, is_paid: bool) -> bool:
    """An amount is agreed before it is paid."""
    return agreed is not None or not is_paid
