"""The list of communities that can still join a cycle."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from communitas.cycles.models import Cycle, Enrolment
from communitas.cycles.queries.calendars import today_in
from communitas.cycles.queries.eligible import Known, not_enrolled, standing_of, with_membership
from communitas.cycles.rules.changes import refuse_enrolment
from communitas.cycles.rules.stages import Pathway
from communitas.kit.exceptions import NotAllowed
from communitas.kit.lists import Column, Filter, Listing, ListSpec, choice_filter
from communitas.kit.loading import numbers_within
from communitas.members.models import Community, Membership


@dataclass(frozen=True, slots=True)
class Joining:
    """One community of the list, with the pathways that it can join or the sentence that says why none."""

    pk: int
    name: str
    kind: str
    membership: str
    pathways: str
    why_not: str


def read(cycle: Cycle, request: HttpRequest, at: datetime) -> tuple[Listing, list[Joining]]:
    """One page of the list, and its rows."""
    today = today_in(cycle.network, at)
    listing = _spec(cycle, today).read(not_enrolled(cycle), request)
    standing = standing_of(cycle, listing.objects, today)
    return listing, [_row(community, standing[community.pk]) for community in listing.objects]


def chosen(
    cycle: Cycle, ids: Sequence[str], everything: bool, request: HttpRequest, at: datetime
) -> QuerySet[Community]:
    """The communities that were ticked, or all that fit the address.

    A tick that is no community of this network refuses the whole request.
    """
    rows = not_enrolled(cycle)
    if everything:
        return _spec(cycle, today_in(cycle.network, at)).narrow(rows, request)
    return rows.filter(pk__in=numbers_within(Community.objects.filter(network=cycle.network), ids))


def _spec(cycle: Cycle, today: date) -> ListSpec:
    types = [(each.code, each.name) for each in cycle.network.service_types.all()]
    regions = not_enrolled(cycle).exclude(region="").order_by("region").values_list("region", flat=True).distinct()
    places = [(region, region) for region in regions]
    kinds = [(str(kind.value), kind.label) for kind in Membership.Type]
    return ListSpec(
        _("Communities that are not in the cycle"),
        (
            Column("name", _("Community"), lambda each: each.name, sort=("name",)),
            Column("type", _("Type"), lambda each: each.service_type.name, sort=("service_type__name", "name")),
            Column("membership", _("Membership"), lambda each: ""),
            Column("pathways", _("Can join on"), lambda each: ""),
        ),
        search=("name", "code", "town", "organisation__name"),
        filters=(
            choice_filter("type", _("Type"), "service_type__code", types),
            choice_filter("region", _("Region"), "region", places),
            Filter(
                "membership",
                _("Membership"),
                lambda request: kinds,
                lambda rows, value: with_membership(rows, [value], today),
            ),
        ),
        order="name",
        per_page=100,
        empty=_("Every active community is in the cycle, or nothing fits these filters."),
    )


def _row(community: Community, known: Known) -> Joining:
    open_to, why_not = [], ""
    for pathway in Pathway:
        try:
            refuse_enrolment(known.membership, pathway, reviewed_cycles=known.reviewed_cycles)
        except NotAllowed as refused:
            why_not = why_not or refused.why
        else:
            open_to.append(str(Enrolment.Pathway(pathway.value).label))
    return Joining(
        pk=community.pk,
        name=community.name,
        kind=" · ".join(part for part in (community.service_type.name, community.region) if part),
        membership=str(Membership.Type(known.membership.value).label) if known.membership else _("no membership"),
        pathways=", ".join(open_to),
        why_not="" if open_to else why_not,
    )
