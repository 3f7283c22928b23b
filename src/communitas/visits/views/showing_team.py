"""What the page of a visit shows of its team: answers, who is missing, objections, papers; to each what is theirs."""

from datetime import date, datetime, timedelta
from typing import Any

from communitas.cycles.queries import today_in
from communitas.members.actors import Actor
from communitas.visits import queries
from communitas.visits.models import Objection, TeamPlace, Visit
from communitas.visits.queries import TeamMember
from communitas.visits.rules.answering import is_short_notice
from communitas.visits.rules.objecting import may_object
from communitas.visits.rules.visit import EDITABLE_STATES, TEAM_STATES

MOMENT = timedelta(microseconds=1)


def team_context(visit: Visit, actor: Actor, account_id: int, now: datetime, *, office: bool) -> dict[str, Any]:
    """The context of visits/_team.html."""
    network = visit.enrolment.cycle.network
    settings, today = queries.settings_of(network), today_in(network, now)
    team = queries.team_of(visit, settings)
    own = next((member for member in team if member.account_id == account_id), None)
    missing = queries.missing_words(visit, team, settings)
    soon = is_short_notice(today, visit.on, queries.asking_of(settings))
    editable = visit.state in EDITABLE_STATES
    host = visit.enrolment.community_id in actor.communities_as("community_lead")
    found: dict[str, Any] = {
        "team": team,
        "people": [person_of(member) for member in team],
        "own": own,
        "may_withdraw": own is not None and own.answer == TeamPlace.State.ACCEPTED and editable,
        "empty_words": queries.empty_words(visit, team, settings),
        "short_words": missing if office and soon and editable and visit.state in TEAM_STATES else (),
        "no_lead": not any(member.seat == "lead" and member.is_coming for member in team),
        "overdue": frozenset(member.place_id for member in team if _is_overdue(member, today)) if office else (),
        "editable": editable,
        "objections": _objections(visit, account_id) if host or office else [],
        **_papers(visit, team, sees=host or office),
    }
    found["may_object_to"] = _may_object_to(visit, found, now, today) if host and editable else []
    return found


def _papers(visit: Visit, team: list[TeamMember], *, sees: bool) -> dict[str, Any]:
    """What a secure site asks for, and of whom; `sees` for those who read how far everybody's papers are."""
    site = queries.site_clearance_of(visit.enrolment.community)
    papers = [member for member in team if member.clearance and member.is_coming]
    return {"site": site if site and site.weeks else None, "sees_papers": sees, "papers": papers}


def _may_object_to(visit: Visit, found: dict[str, Any], now: datetime, today: date) -> list[dict[str, Any]]:
    """The people to whom the host may object now, with the last day for it where one is set."""
    waiting = {one["place_id"] for one in found["objections"] if one["waits"]}
    return [
        {"member": member, "until": member.object_until and member.object_until - MOMENT}
        for member in found["team"]
        if member.is_coming
        and member.place_id not in waiting
        and may_object(now, member.object_until, today=today, on=visit.on)
    ]


def _objections(visit: Visit, reader_id: int) -> list[dict[str, Any]]:
    """Objections as the host's leads and the office read them; nobody reads one to themselves."""
    return [
        {
            "pk": one.pk,
            "place_id": one.place_id,
            "name": one.place.account.display_name,
            "reason": one.reason,
            "raised_by": one.raised_by.display_name,
            "raised_at": one.raised_at,
            "waits": one.decision == Objection.Decision.OPEN,
            "decision": one.get_decision_display(),
            "words": one.words,
        }
        for one in queries.objections_of(visit)
        if one.place.account_id != reader_id
    ]


def person_of(member: TeamMember) -> dict[str, Any]:
    """A seat of the team as the component shows it."""
    if member.empty:
        return {"name": "Seat to fill", "role": member.seat_words, "empty": True}
    answers = {"asked": "has not answered yet", "absent": "could not come"}
    words = [member.seat_words, member.community, answers.get(member.answer, "")]
    return {"name": member.name, "role": ", ".join(word for word in words if word)}


def _is_overdue(member: TeamMember, today: date) -> bool:
    return member.answer == TeamPlace.State.ASKED and member.answer_by is not None and member.answer_by < today
