"""The one way in which an enrolment changes: the table of moves, the row, the line of history, the dates, the fact."""

from datetime import datetime
from typing import Any

from django.db import transaction

from communitas.cycles import queries
from communitas.cycles.events import EnrolmentCompleted, EnrolmentMoved
from communitas.cycles.models import DueDate, Enrolment, Move
from communitas.cycles.rules.rounds import refuse_in_closed_cycle
from communitas.cycles.rules.stages import ENDED, Pathway, Stage, moves_of, stages_of
from communitas.kit import audit, events
from communitas.people.models import Account


@transaction.atomic
def step(
    *,
    enrolment: Enrolment,
    verb: str,
    by: Account | None,
    at: datetime,
    reason: str = "",
    detail: dict[str, Any] | None = None,
) -> None:
    """Make a move of the pathway's table and bring the given object up to date.

    NotAllowed with the move's sentence where it does not start, lacks its reason, or the cycle is closed.
    """
    queries.hold(enrolment)
    refuse_in_closed_cycle(enrolment.cycle.state)
    before = enrolment.stage
    enrolment.stage = moves_of(Pathway(enrolment.pathway)).move(before, verb, reason=reason)
    enrolment.completed_at = at if enrolment.stage == Stage.COMPLETED else None
    enrolment.save(update_fields=["stage", "completed_at"])
    note(enrolment=enrolment, verb=verb, by=by, at=at, before=before, reason=reason, detail=detail)
    account = by.pk if by else None
    events.publish(EnrolmentMoved(enrolment.pk, verb, before, enrolment.stage, account, at, reason.strip()))
    if enrolment.stage == Stage.COMPLETED:
        events.publish(EnrolmentCompleted(enrolment.pk, account, at))


def note(
    *,
    enrolment: Enrolment,
    verb: str,
    by: Account | None,
    at: datetime,
    before: str = "",
    reason: str = "",
    detail: dict[str, Any] | None = None,
) -> None:
    """Write a line of the enrolment's history and of the audit trail, and count its due dates anew."""
    tenant = enrolment.cycle.network.tenant
    audit.record(tenant=tenant, verb=f"enrolment.{verb}", obj=enrolment, by=by, at=at, reason=reason, detail=detail)
    Move.objects.create(
        enrolment=enrolment,
        verb=verb,
        from_stage=before,
        to_stage=enrolment.stage if before else "",
        by=by,
        at=at,
        reason=reason.strip(),
        detail=detail or {},
    )
    _recount(enrolment, at)


def _recount(enrolment: Enrolment, at: datetime) -> None:
    """A stage that lies behind keeps the date that it had; an enrolment that ended early keeps them all."""
    if enrolment.stage in ENDED and enrolment.stage != Stage.COMPLETED:
        return
    rows = {row.what: row for row in enrolment.due_dates.all()}
    dues = queries.counted(enrolment)
    order = list(stages_of(Pathway(enrolment.pathway)))
    now = order.index(Stage(enrolment.stage))
    for number, passed in enumerate(order):
        if passed not in rows and passed not in dues:
            continue
        row = rows.setdefault(passed, DueDate(enrolment=enrolment, what=passed))
        if number >= now or row.due_on is None:
            due = dues.get(passed)
            row.due_on, row.first_due_on = (due.on, due.original) if due else (None, None)
        row.done_at = (row.done_at or at) if number < now else None
    DueDate.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["enrolment", "what"],
        update_fields=["due_on", "first_due_on", "done_at"],
    )
