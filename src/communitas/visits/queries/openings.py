"""Where one person is needed: empty seats on visits to come, on which no rule keeps them from sitting."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from communitas.cycles.models import Cycle
from communitas.cycles.queries import today_in
from communitas.members.models import Network, RoleGrant
from communitas.people.models import Account
from communitas.visits.models import OfferedDate, TeamPlace, Visit, VisitSettings
from communitas.visits.queries.candidates import APPROVALS, TAKEN
from communitas.visits.queries.clearance import cleared_at
from communitas.visits.queries.derived import counting, former_places, has_ended
from communitas.visits.queries.objections import kept_apart
from communitas.visits.queries.settings import limits_of, settings_of, shape_for
from communitas.visits.rules import conflicts as rules
from communitas.visits.rules.clearance import Papers
from communitas.visits.rules.team import Place, empty_seats
from communitas.visits.rules.visit import EDITABLE_STATES

BEFORE_A_VISIT = ("enrolled", "self_review", "visit")  # stages in which a visit can still be planned


@dataclass(frozen=True, slots=True)
class Opening:
    """A visit on a day that is set or offered, with the empty seats that the person could take."""

    visit: Visit
    on: date
    is_set: bool  # otherwise the host offers the day among others
    seats: tuple[str, ...]
    from_home: int  # how many of the person's own community sit in the team


class Seated(NamedTuple):
    """Somebody asked or on a team."""

    account: int
    seat: str
    state: str
    home: int | None
    visit: int
    on: date | None
    host: int
    cycle: int


PLACE = (
    *("account_id", "seat", "state", "from_community_id", "visit_id"),
    *("visit__on", "visit__enrolment__community_id", "visit__enrolment__cycle_id"),
)


def openings(network: Network, account: Account, *, today: date, now: datetime) -> list[Opening]:
    """Visits of cycles that are not closed, by day, on which the person could sit. Eight queries.

    Never a visit that a rule keeps them from, nor a day on which they are away or their own community is visited.
    """
    settings = settings_of(network)
    counted = RoleGrant.objects.filter(counting(settings, now), network=network, account=account, since_at__lte=now)
    roles = list(counted.select_related("community"))
    visits = list(_to_come(network, today))
    homes = {grant.community_id for grant in roles if grant.community_id and not has_ended(grant, now)}
    places = list(map(Seated._make, _places(network, account, visits, homes).values_list(*PLACE)))
    search = _Search(network, settings, account, roles, places, now)
    away = {place.on for place in places if place.account == account.pk}
    away |= {visit.on for visit in visits if visit.enrolment.community_id in homes}
    offered = _offered([visit for visit in visits if visit.on is None], today)
    found = [
        Opening(visit, day, visit.on is not None, seats, search.from_home(visit))
        for visit in visits
        for day in ([visit.on] if visit.on else offered.get(visit.pk, ()))
        if day not in away and (seats := search.seats_on(visit, day))
    ]
    return sorted(found, key=lambda one: (one.on, one.visit.pk))


def needy_days(cycle: Cycle, *, today: date) -> set[date]:
    """The days of a cycle, set or offered, on which a visit has an empty seat, whoever may take it. Four queries."""
    settings = settings_of(cycle.network)
    visits = [visit for visit in _to_come(cycle.network, today) if visit.enrolment.cycle_id == cycle.pk]
    teams = defaultdict[int, list[Place]](list)
    taken = TeamPlace.objects.filter(visit__in=visits, state__in=TAKEN)
    for visit_pk, account, seat, state in taken.values_list("visit_id", "account_id", "seat", "state"):
        teams[visit_pk].append(Place(str(account), seat, state))
    needy = [one for one in visits if empty_seats(shape_for(settings, one.enrolment.pathway), teams[one.pk])]
    offered = _offered([visit for visit in needy if visit.on is None], today)
    return {visit.on for visit in needy if visit.on} | {day for days in offered.values() for day in days}


class _Search:
    """One person before the rules, visit by visit."""

    def __init__(
        self,
        network: Network,
        settings: VisitSettings,
        account: Account,
        roles: list[RoleGrant],
        places: list[Seated],
        now: datetime,
    ) -> None:
        grants = [grant for grant in roles if not has_ended(grant, now)]
        order = network.cycles.order_by("opens_on", "pk").values_list("pk", flat=True)
        self._cycles = {pk: number for number, pk in enumerate(order)}
        self._settings = settings
        self._former_communities, self._former_organisations = former_places(
            grant for grant in roles if has_ended(grant, now)
        )
        self._account, self._mine = account.pk, [place for place in places if place.account == account.pk]
        self._teams = defaultdict[int, list[Seated]](list)
        for place in places:
            self._teams[place.visit].append(place)
        self._homes = [grant.community for grant in grants if grant.community]
        near = {home.pk for home in self._homes}
        self._past = [
            (one.visit, rules.PastVisit(str(one.home), str(one.host), self._cycles[one.cycle]))
            for one in places
            if one.home and (one.home in near or one.host in near)
        ]
        self._declared = frozenset(map(str, kept_apart(network.pk, at=now, account=account.pk).get(account.pk, ())))
        self._cleared = cleared_at(account.pk)
        self._today = today_in(network, now)
        self._approvals = frozenset(name for grant in grants for name in APPROVALS.get(grant.role, ()))
        self._is_client = any(grant.role == "client_member" for grant in grants)

    def seats_on(self, visit: Visit, day: date) -> tuple[str, ...]:
        """The empty seats of a visit, were it on the day, on which no rule keeps the person from sitting."""
        shape = shape_for(self._settings, visit.enrolment.pathway)
        team = tuple(Place(str(one.account), one.seat, one.state) for one in self._teams[visit.pk])
        enrolment = visit.enrolment
        host = rules.Host(
            str(enrolment.community_id), str(enrolment.organisation_id or ""), self._cycles[enrolment.cycle_id]
        )
        person, history = self._person(visit), tuple(past for where, past in self._past if where != visit.pk)
        limits = limits_of(self._settings)
        site = getattr(enrolment.community, "site_clearance", None)
        papers = Papers(self._today, day, site.weeks) if site and site.weeks else None
        return tuple(
            seat
            for seat in empty_seats(shape, team)
            if not rules.conflicts(rules.Case(person, seat, host, team, history, limits, shape, papers))
        )

    def from_home(self, visit: Visit) -> int:
        """How many of the person's own community sit in the team already."""
        homes = {home.pk for home in self._homes}
        return sum(one.home in homes for one in self._teams[visit.pk])

    def _person(self, visit: Visit) -> rules.Person:
        cycle = visit.enrolment.cycle_id
        return rules.Person(
            person=str(self._account),
            communities=frozenset(str(home.pk) for home in self._homes),
            organisations=frozenset(str(home.organisation_id) for home in self._homes if home.organisation_id),
            declared=self._declared,
            approvals=self._approvals,
            is_client_member=self._is_client,
            visits=sum(one.cycle == cycle and one.visit != visit.pk for one in self._mine),
            former_communities=self._former_communities,
            former_organisations=self._former_organisations,
            cleared_until=self._cleared.get(visit.enrolment.community_id),
        )


