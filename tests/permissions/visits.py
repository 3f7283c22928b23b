"""Addresses of visits."""

from datetime import date

from communitas.cycles.models import Enrolment
from communitas.members.models import Network
from communitas.visits import policy
from communitas.visits.models import Interest, TeamPlace, Visit
from tests.cast import NOW, Part, World
from tests.permissions.cases import SIGNED_IN, Case, Target


def visit(world: World, part: Part) -> Target:
    return Target(part.visit.pk, community=part.lark, scope=part.enrolment.pk, true="W")


def without_team(world: World, part: Part) -> Target:
    """The same visit, whose team is not appointed: the window in which it can take place is not open."""
    return Target(part.visit.pk, community=part.lark, scope=part.enrolment.pk)


def enrolment(world: World, part: Part) -> Target:
    return Target(part.oak_enrolment.pk, community=part.oak, scope=part.oak_enrolment.pk)


def place(world: World, part: Part) -> Target:
    """Rafi's place; in the twin network somebody else's."""
    account = world.rafi if part.network == world.network else world.theo
    found, _ = TeamPlace.objects.get_or_create(
        visit=part.visit, account=account, state="accepted", defaults={"seat": "staff", "appointed_at": NOW}
    )
    return Target(found.pk, community=part.lark, scope=part.enrolment.pk, subject=account)


def team_place(world: World, part: Part) -> Target:
    """The same place, as the office sees it: part of its visit."""
    found = place(world, part)
    return Target(*found.args, community=part.lark, scope=part.enrolment.pk, true="W")


def interest(world: World, part: Part) -> Target:
    account = world.rafi if part.network == world.network else world.theo
    found = Interest.objects.create(account=account, community=part.elm, nature="A relative.", declared_at=NOW)
    return Target(found.pk, community=part.elm, subject=account)


DAY = {"on": date(2027, 4, 1).isoformat(), "reason": "Another day."}
SEAT = {"account": "1", "seat": "lead"}
CASES = [
    Case("visits:list", row="visit.list"),
    Case("visits:mine", row=SIGNED_IN),
    Case("visits:settings", row="network.configure"),
    Case("visits:interests", row="interest.list_own"),
    Case("visits:all_interests", row="interest.read_all"),
    Case("visits:plan", row="visit.create", of=[enrolment]),
    Case("visits:visit", row="visit.read", of=[visit]),
    Case("visits:set_date", row="visit.lock_date", sees="visit.read", of=[visit], methods=("GET", "POST"), data=DAY),
    Case("visits:practical", row="visit.edit_timetable", sees="visit.read", of=[visit]),
    Case("visits:postpone", row="visit.postpone", sees="visit.read", of=[visit]),
    Case("visits:cancel", row="visit.postpone", sees="visit.read", of=[visit]),
    Case("visits:candidates", row="visit.assign_team", sees="visit.read", of=[visit]),
    Case("visits:ask", row="visit.assign_team", sees="visit.read", of=[visit], methods=("POST",), data=SEAT),
    Case("visits:appoint", row="visit.assign_team", sees="visit.read", of=[visit], methods=("POST",)),
    Case("visits:confirm", row="visit.assign_team", sees="visit.read", of=[visit], methods=("POST",)),
    Case("visits:hold", row="visit.close", sees="visit.read", of=[without_team], methods=("POST",)),
    Case("visits:remove", row="visit.assign_team", sees="visit.read", of=[team_place]),
    Case("visits:mark_absent", row="visit.assign_team", sees="visit.read", of=[team_place]),
    Case("visits:accept", row="visit.accept_place", of=[place], methods=("POST",)),
    Case("visits:decline", row="visit.decline_place", of=[place]),
    Case("visits:withdraw_interest", row="interest.declare", of=[interest], methods=("POST",)),
]
PERMISSIONS = [
    (policy.create, Enrolment),
    (policy.configure, Network),
    (policy.declare_interest, Network),
    (policy.read, Visit),
    (policy.assign_team, Visit),
    (policy.postpone, Visit),
    (policy.lock_date, Visit),
    (policy.edit_practical, Visit),
    (policy.close, Visit),
    (policy.accept_place, TeamPlace),
    (policy.decline_place, TeamPlace),
    (policy.own_interest, Interest),
    (policy.list_visits, Network),
    (policy.read_interests, Network),
]
