"""What the page of a visit shows of its team: who answers until when, who is missing, what can still be done."""

from datetime import date, datetime
from typing import Any

from communitas.cycles.queries import today_in
from communitas.visits import queries
from communitas.visits.models import TeamPlace, Visit
from communitas.visits.queries import TeamMember
from communitas.visits.rules.answering import is_short_notice
from communitas.visits.rules.visit import EDITABLE_STATES, TEAM_STATES


def team_context(visit: Visit, account_id: int, now: datetime, *, office: bool) -> dict[str, Any]:
    """The context of visits/_team.html."""
    network = visit.enrolment.cycle.network
    settings, today = queries.settings_of(network), today_in(network, now)
    team = queries.team_of(visit, settings)
    own = next((member for member in team if member.account_id == account_id), None)
    missing = queries.missing_words(visit, team, settings)
    soon = is_short_notice(today, visit.on, queries.asking_of(settings))
    editable = visit.state in EDITABLE_STATES
    return {
        "team": team,
        "people": [person_of(member) for member in team],
        "own": own,
        "may_withdraw": own is not None and own.answer == TeamPlace.State.ACCEPTED and editable,
        "empty_words": queries.empty_words(visit, team, settings),
        "short_words": missing if office and soon and editable and visit.state in TEAM_STATES else (),
        "no_lead": not any(member.seat == "lead" and member.is_coming for member in team),
        "overdue": frozenset(member.place_id for member in team if _is_overdue(member, today)) if office else (),
        "editable": editable,
    }


def person_of(member: TeamMember) -> dict[str, Any]:
    """A seat of the team as the component shows it."""
    if member.empty:
        return {"name": "Seat to fill", "role": member.seat_words, "empty": True}
    answers = {"asked": "has not answered yet", "absent": "could not come"}
    words = [member.seat_words, member.community, answers.get(member.answer, "")]
    return {"name": member.name, "role": ", ".join(word for word in words if word)}


def _is_overdue(member: TeamMember, today: date) -> bool:
    return member.answer == TeamPlace.State.ASKED and member.answer_by is not None and member.answer_by < today
