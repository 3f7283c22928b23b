"""The visit date, from which all others are counted, and the extension of one due date."""

from datetime import date, datetime

from django.db import transaction

from communitas.cycles import queries
from communitas.cycles.actions.recording import note, step
from communitas.cycles.events import VisitDateSet
from communitas.cycles.models import Enrolment
from communitas.cycles.rules.due import Extension, refuse_extension
from communitas.cycles.rules.rounds import refuse_in_closed_cycle
from communitas.cycles.rules.stages import Pathway, Stage
from communitas.kit import events
from communitas.people.models import Account


@transaction.atomic
def set_anchor(*, enrolment: Enrolment, on: date | None, by: Account, at: datetime, reason: str = "") -> None:
    """Set, move or take away (None) the visit date; every due date that is not behind is counted from it.

    On the developmental pathway a date also moves the enrolment to its visit. The same date again changes nothing.
    """
    queries.hold(enrolment)
    refuse_in_closed_cycle(enrolment.cycle.state)
    before = enrolment.anchor_on
    if before == on:
        return
    enrolment.anchor_on = on
    enrolment.save(update_fields=["anchor_on"])
    detail = {"before": before.isoformat() if before else "", "on": on.isoformat() if on else ""}
    note(enrolment=enrolment, verb="set_visit_date", by=by, at=at, reason=reason, detail=detail)
    events.publish(VisitDateSet(enrolment.pk, before, on, by.pk, at))
    if on and enrolment.pathway == Pathway.DEVELOPMENTAL and enrolment.stage == Stage.ENROLLED:
        step(enrolment=enrolment, verb="prepare_visit", by=by, at=at)


@transaction.atomic
def extend(*, enrolment: Enrolment, stage: str, until: date, reason: str, by: Account, at: datetime) -> None:
    """Move the last day of one stage to a later day, with a reason; the first date stays on record."""
    queries.hold(enrolment)
    refuse_in_closed_cycle(enrolment.cycle.state)
    extension = Extension(Stage(stage), until, reason)
    refuse_extension(extension, queries.counted(enrolment), Stage(enrolment.stage), enrolment.anchor_on)
    detail = {"stage": str(stage), "until": until.isoformat()}
    note(enrolment=enrolment, verb="extend", by=by, at=at, reason=reason, detail=detail)
