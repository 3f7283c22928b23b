"""What happens to visits, as typed facts."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class TeamChanged:
    """A place on the team was given, answered or taken away. The peer-review is prepared for whoever is on it."""

    visit_id: int
    enrolment_id: int
    by_id: int
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
