"""Fairness across cycles: who gave and took how much, who reviews how often and goes how far."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from communitas.allocation.models import HomeBase
from communitas.allocation.rules import fairness as rules
from communitas.allocation.rules.problem import kilometres
from communitas.allocation.rules.whereabouts import Point, known_point
from communitas.cycles.models import Cycle
from communitas.members.models import Community, Network, RoleGrant
from communitas.people.models import Account
from communitas.visits.models import TeamPlace, Visit
from communitas.visits.queries.candidates import TAKEN

OFF = (Visit.State.CANCELLED, Visit.State.POSTPONED)
_PLACE = (
    *("account_id", "from_community_id", "visit__enrolment__community_id", "visit__enrolment__cycle_id"),
    *("visit_id", "visit__state", "visit__on", "seat"),
)


@dataclass(frozen=True)
class Fair:
    """All that the pages about fairness say of a network."""

    cycles: tuple[Cycle, ...]  # the oldest first, those with visits alone
    went: tuple[rules.Went, ...]

    @cached_property
    def ledger(self) -> dict[int, dict[int, rules.Entry]]:
        """Community, cycle, entry."""
        return rules.ledger(self.went)

    @cached_property
    def loads(self) -> dict[int, rules.Load]:
        """Of each reviewer, by account."""
        return rules.loads(self.went)

    def of_cycle(self, cycle: Cycle, *, done: bool) -> tuple[rules.Went, ...]:
        """Who went, or is about to go, in one cycle."""
        return tuple(one for one in self.went if one.cycle == cycle.pk and one.done == done)


def read_fairness(network: Network) -> Fair:
    """Every visit of the network that is closed or still to come, person by person. Five queries.

    Ways are measured from where people set out today: where they did so years ago is not kept.
    """
    rows = list(_who_goes(network).order_by("pk").values_list(*_PLACE))
    points, bases = _points(network), _bases(network)
    residents = _client_members(network)
    went = tuple(
        rules.Went(
            person=account,
            home=home,
            host=host,
            cycle=cycle,
            visit=visit,
            is_client_member=seat == TeamPlace.Seat.CLIENT_MEMBER or _was(residents.get(account, ()), on),
            km=_way(bases.get(account) or points.get(home or 0), points.get(host)),
            done=state == Visit.State.CLOSED,
        )
        for account, home, host, cycle, visit, state, on, seat in rows
    )
    visited = {one.cycle for one in went}
    cycles = network.cycles.order_by("opens_on", "pk")
    return Fair(tuple(cycle for cycle in cycles if cycle.pk in visited), went)


def communities(network: Network) -> QuerySet[Any]:
    """The communities of the network with `given`, `received` and `balance`, counted as rules.fairness.ledger does."""
    closed = TeamPlace.objects.filter(visit__state=Visit.State.CLOSED, state=TeamPlace.State.ACCEPTED).order_by()
    found = Community.objects.filter(network=network).select_related("service_type")
    found = found.annotate(
        given=_number(closed, "from_community"), received=_number(closed, "visit__enrolment__community")
    )
    return found.annotate(balance=F("given") - F("received"))


def travellers(network: Network) -> QuerySet[Any]:
    """Whoever is or was on a team of the network, with `visits`: how many, done and to come."""
    taken = _who_goes(network).order_by()
    return Account.objects.filter(pk__in=taken.values("account")).annotate(visits=_number(taken, "account"))


def _who_goes(network: Network) -> QuerySet[TeamPlace]:
    """The places of people who were on a visit, or are on the team of one that is not over."""
    places = TeamPlace.objects.filter(visit__enrolment__cycle__network=network, state__in=TAKEN)
    over = Q(state=TeamPlace.State.ASKED, visit__state__in=[Visit.State.HELD, Visit.State.CLOSED])
    return places.exclude(over | Q(visit__state__in=OFF))


def _number(places: QuerySet[TeamPlace], of: str) -> Coalesce:
    counted = places.filter(**{of: OuterRef("pk")}).values(of).annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _points(network: Network) -> dict[int, Point]:
    """Where communities are, as far as plans know."""
    near = ("approximate_point__latitude", "approximate_point__longitude")
    rows = Community.objects.filter(network=network).values_list("pk", "latitude", "longitude", "hidden_address", *near)
    found = {
        pk: known_point(latitude, longitude, hidden=hidden, rough=None if north is None else (north, east))
        for pk, latitude, longitude, hidden, north, east in rows
    }
    return {pk: point for pk, point in found.items() if point is not None}


def _bases(network: Network) -> dict[int, Point]:
    found = HomeBase.objects.filter(network=network).values_list("account_id", "latitude", "longitude")
    return {pk: (latitude, longitude) for pk, latitude, longitude in found}


def _client_members(network: Network) -> Mapping[int, list[tuple[date, date | None]]]:
    """When each account was a client member: pairs of the first and the last day."""
    found = defaultdict[int, list[tuple[date, date | None]]](list)
    grants = RoleGrant.objects.filter(network=network, role="client_member")
    for account, since_at, until_at in grants.values_list("account_id", "since_at", "until_at"):
        found[account].append((since_at.date(), until_at.date() if until_at else None))
    return found


def _was(times: tuple[()] | list[tuple[date, date | None]], on: date | None) -> bool:
    """Whether one of the times covers the day; without a day, whether one is not over."""
    if on is None:
        return any(until is None for _since, until in times)
    return any(since <= on and (until is None or on <= until) for since, until in times)


def _way(start: Point | None, end: Point | None) -> float | None:
    return kilometres(*start, *end) if start and end else None
