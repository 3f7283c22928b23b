"""What happens to a review as a whole is written down here: its state, a line of its history, a line of the trail."""

from datetime import datetime
from typing import Any

from communitas.kit import audit
from communitas.people.models import Account
from communitas.workbooks.models import ReviewMove, Workbook


def note(
    *,
    workbook: Workbook,
    verb: str,
    state: str | None = None,
    by: Account | None,
    at: datetime,
    reason: str = "",
    detail: dict[str, Any] | None = None,
) -> None:
    """Record a move of a review, with its new state when it has one."""
    review = workbook.review
    if state is not None:
        review.state = state
        review.save(update_fields=["state", "opened_at", "sent_at", "sent_by", "closed_at", "closed_by"])
    tenant = review.enrolment.cycle.network.tenant
    name = "selfreview" if review.kind == "self" else "workbook"
    audit.record(tenant=tenant, verb=f"{name}.{verb}", obj=workbook, by=by, at=at, reason=reason, detail=detail)
    ReviewMove.objects.create(review=review, verb=verb, by=by, at=at, reason=reason.strip(), detail=detail or {})
