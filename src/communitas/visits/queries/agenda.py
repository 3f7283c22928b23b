"""Visits in people's calendars: those of the team, of the host, and all of them for the office."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from communitas.kit.addresses import address_of
from communitas.kit.agenda import KEPT, Item
from communitas.members.actors import Actor
from communitas.members.models import Network
from communitas.visits.models import TeamPlace, Visit, VisitMove, VisitSettings

HOSTS = ("client_member", "staff", "community_lead")
SINCE = timedelta(days=400)
OFF = ("postponed", "cancelled")


def calendar_items(actor: Actor, network: Network, now: datetime) -> Iterator[Item]:
    """The visits that the actor takes part in, as their calendar says them: three queries at most."""
    own: set[int] = set().union(*(actor.communities_as(role) for role in HOSTS))
    asked = TeamPlace.objects.filter(account=actor.account_id, state__in=["asked", "accepted"]).values("visit")
    mine = Q(enrolment__community__in=own) | (Q(pk__in=asked) & ~Q(enrolment__community__in=actor.interests))
    if actor.holds("office", network.pk):
        mine = Q()
    rows = Visit.objects.filter(mine, enrolment__cycle__network=network)
    settings = VisitSettings.objects.filter(network=network).first() or VisitSettings()
    yield from items(
        rows.filter(Q(on__gte=(now - SINCE).date()) | Q(state="postponed")), network, settings, now, host_of=own
    )


def items(
    rows: Iterable[Visit], network: Network, settings: VisitSettings, now: datetime, *, host_of: Iterable[int] = ()
) -> Iterator[Item]:
    """Visits as calendars say them. A place is told only where the address of the community may be shown."""
    chosen = Q(pk__in=rows.values("pk") if isinstance(rows, QuerySet) else [visit.pk for visit in rows])
    visits = list(
        Visit.objects.filter(chosen)
        .select_related("enrolment__community")
        .annotate(changed_at=Max("moves__at"))
        .order_by("pk")
    )
    days = _days_before([visit.pk for visit in visits if visit.on is None])
    zone, hosts = ZoneInfo(network.time_zone), frozenset(host_of)
    for visit in visits:
        on = visit.on or days.get(visit.pk)
        changed_at = visit.changed_at or now
        off = visit.state in OFF
        if on is None or (off and changed_at < now - KEPT):
            continue
        community = visit.enrolment.community
        starts, ends = visit.starts or settings.day_starts, visit.ends or settings.day_ends
        yield Item(
            name=f"visit-{visit.pk}",
            title=_title(visit, hosts),
            on=on,
            starts=_moment(on, starts, zone),
            ends=_moment(on, ends, zone) if ends > starts else None,
            changed_at=changed_at,
            revision=visit.revision,
            cancelled=off,
            tentative=visit.state == "planned",
            text=visit.get_form_display(),
            place="" if community.hidden_address else visit.place,
            href=address_of(network.slug, "visits:visit", visit.pk),
        )


def _title(visit: Visit, hosts: frozenset[int]) -> str:
    community = visit.enrolment.community
    if community.hidden_address:
        return _("Visit")
    name = visit.enrolment.community_name
    words = _("Visit of the review team: %(name)s") if community.pk in hosts else _("Visit to %(name)s")
    return words % {"name": name}


def _days_before(ids: list[int]) -> dict[int, date]:
    """The day that a postponed visit had, from its history."""
    if not ids:
        return {}
    found: dict[int, date] = {}
    for move in VisitMove.objects.filter(visit__in=ids, verb="postpone").order_by("at", "pk"):
        day = str(move.detail.get("before") or "")
        if day:
            found[move.visit_id] = date.fromisoformat(day)
    return found


def _moment(on: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(on, at, zone)
