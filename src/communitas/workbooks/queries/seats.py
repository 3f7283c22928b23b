"""Whose hand writes what the whole team says: the person on the lead reviewer's seat of this visit."""

from collections.abc import Iterable

from communitas.people.models import Account
from communitas.visits import queries as visits
from communitas.visits.models import TeamPlace
from communitas.workbooks.models import Workbook
from communitas.workbooks.rules.events import Event

_AGREED = frozenset({"agreed", "after_evidence"})


def acting_role(workbook: Workbook, events: Iterable[Event], role: str, by: Account) -> str:
    """The role in which somebody writes these events: a lead reviewer on another seat writes as a reviewer.

    One query where a lead reviewer agrees or settles; none for anything else.
    """
    if role != "lead_reviewer" or workbook.review.kind != "peer":
        return role
    if not any(event.register in _AGREED or event.kind == "resolve" for event in events):
        return role
    return role if visits.leads_team(workbook.review.enrolment_id, by.pk) else "reviewer"


def sits_elsewhere(workbook: Workbook, account: Account) -> bool:
    """Whether somebody of the team sits elsewhere while the lead reviewer's seat is taken."""
    enrolment = workbook.review.enrolment_id
    if visits.leads_team(enrolment, account.pk):
        return False
    return TeamPlace.objects.filter(visit__enrolment=enrolment, account=account, state="accepted").exists()
