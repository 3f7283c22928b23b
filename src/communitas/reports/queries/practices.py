"""The library of good practice as pages read it, and the achievements that can be offered to it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from communitas.cycles.models import Enrolment
from communitas.members.models import Access, Community, RoleGrant
from communitas.people.models import Account
from communitas.reports.models import Practice
from communitas.reports.queries.planned import final_report
from communitas.reports.rules import stored
from communitas.reports.rules.documents import local as documents


@dataclass(frozen=True, slots=True)
class Achievement:
    """An achievement of the final report, counted from 1, and what became of it in the library."""

    number: int
    text: str
    code: str = ""
    section: str = ""
    practice: Practice | None = None


def practices() -> QuerySet[Practice]:
    """Practices with what pages and messages show."""
    return Practice.objects.select_related(
        "network__tenant",
        "enrolment__cycle__network__tenant",
        "enrolment__community",
        "enrolment__organisation",
        "enrolment__service_type",
        "service_type",
    )


def achievements_of(enrolment: Enrolment) -> list[Achievement]:
    """The achievements of the final report, in its order; none before it is signed. Two queries."""
    report = final_report(enrolment)
    if report is None or report.document is None:
        return []
    document = stored.from_json(documents.LocalReport, report.document)
    offered = {practice.achievement: practice for practice in practices().filter(enrolment=enrolment)}
    sections = {row.code: section.title for section in document.sections for row in section.criteria}
    return [
        Achievement(
            number,
            each.text,
            each.criteria[0] if each.criteria else "",
            sections.get(each.criteria[0], "") if each.criteria else "",
            offered.get(each.text),
        )
        for number, each in enumerate(document.achievements, start=1)
    ]


def names_around(enrolment: Enrolment) -> Iterator[str]:
    """The names that the words of the library may not hold: the community, its organisation, its people, its team."""
    yield enrolment.community_name
    if enrolment.community.name != enrolment.community_name:
        yield enrolment.community.name
    if enrolment.organisation:
        yield enrolment.organisation.name
    ours = RoleGrant.objects.filter(community=enrolment.community_id)
    team = Access.objects.filter(relation=Access.Relation.TEAM, scope=enrolment.pk)
    people = Account.objects.filter(Q(pk__in=ours.values("account")) | Q(pk__in=team.values("account")))
    for name in people.order_by("pk").values_list("display_name", flat=True):
        yield name
        yield from (part for part in name.split() if len(part) > 2 and part != name)


def communities_alike(enrolment: Enrolment) -> int:
    """How many communities of the network have the type of this one."""
    return Community.objects.filter(
        network=enrolment.cycle.network_id,
        service_type=enrolment.service_type_id,
        status=Community.Status.ACTIVE,
    ).count()
