"""The dates of a visit: offered by the host, one of them locked by the office, the others free again."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.cycles.queries import calendar_of, today_in
from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import sentence
from communitas.people.models import Account
from communitas.visits.actions.days import plan_again, set_date
from communitas.visits.actions.recording import note
from communitas.visits.actions.telling import tell_everybody, tell_office
from communitas.visits.models import OfferedDate, Visit
from communitas.visits.queries.dates import offering_of
from communitas.visits.rules.dates import only_an_offered_date_is_locked, refuse_offer

OFFERED, LOCKED, RELEASED = OfferedDate.State.OFFERED, OfferedDate.State.LOCKED, OfferedDate.State.RELEASED


@transaction.atomic
def offer_dates(*, visit: Visit, days: Sequence[date], by: Account, at: datetime) -> list[OfferedDate]:
    """Offer dates; those offered before that are not among them are taken back. The office is told."""
    if visit.state not in {Visit.State.PLANNED, Visit.State.POSTPONED}:
        raise NotAllowed(_("Dates are offered while the visit is planned."))
    if visit.on:
        raise NotAllowed(_("The date of this visit is set. To move it, write to the office."))
    network = visit.enrolment.cycle.network
    refuse_offer(days, today=today_in(network, at), calendar=calendar_of(network), asked=offering_of(network))
    visit.offered.filter(state=OFFERED).exclude(on__in=days).update(state=RELEASED, settled_at=at)
    there = set(visit.offered.filter(state=OFFERED).values_list("on", flat=True))
    new = [OfferedDate(visit=visit, on=day, by=by, at=at) for day in sorted(set(days) - there)]
    OfferedDate.objects.bulk_create(new)
    note(visit=visit, verb="offer_dates", by=by, at=at, days=[day.isoformat() for day in sorted(days)])
    tell_office(
        visit=visit,
        subject=_("%(community)s offers dates for its visit"),
        template="visits/mail/dates_offered.txt",
        by=by,
        at=at,
    )
    return new


@transaction.atomic
def lock_date(*, visit: Visit, offered: OfferedDate, by: Account, at: datetime) -> None:
    """Lock one of the offered dates: it becomes the visit's date, the others are free again, everybody is told."""
    waiting = {one.on: one for one in visit.offered.select_for_update().filter(state=OFFERED)}
    if not only_an_offered_date_is_locked(offered.on, waiting):
        raise NotAllowed(sentence(only_an_offered_date_is_locked))
    if visit.state == Visit.State.POSTPONED:
        plan_again(visit=visit, on=offered.on, by=by, at=at)
    elif visit.on is None:
        set_date(visit=visit, on=offered.on, by=by, at=at)
        tell_everybody(
            visit=visit,
            subject=_("The date of the visit to %(community)s is set"),
            template="visits/mail/date_set.txt",
            by=by,
            at=at,
        )
    else:
        raise NotAllowed(_("The date of this visit is set already. Move it with a reason."))
    visit.offered.filter(state=LOCKED).update(state=RELEASED, settled_at=at)
    visit.offered.filter(pk=waiting[offered.on].pk).update(state=LOCKED, settled_at=at)
    visit.offered.filter(state=OFFERED).update(state=RELEASED, settled_at=at)
    note(visit=visit, verb="lock_date", by=by, at=at, on=offered.on.isoformat())
