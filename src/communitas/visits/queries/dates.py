"""The dates that a host offers, as the screens show them."""

from datetime import date

from communitas.members.models import Network
from communitas.visits.models import OfferedDate, Visit
from communitas.visits.queries.settings import settings_of
from communitas.visits.rules.dates import Offering, link_is_shown


def offering_of(network: Network) -> Offering:
    """What the network asks of a host: one query."""
    found = settings_of(network)
    return Offering(found.dates_asked, found.weekdays_asked, found.dates_from_weeks, found.dates_until_weeks)


def offered_dates(visit: Visit) -> list[OfferedDate]:
    """The dates that are offered now: one query."""
    return list(visit.offered.filter(state=OfferedDate.State.OFFERED))


def shown_link(visit: Visit, today: date) -> str:
    """The link of the meeting as people who take part see it on a day; empty before its time. One query."""
    if not visit.link:
        return ""
    days = settings_of(visit.enrolment.cycle.network).link_days_before
    return visit.link if link_is_shown(on=visit.on, today=today, days_before=days) else ""
