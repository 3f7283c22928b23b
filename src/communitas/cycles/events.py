"""What happens in a cycle, as typed facts. A higher app subscribes in its `apps.py`; facts carry ids, never rows."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class EnrolmentMoved:
    """An enrolment went from one stage to another. `verb` is the move of cycles.rules.stages.

    `workbooks` opens the review on 'open_self_review', whoever pressed the button.
    """

    enrolment_id: int
    verb: str
    from_stage: str
    to_stage: str
    by_id: int | None
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EnrolmentCompleted:
    """A community completed its cycle."""

    enrolment_id: int
    by_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class VisitDateSet:
    """The visit date, from which the due dates are counted, was set, moved, or taken away (None)."""

    enrolment_id: int
    before: date | None
    on: date | None
    by_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class TypeChanged:
    """A community changed its service type in the middle of the cycle; both are codes."""

    enrolment_id: int
    before: str
    after: str
    by_id: int | None
    at: datetime
