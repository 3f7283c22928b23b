"""The rows that a cycle's problem is made from: a constant number of queries, whatever the size of the network."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Prefetch, Q

from communitas.allocation.models import (
    AllocationSettings,
    ApproximatePoint,
    AvailableDay,
    Forbidden,
    HomeBase,
    Pin,
)
from communitas.cycles.models import Cycle, Enrolment
from communitas.members.models import Access, Community, RoleGrant
from communitas.visits.models import OfferedDate, TeamPlace, Visit, VisitSettings
from communitas.visits.queries import settings_of
from communitas.visits.queries.candidates import APPROVALS, TAKEN

Value = TypeVar("Value")
Point = tuple[float, float]  # latitude, longitude
BEFORE_A_VISIT = ("enrolled", "self_review", "visit")  # stages in which a visit can still be planned
OPEN = (Visit.State.PLANNED, Visit.State.POSTPONED)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that was read."""

    cycle: Cycle
    limits: VisitSettings
    travel: AllocationSettings
    cycles: Mapping[int, int]  # a cycle's place in the order of the network's cycles
    enrolments: tuple[Enrolment, ...]  # those that want a visit, each with its visit where it has one
    places: tuple[TeamPlace, ...]  # of all cycles, asked or accepted
    grants: Mapping[int, list[RoleGrant]]  # by account, of those who may review
    points: Mapping[int, Point]  # by community
    bases: Mapping[int, Point]  # by account
    free: Mapping[int, frozenset[date]]  # by account
    interests: Mapping[int, frozenset[int]]  # by account, the communities
    pins: tuple[Pin, ...]
    forbidden: tuple[Forbidden, ...]

    def point_of(self, community: Community) -> Point | None:
        """Where the community is, as far as a plan may know: of a hidden address roughly."""
        exact = community.latitude is not None and community.longitude is not None
        if exact and not community.hidden_address:
            return community.latitude, community.longitude  # type: ignore[return-value]  # neither is None, as `exact` says
        return self.points.get(community.pk)


def open_visit(enrolment: Enrolment) -> Visit | None:
    """The enrolment's visit, if it is still to be planned."""
    visit: Visit | None = getattr(enrolment, "visit", None)
    return visit if visit is not None and visit.state in OPEN else None


def read_facts(cycle: Cycle, *, at: datetime) -> Facts:
    """Read what a plan of the cycle is made from. Thirteen queries."""
    network = cycle.network
    offered = Prefetch("visit__offered", OfferedDate.objects.filter(state=OfferedDate.State.OFFERED))
    wanting = Enrolment.objects.filter(cycle=cycle, stage__in=BEFORE_A_VISIT).exclude(pathway="developmental")
    wanting = wanting.select_related("community", "visit").prefetch_related(offered).order_by("pk")
    places = TeamPlace.objects.filter(visit__enrolment__cycle__network=network, state__in=TAKEN)
    interests = Access.objects.filter(relation="interest", community__network=network).exclude(until_at__lte=at)
    held = RoleGrant.objects.filter(network=network, since_at__lte=at, account__is_active=True)
    held = held.exclude(until_at__lte=at).select_related("account", "community").order_by("account_id", "role", "pk")
    order = network.cycles.order_by("opens_on", "pk").values_list("pk", flat=True)
    decided = Q(visit__enrolment__cycle=cycle, lifted_at=None)
    return Facts(
        cycle=cycle,
        limits=settings_of(network),
        travel=AllocationSettings.objects.filter(network=network).first() or AllocationSettings(network=network),
        cycles={pk: number for number, pk in enumerate(order)},
        enrolments=tuple(wanting),
        places=tuple(places.select_related("visit__enrolment").order_by("pk")),
        grants=_reviewers(held),
        points={
            one.community_id: (one.latitude, one.longitude)
            for one in ApproximatePoint.objects.filter(community__network=network)
        },
        bases={one.account_id: (one.latitude, one.longitude) for one in HomeBase.objects.filter(network=network)},
        free=_sets(AvailableDay.objects.filter(network=network).values_list("account_id", "on")),
        interests=_sets(interests.values_list("account_id", "community_id")),
        pins=tuple(Pin.objects.filter(decided).select_related("visit__enrolment")),
        forbidden=tuple(Forbidden.objects.filter(decided).select_related("visit__enrolment")),
    )


def _reviewers(held: Iterable[RoleGrant]) -> dict[int, list[RoleGrant]]:
    grants = defaultdict[int, list[RoleGrant]](list)
    for grant in held:
        grants[grant.account_id].append(grant)
    return {pk: mine for pk, mine in grants.items() if any(grant.role in APPROVALS for grant in mine)}


def _sets(rows: Iterable[tuple[int, Value]]) -> dict[int, frozenset[Value]]:
    """What stands beside each account."""
    found = defaultdict[int, set[Value]](set)
    for account_id, value in rows:
        found[account_id].add(value)
    return {account_id: frozenset(values) for account_id, values in found.items()}
