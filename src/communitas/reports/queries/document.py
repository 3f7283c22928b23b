"""The local report as a document: built from what stands now, or read as it was signed."""

from collections.abc import Iterable
from datetime import date, datetime

from communitas.benchmarking import queries as benchmarking
from communitas.benchmarking.rules.facts import Fact, Score
from communitas.cycles.models import Enrolment
from communitas.cycles.queries import today_in
from communitas.members.rules.community import Community
from communitas.reports.models import FactPoint, LocalReport
from communitas.reports.queries.among import peers_of
from communitas.reports.queries.checking import codes_by_key
from communitas.reports.queries.designs import design_in_use
from communitas.reports.queries.planned import earlier_actions, planned_actions
from communitas.reports.rules import stored
from communitas.reports.rules.documents import local as documents
from communitas.reports.rules.documents.parts import Correction, Finding, LastCycle, TeamMember
from communitas.standards import queries as standards
from communitas.visits import queries as visits
from communitas.visits.models import Visit
from communitas.workbooks import queries as workbooks
from communitas.workbooks.queries import ScoreLine

_DECIDED = {
    FactPoint.State.ACCEPTED: "accepted",
    FactPoint.State.DECLINED: "not accepted",
    FactPoint.State.NOTED: "noted",
}


def document_of(report: LocalReport, *, at: datetime) -> documents.LocalReport:
    """What the report says: as it was signed once somebody signed it, else as it stands at this moment."""
    if report.document is not None:
        return stored.from_json(documents.LocalReport, report.document)
    return build(report, dated_on=today_in(report.enrolment.cycle.network, at), final=False)


def build(report: LocalReport, *, dated_on: date, final: bool) -> documents.LocalReport:
    """The document from the answers, findings and decisions that stand now. A constant number of queries."""
    enrolment = report.enrolment
    codes = codes_by_key(enrolment)
    lines = workbooks.self_and_agreed(enrolment)
    found = workbooks.findings(enrolment)
    visit = Visit.objects.filter(enrolment=enrolment).select_related("enrolment__cycle__network").first()
    return documents.build_local(
        network=enrolment.cycle.network.name,
        cycle=enrolment.cycle.name,
        edition=standards.edition_data(enrolment.edition),
        community=community_of(enrolment),
        type_name=enrolment.service_type.name,
        modules=frozenset(str(module) for module in enrolment.modules),
        self_scores=[_own(line, enrolment) for line in lines],
        agreed_scores=[_agreed(line, enrolment) for line in lines],
        reasons={line.code: _reason(line) for line in lines if _differs(line)},
        last=_last(enrolment, codes),
        peers=peers_of(enrolment, codes),
        achievements=[Finding(each.text, _codes(each.code)) for each in found.achievements],
        improvements=[Finding(each.text, _codes(each.code)) for each in found.improvements],
        feedback="\n\n".join(each.text for each in found.feedback),
        introduction=report.summary,
        actions=planned_actions(enrolment, codes),
        earlier_actions=earlier_actions(enrolment),
        visit_on=visit.on if visit else enrolment.anchor_on,
        visit_form=str(visit.get_form_display()) if visit else "",
        team=_team(visit) if visit else (),
        corrections=_corrections(report, codes) if final else (),
        state="final" if final else "draft",
        version=report.version,
        dated_on=dated_on,
        design=design_in_use(enrolment.cycle.network),
    )


def facts_of(enrolment: Enrolment) -> list[Fact]:
    """The scores of both reviews as they stand, `criterion` being the key: what is frozen on signing."""
    code = enrolment.community.code
    return [
        Fact(code, key, "self" if kind == "self" else "agreed", score, comment)
        for _pk, key, kind, score, comment in workbooks.score_facts([enrolment])
    ]


def community_of(enrolment: Enrolment) -> Community:
    """The community as it was called and organised in that year. Where it is has no place in a report."""
    return Community(
        code=enrolment.community.code,
        name=enrolment.community_name,
        service_type=enrolment.service_type.code,
        organisation=enrolment.organisation.name if enrolment.organisation else "",
        region=enrolment.region,
    )


def _own(line: ScoreLine, enrolment: Enrolment) -> Fact:
    """The community's own score; its reason, such as why something does not apply, where nothing else was said."""
    said = line.self_comment or line.self_reason
    return Fact(enrolment.community.code, line.code, "self", line.self_score, said)


def _agreed(line: ScoreLine, enrolment: Enrolment) -> Fact:
    """The team's score. A reason for a difference has its own place and is not said twice."""
    said = line.agreed_comment or ("" if _differs(line) else _reason(line))
    return Fact(enrolment.community.code, line.code, "agreed", _standing(line), said)


def _standing(line: ScoreLine) -> Score:
    return line.agreed_score if line.after_evidence_score is None else line.after_evidence_score


def _reason(line: ScoreLine) -> str:
    return line.after_evidence_reason or line.agreed_reason


def _differs(line: ScoreLine) -> bool:
    return _standing(line) != line.self_score


def _last(enrolment: Enrolment, codes: dict[str, str]) -> LastCycle | None:
    before = benchmarking.earlier(enrolment)
    if before is None:
        return None
    same = {codes[key]: older for key, older in before.same.items() if key in codes}
    return LastCycle(
        before.cycle,
        {code: before.score(older, "self") for code, older in same.items() if (older, "self") in before.facts},
        {code: before.score(older, "agreed") for code, older in same.items() if (older, "agreed") in before.facts},
    )


def _team(visit: Visit) -> Iterable[TeamMember]:
    """Who sat on the team. Of client members the report prints the display name and the role alone."""
    return [
        TeamMember(each.name, each.seat_words, each.community, each.seat == "client_member")
        for each in visits.team_of(visit)
        if not each.empty and each.answer == "accepted"
    ]


def _corrections(report: LocalReport, codes: dict[str, str]) -> list[Correction]:
    """The host's points and the corrections of the office; comments of the team stay between it and the office."""
    points = report.points.filter(state__in=list(_DECIDED)).exclude(side=FactPoint.Side.TEAM)
    return [
        Correction(
            point.text, _DECIDED[FactPoint.State(point.state)], point.decision, codes.get(point.criterion_key, "")
        )
        for point in points
    ]


def _codes(code: str) -> tuple[str, ...]:
    return (code,) if code else ()
