"""What the pages of a community show: counters, and one opening with what may be done with it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from communitas.cycles.models import Enrolment
from communitas.members.actors import Actor
from communitas.questionnaires import policy
from communitas.questionnaires.models import Opening, Questionnaire
from communitas.questionnaires.queries.openings import of_enrolment, settings_of, today_of


@dataclass(frozen=True, slots=True)
class CounterRow:
    """One questionnaire of an enrolment: how many came back of how many asked, never what they say."""

    title: str
    audience: str
    state: str
    tone: str
    opens_on: Any
    closes_on: Any
    came_back: int
    expected: int | None
    too_few: bool
    href: str
    results: str


def counter_rows(enrolment: Enrolment, actor: Actor, at: datetime) -> list[CounterRow]:
    """The counters of an enrolment: one query."""
    rows = []
    for opening in of_enrolment(enrolment):
        may_read = policy.read_aggregate.allows(actor, opening)
        may_see = policy.hand_out.allows(actor, opening) or policy.enter_paper.allows(actor, opening)
        rows.append(_row(opening, at, may_see=may_see, may_read=may_read))
    return rows


def _row(opening: Any, at: datetime, *, may_see: bool, may_read: bool) -> CounterRow:
    released = opening.state == Opening.State.RELEASED
    ended = not released and (opening.state == Opening.State.CLOSED or today_of(opening, at) > opening.closes_on)
    return CounterRow(
        title=opening.questionnaire.title,
        audience=str(opening.questionnaire.get_audience_display()),
        state=str(Opening.State.CLOSED.label if ended else opening.get_state_display()),
        tone="good" if released else "plain",
        opens_on=opening.opens_on,
        closes_on=opening.closes_on,
        came_back=opening.returned if released else opening.came_back,
        expected=opening.expected,
        too_few=released and not opening.enough,
        href=reverse("questionnaires:opening", args=[opening.pk]) if may_see else "",
        results=reverse("questionnaires:results", args=[opening.pk]) if may_read else "",
    )


def opening_view(opening: Opening, actor: Actor, at: datetime) -> dict[str, Any]:
    """What the page of an opening shows, and what this person may do there: three queries."""
    today = today_of(opening, at)
    released = opening.state == Opening.State.RELEASED
    running = opening.state == Opening.State.OPEN and opening.opens_on <= today <= opening.closes_on
    came_back = opening.returned if released else opening.replies.count()
    settings = settings_of(opening.enrolment.cycle.network)
    return {
        "opening": opening,
        "questionnaire": opening.questionnaire,
        "enrolment": opening.enrolment,
        "came_back": came_back,
        "threshold": settings.threshold,
        "few": (came_back or 0) < settings.threshold,
        "running": running,
        "released": released,
        "ended": not released and not running and today > opening.opens_on,
        "is_audit": opening.questionnaire.audience == Questionnaire.Audience.CASE_NOTE,
        "may_hand_out": policy.hand_out.allows(actor, opening),
        "may_enter": policy.enter_paper.allows(actor, opening),
        "may_audit": policy.audit_case_notes.allows(actor, opening),
        "may_release": policy.release.allows(actor, opening) and not released,
        "may_read": policy.read_aggregate.allows(actor, opening),
        "may_moderate": policy.read_raw.allows(actor, opening) and released and opening.enough,
        "slips_left": opening.codes.count() if not released else 0,
    }
