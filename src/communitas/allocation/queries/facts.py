"""The rows that a cycle's problem is made from: a constant number of queries, whatever the size of the network.

Rows are read as plain tuples: a large network has thousands, and the studio asks for them each time it is opened.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet

from communitas.allocation.models import (
    AllocationSettings,
    AvailableDay,
    Forbidden,
    HomeBase,
    Override,
    Pin,
    Reserve,
)
from communitas.allocation.rules.whereabouts import Point, known_point
from communitas.cycles.models import Cycle, Enrolment
from communitas.members.models import Community, Network, RoleGrant
from communitas.visits.models import OfferedDate, TeamPlace, Visit, VisitSettings
from communitas.visits.queries import counting, kept_apart, settings_of
from communitas.visits.queries.candidates import APPROVALS, TAKEN
from communitas.visits.queries.openings import BEFORE_A_VISIT

Value = TypeVar("Value")
OPEN = (Visit.State.PLANNED, Visit.State.POSTPONED)


class Place(NamedTuple):
    """Somebody asked or on a team, with the visit."""

    account: int
    seat: str
    state: str
    home: int | None
    visit: int
    visit_state: str
    on: date | None
    cycle: int
    host: int
    service_type: int


class Grant(NamedTuple):
    """A role that somebody holds."""

    account: int
    name: str
    role: str
    community: int | None
    none: bool | None  # the person cannot review in this cycle, as they said
    reason: str | None
    most: int | None  # and wishes for no more visits than these
    until: datetime | None


class Home(NamedTuple):
    """A community of the network."""

    pk: int
    name: str
    organisation: int | None
    service_type: int
    latitude: float | None
    longitude: float | None
    hidden: bool
    merged_into: int | None
    papers: int | None  # weeks before a visit that a secure site wants papers
    point: Point | None  # roughly where it is, as the office entered it


class Hosting(NamedTuple):
    """An enrolment that wants a visit, with its visit where it has one."""

    community: int
    name: str
    organisation: int | None
    service_type: int
    pathway: str
    visit: int | None
    state: str | None
    on: date | None

    @property
    def is_open(self) -> bool:
        """Whether the visit is still to be planned."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that was read."""

    cycle: Cycle
    limits: VisitSettings
    travel: AllocationSettings
    cycles: Mapping[int, int]  # a cycle's place in the order of the network's cycles
    hosts: tuple[Hosting, ...]
    offered: Mapping[int, frozenset[date]]  # by visit
    places: tuple[Place, ...]  # of all cycles, asked or accepted
    grants: Mapping[int, list[Grant]]  # by account, of those who may review
    homes: Mapping[int, Home]  # by community
    bases: Mapping[int, Point]  # by account
    free: Mapping[int, frozenset[date]]  # by account
    kept: Mapping[int, frozenset[date]]  # by account, the free days that they keep for a visit as its reserve
    interests: Mapping[int, frozenset[int]]  # by account, the communities, also those whose objection was upheld
    former: Mapping[int, frozenset[int]]  # by account, communities of roles that ended within the years that are set
    pins: tuple[Pin, ...]
    forbidden: tuple[Forbidden, ...]
    overrides: tuple[Override, ...]  # confirmed by a second person

    def point_of(self, community: int) -> Point | None:
        """Where the community is, as far as a plan may know: of a hidden address roughly."""
        home = self.homes[community]
        return known_point(home.latitude, home.longitude, hidden=home.hidden, rough=home.point)


