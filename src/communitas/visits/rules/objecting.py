"""The host's objection to somebody on its team: until when it is heard."""

from datetime import date, datetime, timedelta

from communitas.cycles.rules.calendar import WorkingCalendar
from communitas.kit.rulebook import rule


@rule
def object_by(told: date, on: date | None, days: int, calendar: WorkingCalendar) -> date:
    """A community may object to a person for some working days after it was told, not beyond the day before the visit.

    The day that is given can be over already, when the community was told on the day of the visit.
    """
    last = calendar.add_working_days(told, days)
    return min(last, on - timedelta(days=1)) if on else last


@rule
def may_object(now: datetime, until: datetime | None, *, today: date, on: date | None) -> bool:
    """A community objects while there is time for it, and before the day of the visit.

    `until` is None for somebody of whom the community was not told yet: it may object from the moment they were asked.
    """
    return (until is None or now < until) and (on is None or today < on)


@rule
def says_why(reason: str) -> bool:
    """An objection says why; the office reads it, and neither the person nor the team does."""
    return bool(reason.strip())


@rule
def tells_the_host(upheld: bool, words: str) -> bool:
    """An objection that is not upheld is answered in words, which the community reads."""
    return upheld or bool(words.strip())
