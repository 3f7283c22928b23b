"""Who may do what with visits, their teams and declared interests."""

from functools import partial

from communitas.kit.permissions import Condition, where
from communitas.members.policy import allow
from communitas.visits.rules.visit import EDITABLE_STATES

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
close = of_visit(
    "visit.close",
    why="Only the team's lead reviewer and the office say that a visit took place.",
    atoms={"W": where(state__in=["team_appointed", "confirmed", "held"])},
    sees=read,
)

accept_place = of_place("visit.accept_place", why="Only the person who was asked answers.")
decline_place = of_place("visit.decline_place", why="Only the person who was asked answers.")

list_visits = allow("visit.list", why="Only the office reads the list of all visits.", network="pk")
configure = allow("network.configure", why="Only the office changes the settings of visits.", network="pk")
own_interest = allow(
    "interest.declare",
    why="Interests are declared and withdrawn by the person who has them.",
    network="community__network",
    subject="account",
)
read_interests = allow("interest.read_all", why="Only the office reads declared interests.", network="pk")
declare_interest = allow(
    "interest.list_own",
    why="Interests are declared by reviewers, the office and the committee.",
    network="pk",
)