def _to_come(network: Network, today: date) -> Iterable[Visit]:
    found = Visit.objects.filter(
        Q(on=None) | Q(on__gte=today),
        enrolment__cycle__network=network,
        enrolment__cycle__state__in=[Cycle.State.OPEN, Cycle.State.PLANNED],
        enrolment__stage__in=BEFORE_A_VISIT,
        state__in=EDITABLE_STATES,
    )
    return found.select_related("enrolment__community__site_clearance", "enrolment__service_type").order_by("pk")


def _places(network: Network, account: Account, visits: list[Visit], homes: set[int]) -> QuerySet[TeamPlace]:
    about = Q(account=account) | Q(visit__in=[visit.pk for visit in visits])
    about |= Q(from_community__in=homes) | Q(visit__enrolment__community__in=homes)
    return TeamPlace.objects.filter(about, visit__enrolment__cycle__network=network, state__in=TAKEN).order_by("pk")


def _offered(visits: list[Visit], today: date) -> dict[int, list[date]]:
    found = defaultdict[int, list[date]](list)
    rows = OfferedDate.objects.filter(visit__in=visits, state=OfferedDate.State.OFFERED, on__gte=today)
    for visit, on in rows.order_by("on").values_list("visit_id", "on"):
        found[visit].append(on)
    return found
