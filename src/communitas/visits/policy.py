"""Who may do what with visits, their teams and declared interests."""

from functools import partial
from typing import Any

from django.db.models import Q

from communitas.kit.permissions import Condition, where
from communitas.members.policy import allow
from communitas.visits.rules.visit import EDITABLE_STATES, WITH_A_DAY

of_visit = partial(allow, network="enrolment__cycle__network", community="enrolment__community", scope="enrolment")
of_place = partial(allow, network="visit__enrolment__cycle__network", subject="account")
BEFORE_THE_DAY: Condition = where(state__in=sorted(EDITABLE_STATES))

read = of_visit("visit.read", why="Only people of the host, its visit team and the office read a visit.")
create = allow(
    "visit.create",
    why="Only the office plans visits.",
    network="cycle__network",
    community="community",
    scope="pk",
)
assign_team = of_visit("visit.assign_team", why="Only the office appoints the visit team.", sees=read)
postpone = of_visit("visit.postpone", why="Only the office moves, postpones or cancels a visit.", sees=read)
lock_date = of_visit("visit.lock_date", why="Only the office sets the date of a visit.", sees=read)
edit_practical = of_visit(
    "visit.edit_timetable",
    why="Only the community lead, the team's lead reviewer and the office change what the team needs to know, "
    "until the day of the visit.",
    atoms={"W": BEFORE_THE_DAY},
    sees=read,
)
answer_day = of_visit(
    "visit.answer_day",
    why="Only the community lead says whether the day of the visit will do, until the day before.",
    atoms={"W": where(state__in=sorted(WITH_A_DAY), on__isnull=False)},
    sees=read,
)
close = of_visit(
    "visit.close",
    why="Only the team's lead reviewer and the office say that a visit took place.",
    atoms={"W": where(state__in=["team_appointed", "confirmed", "held"])},
    sees=read,
)

accept_place = of_place("visit.accept_place", why="Only the person who was asked answers.")
decline_place = of_place("visit.decline_place", why="Only the person who was asked answers.")

of_member = partial(
    allow,
    network="visit__enrolment__cycle__network",
    community="visit__enrolment__community",
    scope="visit__enrolment",
)
COMING: Condition = where(state__in=["asked", "accepted"], visit__state__in=sorted(EDITABLE_STATES))


def _is_heard(actor: Any, role: str) -> Q:
    return COMING(actor, role) & (Q(object_until=None) | Q(object_until__gt=actor.now))


read_member = of_member("visit.read", why="Only people of the host, its visit team and the office read a visit.")
object_member = of_member(
    "visit.object_member",
    why="Only the community lead objects to somebody on the team, while there is time for it.",
    atoms={"W": _is_heard},
    sees=read_member,
)
record_clearance = of_member(
    "community.update_profile",
    why="Only the community lead and the office record how far somebody's papers are.",
    sees=read_member,
)
decide_objection = allow(
    "visit.assign_team",
    why="Only the office decides about an objection.",
    network="place__visit__enrolment__cycle__network",
)

list_visits = allow("visit.list", why="Only the office reads the list of all visits.", network="pk")
configure = allow("network.configure", why="Only the office changes the settings of visits.", network="pk")
own_interest = allow(
    "interest.declare",
    why="Interests are declared and withdrawn by the person who has them.",
    network=None,  # it is about a community or an organisation: the page looks for it in its own network
    subject="account",
)
read_interests = allow("interest.read_all", why="Only the office reads declared interests.", network="pk")
declare_interest = allow(
    "interest.list_own",
    why="Interests are declared by reviewers, the office and the committee.",
    network="pk",
)

# Before a date is locked; after that the office moves it.
BEFORE_A_DATE: Condition = where(state__in=["planned", "postponed"])
offer_dates = of_visit(
    "visit.offer_dates",
    why="Only the community lead and the office offer dates, while the visit is planned.",
    atoms={"W": BEFORE_A_DATE},
    sees=read,
)
read_pack = of_visit("visit.read_pack", why="Only the visit team and the office open the reviewers' pack.", sees=read)


def _feedback_is_open(actor: Any, role: str) -> Q:
    return Q(feedback_closes_at__gt=actor.now)


def _feedback_is_shown(path: str) -> Condition:
    return lambda actor, role: Q(**{f"{path}feedback_closes_at__lte": actor.now})


write_feedback = of_visit(
    "feedback.write",
    why="Feedback is given by the community lead and the team, after the visit and while there is time for it.",
    atoms={"W": _feedback_is_open},
    sees=read,
)
read_team_feedback = of_visit(
    "feedback.read_of_team",
    why="The community reads the team's feedback once both sides have answered or the time for it is over.",
    atoms={"G": _feedback_is_shown("")},
    sees=read,
)
read_own_feedback = of_place(
    "feedback.read",
    why="You read the community's feedback once both sides have answered or the time for it is over.",
    atoms={"G": _feedback_is_shown("visit__")},
)
list_feedback = allow("feedback.list", why="Only the office reads the list of all feedback.", network="pk")

raise_concern = allow(
    "safeguarding.raise", why="Concerns are raised by people who take part in the network.", network="pk"
)
of_concern = partial(
    allow, network="network", community="visit__enrolment__community", scope="visit__enrolment", subject="raised_by"
)
read_concern = of_concern(
    "safeguarding.read",
    why="A concern is read by the person named for safeguarding and the lead reviewer of the visit.",
)
answer_concern = of_concern(
    "safeguarding.answer", why="Concerns are answered by the people named for safeguarding.", sees=read_concern
)
list_concerns = allow(
    "safeguarding.list", why="The list of concerns is read by the people named for safeguarding.", network="pk"
)
