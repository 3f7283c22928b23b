"""The thresholds of disclosure control that a network sets: it may be stricter than the floors, never laxer."""

from collections.abc import Mapping
from typing import Final

from communitas.kit.exceptions import NotAllowed

FLOORS: Final[Mapping[str, int]] = {
    "people": 5,
    "communities": 5,
    "colluders": 2,
    "rounding": 5,
    "criterion": 10,
    "whole_numbers": 20,
}
DEFAULTS: Final[Mapping[str, int]] = {**FLOORS, "people": 10}
DOMINANCE_CEILING: Final = 50


def refuse_lax(values: Mapping[str, float]) -> None:
    """A threshold is never laxer than its floor."""
    lax = [name for name, floor in FLOORS.items() if values.get(name, floor) < floor]
    if lax or values.get("dominance", DOMINANCE_CEILING) > DOMINANCE_CEILING:
        names = ", ".join(lax or ["dominance"]).replace("_", " ")
        raise NotAllowed(f"A threshold is never laxer than its floor: {names}.")
