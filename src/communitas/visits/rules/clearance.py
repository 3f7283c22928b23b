"""Clearance of people for a secure site: the papers, until when they must be in, and whether an earlier one counts."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from communitas.kit.rulebook import rule

TO_SEND: Final = "to_send"
SENT: Final = "sent"
GIVEN: Final = "given"
REFUSED: Final = "refused"
STATES: Final = {TO_SEND: "to be sent", SENT: "sent", GIVEN: "given", REFUSED: "refused"}
REMIND_BEFORE: Final = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Papers:
    """What a secure site asks for on a day: papers so many weeks before the visit."""

    today: date
    on: date
    weeks: int

    @property
    def last_day(self) -> date:
        """The last day by which papers must be in."""
        return papers_by(self.on, self.weeks)


def papers_by(on: date, weeks: int) -> date:
    """The last day by which papers must be in for a visit."""
    return on - timedelta(weeks=weeks)


@rule
def is_still_cleared(until: date | None, on: date | None) -> bool:
    """A clearance for the same site counts again when it is valid on the day of the visit."""
    return until is not None and on is not None and until >= on


@rule
def are_papers_due(today: date, last: date | None, state: str) -> bool:
    """Who has not sent their papers is reminded in the week before they must be in."""
    return state == TO_SEND and last is not None and last - REMIND_BEFORE <= today <= last
