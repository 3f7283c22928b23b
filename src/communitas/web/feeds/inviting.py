"""Visits put into people's own calendars by mail: sent when something changed, taken out when it is off."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from communitas.cycles.queries.leads import leads_of
from communitas.kit import mail
from communitas.kit.agenda import Item
from communitas.members.models import Network
from communitas.people.models import Account
from communitas.visits.models import TeamPlace, Visit, VisitSettings
from communitas.visits.queries.agenda import items
from communitas.web.feeds.writing import Guest, invitation
from communitas.web.models import Invited

SENT_IN = ("team_appointed", "confirmed")


@transaction.atomic
def invite(*, visit_id: int, by: Account | None, at: datetime) -> int:
    """Bring the calendars of the team and the host up to date with a visit; how many messages left.

    The team is whoever accepted; the host is its community leads. Nothing leaves twice for the same state of the visit.
    """
    visit = (
        Visit.objects.select_for_update(of=("self",))
        .select_related("enrolment__cycle__network__tenant", "enrolment__community")
        .get(pk=visit_id)
    )
    network = visit.enrolment.cycle.network
    if visit.state not in {*SENT_IN, "planned", "postponed", "cancelled"}:
        return 0
    known = {row.account_id: row for row in Invited.objects.filter(visit=visit).select_related("account")}
    wanted = {account.pk: account for account in _people(visit, at)} if visit.state in SENT_IN and visit.on else {}
    behind = [(account, row) for pk, account in wanted.items() if not _is_up_to_date(row := known.get(pk), visit)]
    leaving = [row for pk, row in known.items() if pk not in wanted and not row.cancelled]
    if not behind and not leaving:
        return 0
    hosts = (visit.enrolment.community_id,)
    shape = VisitSettings.objects.filter(network=network).first() or VisitSettings()
    found = {host: next(iter(items([visit], network, shape, at, host_of=host)), None) for host in ((), hosts)}
    guests = {place.account_id for place in visit.places.all()}
    sent = 0
    for account, row in behind:
        item = found[() if account.pk in guests else hosts]
        sent += _send(visit, network, item, account, row, "REQUEST", at) if item else 0
    for row in leaving:
        item = found[() if row.account_id in guests else hosts] or Item(f"visit-{visit.pk}", _("Visit"), row.day, at)
        # What is taken out is named by the day that it had.
        sent += _send(visit, network, _on(item, row), row.account, row, "CANCEL", at)
    return sent


def _people(visit: Visit, at: datetime) -> Iterable[Account]:
    accepted = visit.places.filter(state=TeamPlace.State.ACCEPTED, account__is_active=True).select_related("account")
    community = visit.enrolment.community_id
    return [*(place.account for place in accepted), *leads_of([community], at).get(community, [])]


def _is_up_to_date(row: Invited | None, visit: Visit) -> bool:
    return row is not None and not row.cancelled and row.revision == visit.revision


def _on(item: Item, row: Invited) -> Item:
    return item if item.on == row.day else replace(item, on=row.day, starts=None, ends=None)


def _send(
    visit: Visit, network: Network, item: Item, account: Account, row: Invited | None, method: str, at: datetime
) -> int:
    sequence = row.sequence + 1 if row else 0
    Invited.objects.update_or_create(
        visit=visit,
        account=account,
        defaults={
            "revision": visit.revision,
            "sequence": sequence,
            "cancelled": method == "CANCEL",
            "day": item.on,
            "at": at,
        },
    )
    if not account.email:
        return 0
    office = Guest(network.office_name or network.name, network.office_email or settings.DEFAULT_FROM_EMAIL)
    written = invitation(
        replace(item, changed_at=at),
        method=method,
        sequence=sequence,
        name=network.name,
        organizer=office,
        guest=Guest(account.display_name, account.email),
        zone=ZoneInfo(network.time_zone),
        site=settings.SITE_ADDRESS,
    )
    off = method == "CANCEL"
    subject = _("Taken out of your calendar: %(title)s") if off else _("For your calendar: %(title)s")
    queued = mail.queue(
        tenant=network.tenant,
        to=account.email,
        subject=subject % {"title": item.title},
        template="web/mail/visit_off.txt" if off else "web/mail/visit_on.txt",
        context={"name": account.display_name, "item": item, "office": office.name, "is_new": sequence == 0},
        at=at,
        account_id=account.pk,
        calendar=(method, written),
    )
    return int(queued is not None)
