"""What the page of a visit shows, as plain values."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from communitas.cycles.queries import today_in
from communitas.members.actors import Actor
from communitas.people.models import Account
from communitas.visits import policy, queries, slots
from communitas.visits.models import TeamPlace, Visit, VisitMove
from communitas.visits.rules.hosting import host_may_answer
from communitas.visits.rules.visit import VISIT, WITH_A_DAY
from communitas.visits.views.showing_team import team_context

VERBS = {
    "plan": "Visit planned",
    "set_date": "Date set",
    "change_practical": "Practical information changed",
    "ask": "Asked onto the team",
    "accepted": "Place accepted",
    "declined": "Place declined",
    "extend_answer": "Longer to answer",
    "remind": "Reminded to answer",
    "lapse": "No answer in time",
    "withdraw": "Withdrew",
    "absent_by_own_word": "Cannot come, said on the day",
    "change_seat": "Another seat",
    "object": "The community objects",
    "uphold_objection": "Objection upheld",
    "dismiss_objection": "Objection not upheld",
    "accept_day": "The community says that the day will do",
    "decline_day": "The community says that the day will not do",
    "remind_host": "Community reminded to answer about the day",
    "record_clearance": "Papers recorded",
    "remind_of_papers": "Reminded of the papers",
    "remove": "Taken off the team",
    "mark_absent": "Could not come",
    "offer_dates": "Dates offered",
    "keep_sheet": "Feedback of the day prepared",
    "lock_date": "Date locked",
    "change_timetable": "Timetable changed",
    "change_participants": "Who meets the team changed",
    "change_needs": "Said what they need",
    "send_feedback": "Feedback sent",
    "release_feedback": "Feedback shown to both sides",
    "end_team_access": "Access of the team ended",
    **{move.verb: move.label for move in VISIT.moves},
}

OBJECTIONS = frozenset({"object", "uphold_objection", "dismiss_objection"})
PARTICIPANTS = {
    "people": _("Who meets the team"),
    "names": _("Names"),
    "access_needs": _("Getting around"),
    "diet": _("Food"),
    "clearance": _("What a secure site asks"),
}


def visit_context(visit: Visit, actor: Actor, account: Account, now: datetime) -> dict[str, Any]:
    """The context of visits/visit.html. What an actor may not do is not offered."""
    office = policy.assign_team.allows(actor, visit)
    team = team_context(visit, actor, account.pk, now, office=office)
    return (
        _meeting(visit, actor, account, now, office=office)
        | team
        | _day(visit, actor, now)
        | {
            "visit": visit,
            "enrolment": visit.enrolment,
            "office": office,
            "may_edit": policy.edit_practical.allows(actor, visit),
            "may_hold": policy.close.allows(actor, visit) and visit.state in {"team_appointed", "confirmed"},
            "may_appoint": office and visit.state == Visit.State.PLANNED,
            "may_confirm": office and visit.state == Visit.State.TEAM_APPOINTED,
            "beside": _beside(visit, actor) if office else [],
            "ways": slots.ways.ask([visit.pk]).get(visit.pk, []) if office or _is_there(visit, actor) else [],
        }
        | (_past(visit, team["team"], account.pk) if office else {"history": [], "in_spite": []})
    )


def _day(visit: Visit, actor: Actor, now: datetime) -> dict[str, Any]:
    """What the host said of the day, and whether it may say so now."""
    may, office = policy.answer_day.allows(actor, visit), policy.assign_team.allows(actor, visit)
    if visit.state not in WITH_A_DAY or not (may or office):
        return {}
    today = today_in(visit.enrolment.cycle.network, now)
    return {
        "may_answer_day": may and host_may_answer(visit.state, visit.on, today),
        "host_asked": visit.host_asked_at is not None,
        "host_answer": queries.host_answer(visit),
        "host_last_day": queries.host_last_day(visit),
    }


def _past(visit: Visit, team: list[queries.TeamMember], reader_id: int) -> dict[str, Any]:
    """What happened, and who of the team was asked in spite of a rule: for the office alone."""
    moves = list(visit.moves.select_related("by"))
    return {"history": _history(visit, moves, reader_id), "in_spite": queries.in_spite_of(moves, team)}


def _meeting(visit: Visit, actor: Actor, account: Account, now: datetime, *, office: bool) -> dict[str, Any]:
    """What concerns the day itself: dates, link, who meets the team, timetable, pack, feedback."""
    may_edit = policy.edit_practical.allows(actor, visit)
    may_offer = policy.offer_dates.allows(actor, visit)
    takes_part = bool(_home_roles(actor, visit)) or visit.enrolment_id in actor.scopes("team")
    shown = queries.shown_link(visit, today_in(visit.enrolment.cycle.network, now)) if takes_part else ""
    state = queries.feedback_state(visit, now)
    mine = queries.own_feedback(visit, account) if state == "open" else None
    return {
        "link": visit.link if may_edit or office else shown,
        "link_waits": bool(visit.link) and not shown and not may_edit and not office and takes_part,
        "participants": [(PARTICIPANTS[name], words) for name, words in queries.participant_lines(visit)],
        "needs": queries.needs_of(visit) if may_edit or office else [],
        "may_offer": may_offer and visit.on is None,
        "offered": queries.offered_dates(visit) if may_offer and visit.on is None else [],
        "may_pack": policy.read_pack.allows(actor, visit),
        "feedback_state": state,
        "may_give": policy.write_feedback.allows(actor, visit) and mine is None,
        "gave": mine is not None,
        "may_read_team_feedback": policy.read_team_feedback.allows(actor, visit),
        "concerns": queries.concerns_about(visit, actor),
    }


def _is_there(visit: Visit, actor: Actor) -> bool:
    """Whether the actor is on the team or leads the host."""
    leads = visit.enrolment.community_id in actor.communities_as("community_lead")
    return leads or visit.enrolment_id in actor.scopes("team")


def _beside(visit: Visit, actor: Actor) -> list[slots.PackPart]:
    """What the office wants to know of the team from elsewhere."""
    found = slots.for_office.ask([visit.enrolment_id]).get(visit.enrolment_id, [])
    return sorted((part for some in found for part in some if part.may(actor)), key=lambda part: part.order)


def _home_roles(actor: Actor, visit: Visit) -> list[str]:
    home = visit.enrolment.community_id
    return [role for role in ("staff", "client_member", "community_lead") if home in actor.communities_as(role)]


def _history(visit: Visit, moves: list[VisitMove], reader_id: int) -> list[dict[str, Any]]:
    """What happened, for the office; of an objection to themselves nobody reads."""
    names = {
        place.account_id: place.account.display_name
        for place in TeamPlace.objects.filter(visit=visit).select_related("account")
    }
    return [
        {
            "what": _what(move.verb, names.get(move.detail.get("account"))),
            "by": move.by.display_name if move.by else "",
            "when": move.at,
            "reason": move.reason,
        }
        for move in moves
        if move.verb not in OBJECTIONS or move.detail.get("account") != reader_id
    ]


def _what(verb: str, name: str | None) -> str:
    words = VERBS.get(verb, verb)
    return f"{words}: {name}" if name else words
