"""What the page of a visit shows, as plain values."""

from typing import Any

from communitas.members.actors import Actor
from communitas.people.models import Account
from communitas.visits import policy, queries
from communitas.visits.models import TeamPlace, Visit
from communitas.visits.rules.visit import EDITABLE_STATES, VISIT

VERBS = {
    "plan": "Visit planned",
    "set_date": "Date set",
    "change_practical": "Practical information changed",
    "ask": "Asked onto the team",
    "accepted": "Place accepted",
    "declined": "Place declined",
    "remove": "Taken off the team",
    "mark_absent": "Could not come",
    "end_team_access": "Access of the team ended",
    **{move.verb: move.label for move in VISIT.moves},
}


def visit_context(visit: Visit, actor: Actor, account: Account) -> dict[str, Any]:
    """The context of visits/visit.html. What an actor may not do is not offered."""
    office = policy.assign_team.allows(actor, visit)
    team = queries.team_of(visit)
    return {
        "visit": visit,
        "enrolment": visit.enrolment,
        "team": team,
        "people": [_person(member) for member in team],
        "own": next((member for member in team if member.account_id == account.pk), None),
        "empty_words": queries.empty_seat_words(visit),
        "office": office,
        "editable": visit.state in EDITABLE_STATES,
        "may_edit": policy.edit_practical.allows(actor, visit),
        "may_hold": policy.close.allows(actor, visit) and visit.state in {"team_appointed", "confirmed"},
        "may_appoint": office and visit.state == Visit.State.PLANNED,
        "may_confirm": office and visit.state == Visit.State.TEAM_APPOINTED,
        "history": _history(visit, with_reasons=office) if office else [],
    }


def _person(member: queries.TeamMember) -> dict[str, Any]:
    if member.empty:
        return {"name": "Seat to fill", "role": member.seat_words, "empty": True}
    answers = {"asked": "has not answered yet", "absent": "could not come"}
    words = [member.seat_words, member.community, answers.get(member.answer, "")]
    return {"name": member.name, "role": ", ".join(word for word in words if word)}


def _history(visit: Visit, *, with_reasons: bool) -> list[dict[str, Any]]:
    moves = visit.moves.select_related("by")
    names = {
        place.account_id: place.account.display_name
        for place in TeamPlace.objects.filter(visit=visit).select_related("account")
    }
    return [
        {
            "what": _what(move.verb, names.get(move.detail.get("account"))),
            "by": move.by.display_name if move.by else "",
            "when": move.at,
            "reason": move.reason if with_reasons else "",
        }
        for move in moves
    ]


def _what(verb: str, name: str | None) -> str:
    words = VERBS.get(verb, verb)
    return f"{words}: {name}" if name else words
