"""A private link to a final report: made, opened, ended."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from communitas.kit import audit
from communitas.kit.addresses import address_of
from communitas.people.models import Account
from communitas.reports import queries
from communitas.reports.models import LinkOpening, LocalReport, ReportLink
from communitas.reports.queries.sharing import as_link
from communitas.reports.rules.sharing import hashed, refuse_ending, refuse_link, refuse_link_days

SECRET_BYTES = 32


@transaction.atomic
def share(
    *, report: LocalReport, recipient: str, reason: str, days: int, reduced: bool = False, by: Account, at: datetime
) -> str:
    """Make a private link; returns its address, which is shown once: only a hash of its secret is kept.

    A `reduced` one opens the edition without single criteria, and nothing else of the report.
    """
    queries.hold(report)
    refuse_link(report.state, recipient=recipient, reason=reason)
    refuse_link_days(days)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    link = ReportLink.objects.create(
        report=report,
        recipient=recipient.strip(),
        reason=reason.strip(),
        reduced=reduced,
        secret_hash=hashed(secret),
        made_by=by,
        made_at=at,
        ends_at=at + timedelta(days=days),
    )
    tenant = queries.tenant_of(report)
    detail = {"report": report.pk, "days": days, "reduced": reduced}
    audit.record(tenant=tenant, verb="report.share", obj=link, by=by, at=at, reason=link.reason, detail=detail)
    return address_of(report.enrolment.cycle.network.slug, "reports:shared", secret)


@transaction.atomic
def end_link(*, link: ReportLink, by: Account, at: datetime) -> None:
    """End a link at once. It never opens anything again."""
    report = link.report
    queries.hold(report)
    link.refresh_from_db(fields=["ended_at"])
    refuse_ending(as_link(link), at=at)
    link.ended_by, link.ended_at = by, at
    link.save(update_fields=["ended_by", "ended_at"])
    audit.record(
        tenant=queries.tenant_of(report), verb="report.end_link", obj=link, by=by, at=at, detail={"report": report.pk}
    )


def record_opening(*, link: ReportLink, file: bool, by: None, at: datetime) -> None:
    """Count an opening. `by` is nobody: who opened it is not asked and not kept."""
    LinkOpening.objects.create(link=link, file=file, at=at)
