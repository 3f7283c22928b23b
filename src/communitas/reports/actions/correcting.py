"""A correction of a signed report is a new version with a reason; both stay to be read."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.kit import audit
from communitas.kit.exceptions import NotAllowed
from communitas.people.models import Account
from communitas.reports import queries
from communitas.reports.models import LocalReport
from communitas.reports.rules.report import DECIDING, refuse_new_version


@transaction.atomic
def begin_correction(*, report: LocalReport, reason: str, by: Account, at: datetime) -> LocalReport:
    """Begin the next version of a final report. It starts with the same words; its points are the corrections."""
    queries.hold(report)
    refuse_new_version(report.state, reason=reason)
    if LocalReport.objects.filter(enrolment=report.enrolment, version__gt=report.version).exists():
        raise NotAllowed(_("A new version of this report is being written already."))
    made = LocalReport.objects.create(
        enrolment=report.enrolment,
        version=report.version + 1,
        state=DECIDING,
        summary=report.summary,
        begun_at=at,
        version_reason=reason.strip(),
    )
    audit.record(
        tenant=queries.tenant_of(report), verb="report.begin_correction", obj=made, by=by, at=at, reason=reason.strip()
    )
    return made
