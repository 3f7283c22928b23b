"""The one way in which a visit changes its state: the table of moves, the row, the line of history."""

from datetime import datetime
from typing import Any

from communitas.kit import audit
from communitas.people.models import Account
from communitas.visits.models import Visit, VisitMove
from communitas.visits.rules.visit import VISIT


def step(*, visit: Visit, verb: str, by: Account, at: datetime, reason: str = "", **detail: Any) -> None:
    """Make a move of the table; NotAllowed where it does not start or its reason is missing."""
    visit.refresh_from_db(from_queryset=Visit.objects.select_for_update(of=("self",)).select_related("enrolment"))
    visit.state = VISIT.move(visit.state, verb, reason=reason)
    visit.save(update_fields=["state"])
    note(visit=visit, verb=verb, by=by, at=at, reason=reason, **detail)


def note(*, visit: Visit, verb: str, by: Account | None, at: datetime, reason: str = "", **detail: Any) -> VisitMove:
    """Write a line of the visit's history and of the audit trail."""
    tenant = visit.enrolment.cycle.network.tenant
    audit.record(tenant=tenant, verb=f"visit.{verb}", obj=visit, by=by, at=at, reason=reason, detail=detail)
    return VisitMove.objects.create(visit=visit, verb=verb, by=by, at=at, reason=reason.strip(), detail=detail)
