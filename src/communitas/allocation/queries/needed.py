"""Where a reviewer is needed, and what they have done, as plain values for their own pages."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from communitas.allocation.models import ApproximatePoint, Availability, AvailableDay, Forbidden, HomeBase, Willing
from communitas.allocation.queries.facts import travel_of
from communitas.allocation.rules.problem import kilometres
from communitas.allocation.rules.saying import about
from communitas.allocation.rules.whereabouts import Point, known_point
from communitas.cycles.models import Cycle
from communitas.members.models import Community, Network, RoleGrant
from communitas.people.models import Account
from communitas.visits.models import TeamPlace
from communitas.visits.queries import Opening, openings
from communitas.visits.rules.team import SEATS

TOOK_PLACE = ("held", "closed")


@dataclass(frozen=True, slots=True)
class Needed:
    """A day on which a visit has an empty seat that the person could take. It names neither the host nor the team."""

    visit_id: int
    on: date
    is_set: bool
    seats: tuple[str, ...]  # in words
    type: str
    km: int | None  # None where nobody knows; full tens of a hidden address
    is_hidden: bool
    is_free: bool
    offered: int | None  # the offer to come, when it was made


@dataclass(frozen=True, slots=True)
class Done:
    """A visit that took place with the person on its team."""

    place: TeamPlace
    km: int | None
    is_hidden: bool


def where_needed(network: Network, account: Account, *, today: date, at: datetime) -> list[Needed]:
    """Where the person is needed, by day: never a visit from which a rule keeps them. Sixteen queries."""
    found = openings(network, account, today=today, now=at)
    kept_off = set(Forbidden.objects.filter(account=account, lifted_at=None).values_list("visit", flat=True))
    silent = Availability.objects.filter(account=account, none=True, cycle__network=network)
    not_now = set(silent.values_list("cycle", flat=True))
    free = set(AvailableDay.objects.filter(network=network, account=account).values_list("on", flat=True))
    offers = {(one.visit_id, one.on): one.pk for one in standing_offers(account)}
    travel, ways = travel_of(network), Ways(network, account, (one.visit.enrolment.community for one in found), at)
    return [
        _needed(one, ways, free, offers.get((one.visit.pk, one.on)))
        for one in found
        if one.visit.pk not in kept_off
        and one.visit.enrolment.cycle_id not in not_now
        and one.from_home < travel.max_same_community
        and (ways.to(one.visit.enrolment.community) or 0) <= travel.max_distance_km
    ]


def standing_offers(account: Account) -> QuerySet[Willing]:
    """The visits to which somebody has offered to come, and has not taken it back."""
    return Willing.objects.filter(account=account, taken_back_at=None)


def offers_of(cycle: Cycle, *, on: date) -> list[Willing]:
    """Who has offered to come to visits of a cycle and sits on none of their seats yet, by day. Two queries."""
    rows = Willing.objects.filter(visit__enrolment__cycle=cycle, taken_back_at=None, on__gte=on)
    places = TeamPlace.objects.filter(visit__enrolment__cycle=cycle, state__in=["asked", "accepted"])
    taken = set(places.values_list("visit", "account"))
    found = rows.select_related("account", "visit__enrolment").order_by("on", "account__display_name", "pk")
    return [one for one in found if (one.visit_id, one.account_id) not in taken]


def offered_to(cycle: Cycle, community_id: int, on: date | None) -> set[int]:
    """The accounts that have offered to come to a host on a day. One query."""
    if on is None:
        return set()
    rows = Willing.objects.filter(visit__enrolment__cycle=cycle, visit__enrolment__community=community_id, on=on)
    return set(rows.filter(taken_back_at=None).values_list("account", flat=True))


def done_by(network: Network, account: Account, *, at: datetime) -> list[Done]:
    """The visits that somebody made, the newest first, with the way from where they set out now. Four queries."""
    places = list(
        TeamPlace.objects.filter(
            account=account,
            state=TeamPlace.State.ACCEPTED,
            visit__state__in=TOOK_PLACE,
            visit__enrolment__cycle__network=network,
        )
        .select_related("visit__enrolment__cycle", "visit__enrolment__community")
        .order_by("-visit__on", "-pk")
    )
    ways = Ways(network, account, (place.visit.enrolment.community for place in places), at)
    return [Done(place, *_way(ways, place.visit.enrolment.community)) for place in places]


class Ways:
    """How far it is from where somebody sets out to some communities. Three queries."""

    def __init__(self, network: Network, account: Account, hosts: Iterable[Community], at: datetime) -> None:
        base = HomeBase.objects.filter(network=network, account=account).first()
        home = home_of(network, account, at=at)
        wanted = {host.pk for host in hosts} | ({home.pk} if home else set())
        rows = ApproximatePoint.objects.filter(community__in=wanted)
        self._rough = {row.community_id: (row.latitude, row.longitude) for row in rows}
        self.start = (base.latitude, base.longitude) if base else self._point(home) if home else None

    def to(self, host: Community) -> float | None:
        """Kilometres; None where nobody knows one of the two ends."""
        point = self._point(host)
        return kilometres(*self.start, *point) if self.start and point else None

    def _point(self, community: Community) -> Point | None:
        rough = self._rough.get(community.pk)
        return known_point(community.latitude, community.longitude, hidden=community.hidden_address, rough=rough)


def home_of(network: Network, account: Account, *, at: datetime) -> Community | None:
    """The community that somebody belongs to, as plans choose it; None for somebody independent. One query."""
    held = RoleGrant.objects.filter(network=network, account=account, community__isnull=False, since_at__lte=at)
    first = held.exclude(until_at__lte=at).select_related("community").order_by("role", "pk").first()
    return first.community if first else None


def _needed(one: Opening, ways: Ways, free: Collection[date], offered: int | None) -> Needed:
    enrolment = one.visit.enrolment
    km, hidden = _way(ways, enrolment.community)
    seats = tuple(str(SEATS[seat]) for seat in one.seats)
    type_name = enrolment.service_type.name
    return Needed(one.visit.pk, one.on, one.is_set, seats, type_name, km, hidden, one.on in free, offered)


def _way(ways: Ways, host: Community) -> tuple[Any, bool]:
    km = ways.to(host)
    return (None if km is None else about(km, hidden=host.hidden_address)), host.hidden_address
