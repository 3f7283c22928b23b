"""Until when somebody who was asked onto a team answers, and what happens when they do not, or can no longer come."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from communitas.kit.rulebook import rule

DAY: Final = timedelta(days=1)
REMIND_BEFORE: Final = 2  # days before the last day for an answer
REMIND_BEFORE_ON_SHORT_NOTICE: Final = 1


@dataclass(frozen=True, slots=True)
class Asking:
    """What the network has set: how many days people have to answer, and how many on short notice."""

    days: int = 7
    short_notice_days: int = 14
    short_days: int = 2


@rule
def is_short_notice(today: date, on: date | None, asking: Asking) -> bool:
    """In the last days before a visit, as many as the network has set, everything about its team is urgent."""
    return on is not None and (on - today).days <= asking.short_notice_days


@rule
def answer_by(asked: date, on: date | None, asking: Asking, papers_by: date | None = None) -> date:
    """Who is asked has some days to answer, fewer on short notice, and never beyond the day before the visit.

    Nor beyond the day by which papers for a secure site must be in. Nobody has less than the day of asking.
    """
    days = asking.short_days if is_short_notice(asked, on, asking) else asking.days
    return keep_in_front(asked + days * DAY, on, today=asked, papers_by=papers_by)


def keep_in_front(last: date, on: date | None, *, today: date, papers_by: date | None = None) -> date:
    """A last day for an answer, moved forward where the visit, or its papers, come sooner; never before today."""
    latest = [last, *([on - DAY] if on else []), *([papers_by] if papers_by else [])]
    return max(today, min(latest))


@rule
def may_extend_until(until: date, on: date | None, today: date, papers_by: date | None = None) -> bool:
    """The last day for an answer is moved to a day from today on, before the visit, and not beyond that for papers."""
    return today <= until and (on is None or until < on) and (papers_by is None or until <= papers_by)


@rule
def is_reminder_due(today: date, *, asked: date, last: date, on: date | None, asking: Asking) -> bool:
    """Who has not answered is reminded once: two days before the last day, on short notice one day before."""
    before = REMIND_BEFORE_ON_SHORT_NOTICE if is_short_notice(asked, on, asking) else REMIND_BEFORE
    return asked < today <= last and last - before * DAY <= today


@rule
def has_lapsed(today: date, last: date) -> bool:
    """A place without an answer is free again when its last day for an answer is over."""
    return today > last


@rule
def has_day_come(on: date | None, today: date) -> bool:
    """Who says on the day of the visit that they cannot come is absent, and the visit can go ahead."""
    return on is not None and on <= today
