"""The one way in which a report changes its state: lock, table of moves, row, line of the audit trail."""

from datetime import datetime
from typing import Any

from communitas.kit import audit
from communitas.kit.models import Tenant
from communitas.people.models import Account
from communitas.reports.models import LocalReport
from communitas.reports.rules.report import LOCAL_REPORT


def hold(report: LocalReport) -> None:
    """Lock the report's row until the end of the transaction, and read it anew."""
    report.refresh_from_db(
        from_queryset=LocalReport.objects.select_for_update(of=("self",)).select_related(
            "enrolment__cycle__network__tenant", "enrolment__community", "enrolment__edition"
        )
    )


def step(
    report: LocalReport,
    verb: str,
    *,
    by: Account | None,
    at: datetime,
    reason: str = "",
    detail: dict[str, Any] | None = None,
    **changed: Any,
) -> None:
    """Make a move of the table with the fields that go with it. The caller holds the row."""
    report.state = LOCAL_REPORT.move(report.state, verb, reason=reason)
    for name, value in changed.items():
        setattr(report, name, value)
    report.save(update_fields=["state", *changed])
    audit.record(
        tenant=tenant_of(report), verb=f"report.{verb}", obj=report, by=by, at=at, reason=reason.strip(), detail=detail
    )


def tenant_of(report: LocalReport) -> Tenant:
    """The tenant to whom the report belongs."""
    return report.enrolment.cycle.network.tenant
