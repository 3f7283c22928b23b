"""A plan as it is written: who visits whom on which date, what stays empty and why, and what it costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from communitas.allocation.rules.problem import WEIGHTS, Seat, Weight

SCHEMA: Final = 1
ALMOST_NOTHING: Final = 1e-6  # a difference of costs below this comes from rounding


@dataclass(frozen=True, slots=True)
class Seated:
    """A person in a seat."""

    reviewer: str
    seat: Seat


@dataclass(frozen=True, slots=True)
class Empty:
    """A seat that nobody fills, and why."""

    seat: Seat
    reason: str


@dataclass(frozen=True, slots=True)
class Visit:
    """A host that is placed."""

    host: str
    date: date
    team: tuple[Seated, ...]
    unfilled: tuple[Empty, ...] = ()


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A host that is not visited, and why."""

    host: str
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan with its cost in parts, one for each weight, and a bound under the cost of any plan."""

    visits: tuple[Visit, ...]
    unplaced: tuple[Unplaced, ...]
    parts: Mapping[Weight, float]
    bound: float
    seconds: float
    seed: int
    workers: int
    solver: str

    @property
    def cost(self) -> float:
        """The sum of the parts."""
        return sum(self.parts[weight] for weight in WEIGHTS)

    @property
    def gap(self) -> float:
        """How far the bound lies below the cost, as a share of what the plan pays beside holes."""
        return gap_of(self.parts, self.bound)

    def as_json(self) -> dict[str, Any]:
        """The plan in the words of the file."""
        return {
            "schema": SCHEMA,
            "visits": [
                {
                    "host": visit.host,
                    "date": visit.date.isoformat(),
                    "team": [{"reviewer": one.reviewer, "as": one.seat} for one in visit.team],
                    "unfilled": [{"as": one.seat, "reason": one.reason} for one in visit.unfilled],
                }
                for visit in self.visits
            ],
            "unplaced": [{"host": one.host, "reason": one.reason} for one in self.unplaced],
            "cost": self.cost,
            "parts": dict(self.parts),
            "bound": self.bound,
            "gap": self.gap,
            "seconds": round(self.seconds, 3),
            "seed": self.seed,
            "workers": self.workers,
            "solver": self.solver,
        }


def gap_of(parts: Mapping[Weight, float], bound: float) -> float:
    """(cost - bound) / sum of the absolute parts other than empty seats and unplaced hosts; 0 when they are equal."""
    cost = sum(parts[weight] for weight in WEIGHTS)
    if cost == bound:
        return 0.0
    paid = sum(abs(parts[weight]) for weight in WEIGHTS if weight not in ("unfilled_seat", "unplaced_host"))
    return (cost - bound) / paid if paid else cost - bound
