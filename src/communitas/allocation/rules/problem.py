"""A problem of allocation as it was read: who hosts, who may review, and by which settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from math import asin, cos, radians, sin, sqrt
from typing import Final, Literal, get_args

Pathway = Literal["peer_review", "accreditation"]
Kind = Literal["staff", "client_member"]
Level = Literal["reviewer", "lead", "specialist"]
Seat = Literal["lead", "specialist", "staff", "client_member"]
Weight = Literal[
    "km",
    "date_rank",
    "unknown_type",
    "ledger",
    "no_experience",
    "unfilled_seat",
    "unplaced_host",
    "changed_date",
    "changed_seat",
]
Overridable = Literal["own organisation", "conflict", "no_repeat_cycles", "max_distance_km"]

PATHWAYS: Final[tuple[Pathway, ...]] = get_args(Pathway)
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
LEVELS: Final[tuple[Level, ...]] = get_args(Level)
SEATS: Final[tuple[Seat, ...]] = get_args(Seat)
WEIGHTS: Final[tuple[Weight, ...]] = get_args(Weight)
OVERRIDABLE: Final[tuple[Overridable, ...]] = get_args(Overridable)
"""The rules that two people may set aside for one reviewer at one host; every other rule holds for everybody."""

EARTH_RADIUS_KM: Final = 6371.0088
EXPERIENCED: Final = 3  # visits done, from which on a person counts as experienced

DEFAULT_SEATS: Final[Mapping[Pathway, Mapping[Seat, int]]] = {
    "peer_review": {"lead": 1, "staff": 2, "client_member": 1},
    "accreditation": {"lead": 1, "specialist": 1, "staff": 1, "client_member": 1},
}
DEFAULT_WEIGHTS: Final[Mapping[Weight, float]] = {
    "km": 1.0,
    "date_rank": 25.0,
    "unknown_type": 60.0,
    "ledger": 15.0,
    "no_experience": 120.0,
    "unfilled_seat": 100_000.0,
    "unplaced_host": 1_000_000.0,
    "changed_date": 2_000.0,
    "changed_seat": 300.0,
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the office has decided; every field has its default."""

    seats: Mapping[Pathway, Mapping[Seat, int]] = field(default_factory=lambda: DEFAULT_SEATS)
    no_swap: bool = True
    no_repeat_cycles: int = 3
    max_distance_km: float = 400.0
    max_same_community: int = 2
    weights: Mapping[Weight, float] = field(default_factory=lambda: DEFAULT_WEIGHTS)

    def seats_of(self, pathway: Pathway) -> tuple[Seat, ...]:
        """The seats of a team one by one, in the order of `SEATS`."""
        counts = self.seats[pathway]
        return tuple(seat for seat in SEATS for _ in range(counts.get(seat, 0)))


@dataclass(frozen=True, slots=True)
class Host:
    """A community that is visited in this cycle; `dates` stand with the preferred one first."""

    id: str
    organisation: str | None
    type: str
    lat: float
    lon: float
    pathway: Pathway
    dates: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A person who may review; `community` is None for somebody independent."""

    id: str
    community: str | None
    organisation: str | None
    kind: Kind
    levels: frozenset[Level]
    types: frozenset[str]
    experience: float
    available: frozenset[date]
    max_visits: int
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Pin:
    """Somebody decided this already: the date of a host and, it may be, a person and the person's seat."""

    host: str
    date: date
    reviewer: str | None = None
    seat: Seat | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """Somebody of `community` reviewed `host` in `cycle`."""

    community: str
    host: str
    cycle: int


@dataclass(frozen=True, slots=True)
class PastVisit:
    """A visit of the plan that held until now; its people may have left the problem."""

    host: str
    date: date
    team: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything the solver is told. Hosts and reviewers stand in the order of the file."""

    cycle: int
    settings: Settings
    hosts: tuple[Host, ...]
    reviewers: tuple[Reviewer, ...]
    conflicts: frozenset[tuple[str, str]] = frozenset()  # (reviewer, host)
    history: tuple[Past, ...] = ()
    ledger: Mapping[str, float] = field(default_factory=dict)
    pinned: tuple[Pin, ...] = ()
    previous: tuple[PastVisit, ...] = ()
    overridden: Mapping[tuple[str, str], frozenset[Overridable]] = field(default_factory=dict)  # (reviewer, host)


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great-circle distance by the haversine formula; degrees in, kilometres out."""
    north = sin(radians(other_lat - lat) / 2) ** 2
    east = sin(radians(other_lon - lon) / 2) ** 2
    half = north + cos(radians(lat)) * cos(radians(other_lat)) * east
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, half)))
