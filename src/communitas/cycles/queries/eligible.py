"""Which communities can join a cycle, and how they stand towards it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from communitas.cycles.models import Cycle, Enrolment
from communitas.cycles.rules.stages import Pathway
from communitas.members.models import Community, Membership
from communitas.members.rules.membership import MembershipType, Term, current
from communitas.standards.models import Layer

SCORED = (Enrolment.Pathway.PEER_REVIEW, Enrolment.Pathway.ACCREDITATION)


@dataclass(frozen=True, slots=True)
class Known:
    """What the rule of enrolment asks of a community."""

    membership: MembershipType | None
    enrolled: bool
    reviewed_cycles: int


def not_enrolled(cycle: Cycle) -> QuerySet[Community]:
    """The active communities of the network that are not in the cycle yet."""
    return (
        Community.objects.filter(network=cycle.network_id, status=Community.Status.ACTIVE)
        .exclude(enrolments__cycle=cycle)
        .select_related("service_type", "organisation")
    )


def standing_of(cycle: Cycle, communities: Iterable[Community], today: date) -> Mapping[int, Known]:
    """How communities stand towards a cycle, by id: three queries for any number."""
    ids = [community.pk for community in communities]
    memberships: dict[int, list[tuple[MembershipType, Term]]] = {}
    for each in Membership.objects.filter(community__in=ids):
        memberships.setdefault(each.community_id, []).append((MembershipType(each.type), Term(each.since, each.until)))
    reviewed = dict(
        Enrolment.objects.filter(community__in=ids, stage=Enrolment.Stage.COMPLETED, pathway__in=SCORED)
        .exclude(cycle=cycle)
        .values_list("community")
        .annotate(count=Count("pk"))
    )
    enrolled = set(cycle.enrolments.filter(community__in=ids).values_list("community", flat=True))
    day = max(today, cycle.opens_on)  # a cycle that is prepared asks for membership on the day it opens
    return {pk: Known(current(tuple(memberships.get(pk, ())), day), pk in enrolled, reviewed.get(pk, 0)) for pk in ids}


def modules_of(cycle: Cycle) -> list[tuple[str, str]]:
    """The optional modules of the cycle's edition: code and title."""
    return list(cycle.edition.layers.filter(kind=Layer.Kind.MODULE).values_list("code", "title"))


def with_membership(communities: QuerySet[Community], kinds: Iterable[str], today: date) -> QuerySet[Community]:
    """The communities whose membership of today is one of the kinds."""
    holding = Q(memberships__since__lte=today) & (Q(memberships__until__isnull=True) | Q(memberships__until__gt=today))
    return communities.filter(holding, memberships__type__in=list(kinds)).distinct()


def pathways() -> list[tuple[str, str]]:
    """The pathways and their words."""
    return [(pathway.value, str(Enrolment.Pathway(pathway.value).label)) for pathway in Pathway]
