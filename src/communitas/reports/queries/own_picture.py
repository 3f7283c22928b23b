"""A community's own marks of a released cycle, beside what everybody may see of all."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from communitas.benchmarking import queries as benchmarking
from communitas.benchmarking.models import Release
from communitas.benchmarking.rules.cohort import NETWORK, Group
from communitas.benchmarking.rules.disclosure.lattice import CellKey
from communitas.benchmarking.rules.facts import Score
from communitas.cycles.models import Enrolment
from communitas.members.actors import Actor
from communitas.members.models import Network
from communitas.reports.models import NationalReport
from communitas.reports.policy.national import own_picture as may_see
from communitas.reports.rules.documents.own_picture import Ground, OwnPicture, own_picture
from communitas.standards import queries as standards


@dataclass(frozen=True, slots=True)
class OwnPage:
    """The released report of the enrolment's cycle with the own picture; no picture where nothing compares."""

    report: NationalReport | None
    picture: OwnPicture | None


def enrolments() -> QuerySet[Enrolment]:
    """Enrolments with all that the page needs. One query."""
    return Enrolment.objects.select_related(
        "cycle__network__tenant", "cycle__edition__standard_set", "community", "edition", "service_type"
    )


def own_page(enrolment: Enrolment) -> OwnPage:
    """What a member sees. Nothing is there before the report is released, or where another edition was used."""
    report = (
        NationalReport.objects.filter(release__cycle=enrolment.cycle_id, release__state=Release.State.RELEASED)
        .select_related("release__cycle")
        .defer("release__exact", "release__protected", "release__audit", "content")
        .first()
    )
    scores = _scores(enrolment) if report and enrolment.edition_id == enrolment.cycle.edition_id else {}
    if report is None or not scores:
        return OwnPage(report, None)
    kept = benchmarking.protection_of(report.release)
    ground = Ground(
        value=lambda subject, group: kept.value(CellKey("agreed", subject, group)),
        spread=kept.spread,
        bins=lambda subject, group: kept.densities.get((subject, group), ()),
        communities=kept.took_part[NETWORK],
    )
    kind = enrolment.service_type
    made = own_picture(
        standards.edition_data(enrolment.cycle.edition),
        scores,
        ground,
        group=Group("type", kind.code),
        group_name=kind.plural or f"{kind.name} communities",
    )
    return OwnPage(report, made)


def _scores(enrolment: Enrolment) -> Mapping[str, Score]:
    """The agreed scores that count now, by the code of the criterion."""
    codes = {row.key: row.code for row in standards.edition_data(enrolment.edition).criteria()}
    facts = benchmarking.facts_of(enrolment)
    return {codes[fact.criterion]: fact.score for fact in facts if fact.kind == "agreed" and fact.criterion in codes}


def own_enrolments(actor: Actor, network: Network) -> list[Enrolment]:
    """The enrolments of one's own communities in released cycles, newest first; not all of them for the office."""
    own = {each.community for each in actor.held if each.network == network.pk and each.community}
    if not own:
        return []
    mine = may_see.visible(enrolments().filter(cycle__network=network, community__in=own), actor)
    return list(mine.filter(cycle__releases__state=Release.State.RELEASED).order_by("-cycle__opens_on", "pk"))
