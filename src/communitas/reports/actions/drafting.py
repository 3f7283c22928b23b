"""The draft: begun when the peer-review closes, written by the lead reviewer and the office, delivered to the host."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.cycles import actions as cycles
from communitas.cycles.models import Enrolment
from communitas.kit import audit
from communitas.people.models import Account
from communitas.reports import queries
from communitas.reports.actions.recording import step
from communitas.reports.models import LocalReport, ReportEdit
from communitas.reports.rules.report import LOCAL_REPORT, refuse_beginning, refuse_delivery
from communitas.reports.telling import leads_of, tell
from communitas.visits import queries as visits
from communitas.workbooks.models import Review


@transaction.atomic
def begin_draft(*, enrolment: Enrolment, by: Account | None, at: datetime) -> LocalReport:
    """Begin the first draft, or give the report that is there already; `by` is None when it begins by itself."""
    found = LocalReport.objects.filter(enrolment=enrolment).first()
    if found:
        return found
    closed = Review.objects.filter(enrolment=enrolment, kind=Review.Kind.PEER, state=Review.State.CLOSED)
    refuse_beginning(closed=closed.exists())
    report = LocalReport.objects.create(enrolment=enrolment, begun_at=at)
    audit.record(tenant=enrolment.cycle.network.tenant, verb="report.begin", obj=report, by=by, at=at)
    return report


@transaction.atomic
def write_summary(*, report: LocalReport, text: str, by: Account, at: datetime) -> None:
    """Write the words that open the report. What stood there before is kept; who writes becomes an author."""
    queries.hold(report)
    LOCAL_REPORT.find(report.state, "edit")
    text = text.strip()
    if text == report.summary:
        return
    ReportEdit.objects.create(report=report, before=report.summary, after=text, by=by, at=at)
    step(report=report, verb="edit", by=by, at=at, summary=text, author=report.author or by)


@transaction.atomic
def deliver(*, report: LocalReport, by: Account, at: datetime) -> None:
    """Give the draft to the community and the team. The time to check facts runs from here."""
    queries.hold(report)
    LOCAL_REPORT.find(report.state, "deliver")
    refuse_delivery(unscored=queries.unscored(report.enrolment))
    step(report=report, verb="deliver", by=by, at=at, delivered_at=at)
    cycles.report_delivered(enrolment=report.enrolment, by=by, at=at)
    until = queries.check_until(report.enrolment)
    words: dict[str, Any] = {"url_name": "reports:local", "pk": report.pk, "at": at, "until": until}
    tell(
        leads_of(report.enrolment, at),
        report.enrolment,
        subject=_("Your draft report is here: please check the facts"),
        template="reports/mail/delivered.txt",
        **words,
    )
    tell(
        Account.objects.filter(pk__in=visits.on_team(report.enrolment_id), is_active=True).order_by("pk"),
        report.enrolment,
        subject=_("The draft report is with the community: you may comment"),
        template="reports/mail/delivered_team.txt",
        **words,
    )
