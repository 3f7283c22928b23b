"""Private links to final reports."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max

from communitas.cycles.rules.stages import Stage
from communitas.members.models import Network
from communitas.reports.models import LocalReport, ReportLink
from communitas.reports.queries.checking import codes_by_key
from communitas.reports.queries.document import document_of
from communitas.reports.queries.planned import planned_actions
from communitas.reports.rules.documents import local as documents
from communitas.reports.rules.documents.reduced import reduced
from communitas.reports.rules.report import SUPERSEDED
from communitas.reports.rules.sharing import Link, hashed, is_open


@dataclass(frozen=True, slots=True)
class LinkLine:
    """One link as its makers see it. Of whoever opened it nothing is known but the moment."""

    pk: int
    recipient: str
    reason: str
    reduced: bool
    made_by: str
    made_at: datetime
    ends_at: datetime
    ended_at: datetime | None
    ended_by: str
    works: bool
    openings: int
    last_opened_at: datetime | None


def link_lines(report: LocalReport, *, at: datetime) -> list[LinkLine]:
    """The links of a report, newest first. One query."""
    rows = report.private_links.select_related("made_by", "ended_by", "report")
    counted = rows.annotate(count=Count("openings"), last=Max("openings__at"))
    return [
        LinkLine(
            link.pk,
            link.recipient,
            link.reason,
            link.reduced,
            link.made_by.display_name,
            link.made_at,
            link.ends_at,
            link.ended_at,
            link.ended_by.display_name if link.ended_by else "",
            is_open(as_link(link), at=at),
            link.count,
            link.last,
        )
        for link in counted
    ]


def link_of(network: Network, secret: str) -> ReportLink | None:
    """The link whose secret this is, of this network, whether or not it still works."""
    found = ReportLink.objects.filter(
        report__enrolment__cycle__network=network, secret_hash=hashed(secret)
    ).select_related(
        "report__enrolment__cycle__network__tenant",
        "report__enrolment__community",
        "report__enrolment__edition",
        "report__enrolment__service_type",
        "report__pdf__tenant",
    )
    return found.first()


def document_behind(link: ReportLink, *, at: datetime) -> documents.LocalReport:
    """What the link opens: the report as it was signed, or its reduced edition with the plan once that was sent."""
    document = document_of(link.report, at=at)
    if not link.reduced:
        return document
    enrolment = link.report.enrolment
    sent = enrolment.stage == Stage.COMPLETED
    return reduced(document, plan=planned_actions(enrolment, codes_by_key(enrolment)) if sent else ())


def as_link(link: ReportLink) -> Link:
    """What decides whether it works."""
    return Link(link.ends_at, link.ended_at is not None, link.report.state == SUPERSEDED)
