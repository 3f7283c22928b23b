"""What reviewers say themselves: their days, their home base, and that they could come to a visit."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.allocation.actions.preparing import set_available_days
from communitas.allocation.models import Availability, AvailableDay, DaysAsked, Willing
from communitas.allocation.queries.needed import standing_offers, where_needed
from communitas.allocation.queries.preparing import days_of
from communitas.allocation.queries.saying import last_asked, silent
from communitas.allocation.rules.saying import Changed, changed, silence_has_a_reason, wish_within_limit
from communitas.cycles.models import Cycle
from communitas.cycles.queries import today_in
from communitas.kit import audit, mail
from communitas.kit.addresses import address_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import sentence
from communitas.people.models import Account
from communitas.visits.models import Visit
from communitas.visits.queries import settings_of

REST: Final = timedelta(days=7)  # between two mails that ask for days


@transaction.atomic
def say_availability(
    *,
    cycle: Cycle,
    days: Collection[date],
    asked: Collection[date],
    none: bool,
    reason: str,
    note: str,
    most_visits: int | None,
    by: Account,
    at: datetime,
) -> Changed:
    """Say on which of the days that were `asked` about one is free in a cycle, or that one cannot come at all.

    With `none` the days are kept and count again once that is taken back. Nobody leaves a team by it.
    """
    if cycle.state == Cycle.State.CLOSED:
        raise NotAllowed(_("This cycle is closed."))
    if not wish_within_limit(most_visits, settings_of(cycle.network).visits_per_reviewer):
        raise NotAllowed(sentence(wish_within_limit))
    if not silence_has_a_reason(none, reason):
        raise NotAllowed(sentence(silence_has_a_reason))
    before = days_of(cycle.network, by)
    set_available_days(network=cycle.network, account=by, days=days, asked=asked, by=by, at=at)
    values = {"none": none, "reason": reason.strip(), "note": note.strip(), "most_visits": most_visits}
    said = Availability.objects.filter(cycle=cycle, account=by).first() or Availability(most_visits=None)
    if values != {name: getattr(said, name) for name in values}:
        Availability.objects.update_or_create(cycle=cycle, account=by, defaults={**values, "at": at})
        audit.record(
            tenant=cycle.network.tenant, verb="allocation.say_availability", obj=cycle, by=by, at=at, detail=values
        )
    return changed(before, days, asked)


@transaction.atomic
def offer_to_come(*, visit: Visit, on: date, by: Account, at: datetime) -> bool:
    """Offer to come to a visit on one of its days; whether the day was new among one's own days."""
    network = visit.enrolment.cycle.network
    found = where_needed(network, by, today=today_in(network, at), at=at)
    if not any(one.visit_id == visit.pk and one.on == on for one in found):
        raise NotAllowed(_("Nobody is needed there on that day any more, or a rule speaks against it."))
    if standing_offers(by).filter(visit=visit, on=on).exists():
        raise NotAllowed(_("You have offered to come already."))
    offer = Willing.objects.create(account=by, visit=visit, on=on, at=at)
    audit.record(
        tenant=network.tenant,
        verb="allocation.offer_to_come",
        obj=offer,
        by=by,
        at=at,
        detail={"visit": visit.pk, "on": on.isoformat()},
    )
    if AvailableDay.objects.filter(network=network, account=by, on=on).exists():
        return False
    set_available_days(network=network, account=by, days=[on], asked=[on], by=by, at=at)
    return True


@transaction.atomic
def take_back_offer(*, offer: Willing, by: Account, at: datetime) -> None:
    """Take back that one could come. The day stays among one's days; a team is not left by it."""
    if offer.account_id != by.pk:
        raise NotAllowed(_("Only the person who offered to come takes that back."))
    if offer.taken_back_at:
        raise NotAllowed(_("This was taken back already."))
    offer.taken_back_at = at
    offer.save(update_fields=["taken_back_at"])
    tenant = offer.visit.enrolment.cycle.network.tenant
    audit.record(tenant=tenant, verb="allocation.take_back_offer", obj=offer, by=by, at=at)


@transaction.atomic
def ask_for_days(*, cycle: Cycle, by: Account, at: datetime) -> int:
    """Ask everybody who has said no day of a cycle to do so, by one friendly mail; how many were written to."""
    last = last_asked(cycle)
    if cycle.state == Cycle.State.CLOSED:
        raise NotAllowed(_("This cycle is closed."))
    if last and at < last.at + REST:
        raise NotAllowed(_("They were asked within the last week. Please give them a few days."))
    network = cycle.network
    people = list(silent(cycle, today=today_in(network, at), at=at))
    if not people:
        raise NotAllowed(_("Everybody has said something."))
    DaysAsked.objects.create(cycle=cycle, people=[one.pk for one in people], by=by, at=at)
    audit.record(
        tenant=network.tenant,
        verb="allocation.ask_for_days",
        obj=cycle,
        by=by,
        at=at,
        detail={"people": [one.pk for one in people]},
    )
    address = address_of(network.slug, "allocation:my_days", cycle.pk)
    for one in people:
        mail.queue(
            tenant=network.tenant,
            to=one.email or "",
            subject=_("On which days could you visit?"),
            template="allocation/mail/days.txt",
            context={"name": one.display_name, "cycle": cycle, "network": network, "address": address},
            at=at,
            account_id=one.pk,
        )
    return len(people)