def read_facts(cycle: Cycle, *, at: datetime) -> Facts:
    """Read what a plan of the cycle is made from. Fourteen queries."""
    network = cycle.network
    wanting = Enrolment.objects.filter(cycle=cycle, stage__in=BEFORE_A_VISIT).exclude(pathway="developmental")
    offered = OfferedDate.objects.filter(state=OfferedDate.State.OFFERED, visit__enrolment__cycle=cycle)
    places = TeamPlace.objects.filter(visit__enrolment__cycle__network=network, state__in=TAKEN).order_by("pk")
    held = RoleGrant.objects.filter(network=network, since_at__lte=at, account__is_active=True)
    said = FilteredRelation("account__availabilities", condition=Q(account__availabilities__cycle=cycle))
    limits = settings_of(network)
    held = held.filter(counting(limits, at)).annotate(said=said).order_by("account_id", "role", "pk")
    grants = list(map(Grant._make, held.values_list(*GRANT)))
    ended = [(one.account, one.community) for one in grants if one.community and one.until and one.until <= at]
    order = network.cycles.order_by("opens_on", "pk").values_list("pk", flat=True)
    decided = Q(visit__enrolment__cycle=cycle, lifted_at=None)
    days = list(_days(network).values_list("account_id", "on", "kept"))
    return Facts(
        cycle=cycle,
        limits=limits,
        travel=travel_of(network),
        cycles={pk: number for number, pk in enumerate(order)},
        hosts=tuple(map(Hosting._make, wanting.order_by("pk").values_list(*HOSTING))),
        offered=_sets(offered.values_list("visit_id", "on")),
        places=tuple(map(Place._make, places.values_list(*PLACE))),
        grants=_reviewers(one for one in grants if one.until is None or one.until > at),
        homes={row[0]: _home(row) for row in Community.objects.filter(network=network).values_list(*HOME)},
        bases={row[0]: row[1:] for row in HomeBase.objects.filter(network=network).values_list(*BASE)},
        free=_sets((account, on) for account, on, _kept in days),
        kept=_sets((account, on) for account, on, kept in days if kept),
        interests=kept_apart(network.pk, at=at),
        former=_sets(ended),
        pins=tuple(Pin.objects.filter(decided)),
        forbidden=tuple(Forbidden.objects.filter(decided)),
        overrides=tuple(Override.objects.filter(decided, confirmed_at__isnull=False)),
    )


def travel_of(network: Network) -> AllocationSettings:
    """What the network has set of plans, or the usual. One query."""
    return AllocationSettings.objects.filter(network=network).first() or AllocationSettings(network=network)


def _days(network: Network) -> QuerySet[Any]:
    """The days on which people are free; `kept` are those that somebody keeps for a visit as its reserve."""
    kept = Reserve.objects.filter(account=OuterRef("account"), on=OuterRef("on"), state=Reserve.State.READY)
    return AvailableDay.objects.filter(network=network).order_by().annotate(kept=Exists(kept))


HOSTING = (
    *("community_id", "community_name", "organisation_id", "service_type_id", "pathway"),
    *("visit__pk", "visit__state", "visit__on"),
)
PLACE = (
    *("account_id", "seat", "state", "from_community_id", "visit_id", "visit__state", "visit__on"),
    *("visit__enrolment__cycle_id", "visit__enrolment__community_id", "visit__enrolment__service_type_id"),
)
GRANT = (
    *("account_id", "account__display_name", "role", "community_id"),
    *("said__none", "said__reason", "said__most_visits", "until_at"),
)
HOME = (
    *("pk", "name", "organisation_id", "service_type_id", "latitude", "longitude", "hidden_address", "merged_into_id"),
    *("site_clearance__weeks", "approximate_point__latitude", "approximate_point__longitude"),
)
BASE = ("account_id", "latitude", "longitude")


def _home(row: tuple[Any, ...]) -> Home:
    *first, latitude, longitude = row
    return Home._make([*first, None if latitude is None else (latitude, longitude)])


def _reviewers(held: Iterable[Grant]) -> dict[int, list[Grant]]:
    grants = defaultdict[int, list[Grant]](list)
    for grant in held:
        grants[grant.account].append(grant)
    return {pk: mine for pk, mine in grants.items() if any(grant.role in APPROVALS for grant in mine)}


def _sets(rows: Iterable[tuple[int, Value]]) -> dict[int, frozenset[Value]]:
    """What stands beside each key."""
    found = defaultdict[int, set[Value]](set)
    for key, value in rows:
        found[key].add(value)
    return {key: frozenset(values) for key, values in found.items()}
