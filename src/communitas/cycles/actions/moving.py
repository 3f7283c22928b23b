"""The moves of an enrolment through its cycle."""

from datetime import datetime

from django.db import transaction

from communitas.cycles import queries
from communitas.cycles.actions.recording import step
from communitas.cycles.models import Cycle, Enrolment
from communitas.people.models import Account


def open_self_review(*, enrolment: Enrolment, by: Account | None, at: datetime) -> None:
    """Open the self-review; `by` is None when its window opened by itself."""
    step(enrolment=enrolment, verb="open_self_review", by=by, at=at)


@transaction.atomic
def open_due_self_reviews(*, cycle: Cycle, by: Account | None, at: datetime) -> int:
    """Open every self-review whose window has begun; how many opened. `by` is None when the clock does it."""
    today = queries.today_in(cycle.network, at)
    begun = cycle.enrolments.filter(
        stage=Enrolment.Stage.ENROLLED, due_dates__what=Enrolment.Stage.ENROLLED, due_dates__due_on__lte=today
    ).exclude(pathway=Enrolment.Pathway.DEVELOPMENTAL)
    ready = list(begun.select_for_update(of=("self",)).order_by("pk"))
    for enrolment in ready:
        open_self_review(enrolment=enrolment, by=by, at=at)
    return len(ready)


def self_review_sent(*, enrolment: Enrolment, by: Account, at: datetime) -> None:
    """The community lead sent the self-review."""
    step(enrolment=enrolment, verb="send_self_review", by=by, at=at)


def reopen_self_review(*, enrolment: Enrolment, reason: str, by: Account, at: datetime) -> None:
    """Give the self-review back to the community."""
    step(enrolment=enrolment, verb="reopen_self_review", by=by, at=at, reason=reason)


def visit_closed(*, enrolment: Enrolment, by: Account, at: datetime) -> None:
    """The agreed scores are complete. On the developmental pathway this completes the cycle."""
    step(enrolment=enrolment, verb="close_visit", by=by, at=at)


def visit_reopened(*, enrolment: Enrolment, reason: str, by: Account, at: datetime) -> None:
    """Two people of the office opened the peer-review again; `by` is the second."""
    step(enrolment=enrolment, verb="reopen_visit", by=by, at=at, reason=reason)


def report_delivered(*, enrolment: Enrolment, by: Account, at: datetime) -> None:
    """The draft report went to the host. The time to check facts counts from here."""
    step(enrolment=enrolment, verb="deliver_draft", by=by, at=at)


def fact_check_ended(*, enrolment: Enrolment, by: Account | None, at: datetime) -> None:
    """The host answered, or the time to answer is over (then `by` may be None)."""
    step(enrolment=enrolment, verb="end_fact_check", by=by, at=at)


def report_final(*, enrolment: Enrolment, by: Account, at: datetime) -> None:
    """The report was signed by its second person. The time for the action plan counts from here."""
    step(enrolment=enrolment, verb="sign_report", by=by, at=at)


def action_plan_sent(*, enrolment: Enrolment, by: Account, at: datetime) -> None:
    """The community lead sent the action plan, which completes the cycle (EnrolmentCompleted is published)."""
    step(enrolment=enrolment, verb="complete", by=by, at=at)


def complete(*, enrolment: Enrolment, by: Account, at: datetime) -> None:
    """The same move as `action_plan_sent`, made by the office."""
    step(enrolment=enrolment, verb="complete", by=by, at=at)


def reinstate(*, enrolment: Enrolment, reason: str, by: Account, at: datetime) -> None:
    """Take an enrolment that was withdrawn, closed or merged back into the cycle, from its first stage."""
    step(enrolment=enrolment, verb="reinstate", by=by, at=at, reason=reason)
