"""What happens to visits, as typed facts."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class TeamChanged:
    """A place on the team was given, answered or taken away. The peer-review is prepared for whoever is on it."""

    visit_id: int
    enrolment_id: int
    by_id: int | None  # None when a place's time ran out by itself
    at: datetime


@dataclass(frozen=True, slots=True)
class SeatFreed:
    """Somebody who was asked or had said yes is not coming, and their seat on the team is empty again.

    `why` is `declined`, `lapsed` (no answer in time), `withdrew` (after saying yes) or `objected` (the host's
    objection was upheld). A seat that the office itself cleared is not told: the office knows what it wants next.
    """

    visit_id: int
    enrolment_id: int
    place_id: int
    seat: str
    why: str
    by_id: int | None  # None when its time ran out by itself
    at: datetime


@dataclass(frozen=True, slots=True)
class VisitHeld:
    """The visit took place."""

    visit_id: int
    enrolment_id: int
    by_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class VisitClosed:
    """The visit is closed: its peer-review is complete, or it was a developmental visit."""

    visit_id: int
    enrolment_id: int
    by_id: int
    at: datetime
