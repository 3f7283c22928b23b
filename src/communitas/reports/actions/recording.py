"""The one way in which a report changes its state: table of moves, row, line of the audit trail; lines of actions."""

from datetime import datetime
from typing import Any

from communitas.kit import audit
from communitas.people.models import Account
from communitas.reports import queries
from communitas.reports.models import Action, LocalReport
from communitas.reports.rules.report import LOCAL_REPORT


def step(
    *,
    report: LocalReport,
    verb: str,
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
        tenant=queries.tenant_of(report),
        verb=f"report.{verb}",
        obj=report,
        by=by,
        at=at,
        reason=reason.strip(),
        detail=detail,
    )


def record_action(
    *,
    action: Action,
    verb: str,
    by: Account,
    at: datetime,
    reason: str = "",
    detail: dict[str, Any] | None = None,
) -> None:
    """Write what was done to an action of a plan into the audit trail."""
    audit.record(
        tenant=action.enrolment.cycle.network.tenant,
        verb=f"action.{verb}",
        obj=action,
        by=by,
        at=at,
        reason=reason.strip(),
        detail=detail,
    )
