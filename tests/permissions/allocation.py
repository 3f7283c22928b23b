"""Addresses of allocation."""

from datetime import date

from communitas.allocation import policy
from communitas.allocation.models import Forbidden, Override, Pin, Plan, Reserve, Run, Willing
from communitas.cycles.models import Cycle
from communitas.members.models import Community, Network
from communitas.people.models import Account
from communitas.visits.models import TeamPlace, Visit
from tests.cast import NOW, Part, World
from tests.factories import grant, make_host, make_plan
from tests.permissions.cases import ANYBODY, Case, Target


def cycle(world: World, part: Part) -> Target:
    return Target(part.cycle.pk)


def plan(world: World, part: Part) -> Target:
    return Target(make_plan(part.cycle, part.lark, _office(world, part)).pk)


def planned_visit(world: World, part: Part) -> Target:
    return Target(make_plan(part.cycle, part.lark, _office(world, part)).pk, part.lark.pk)


def run(world: World, part: Part) -> Target:
    """A search that is under way."""
    by = _office(world, part)
    problem = make_plan(part.cycle, part.lark, by).problem
    found = Run.objects.create(cycle=part.cycle, problem=problem, seconds=60, by=by, at=NOW)
    return Target(found.pk)


def pinned(world: World, part: Part) -> Target:
    on = part.visit.on
    assert on is not None
    return Target(Pin.objects.create(visit=part.visit, on=on, by=_office(world, part), at=NOW).pk)


def kept_off(world: World, part: Part) -> Target:
    by = _office(world, part)
    return Target(Forbidden.objects.create(visit=part.visit, account=by, reason="Kin.", by=by, at=NOW).pk)


def set_aside(world: World, part: Part) -> Target:
    """An override that one of the office proposed and another confirmed."""
    by, other = _office(world, part), world.otto
    found = Override.objects.create(
        visit=part.visit,
        account=by,
        rules=["conflict"],
        reason="Long ago.",
        proposed_by=by,
        proposed_at=NOW,
        confirmed_by=other,
        confirmed_at=NOW,
    )
    return Target(found.pk)


def _office(world: World, part: Part) -> Account:
    return world.cora if part.network == world.network else world.tess


def reviewer(world: World, part: Part) -> Target:
    """A cycle with somebody who reviews in its network."""
    if part.network == world.network:
        return Target(part.cycle.pk, world.rafi.pk)
    grant(world.theo, part.network, "reviewer", community=part.oak)
    return Target(part.cycle.pk, world.theo.pk)


def community(world: World, part: Part) -> Target:
    return Target(part.lark.pk, community=part.lark)


def team_visit(world: World, part: Part) -> Target:
    return Target(part.visit.pk, community=part.lark, scope=part.enrolment.pk)


def own_reserve(world: World, part: Part) -> Target:
    """Rafi keeps a day free; in the twin network somebody else does."""
    account = world.rafi if part.network == world.network else world.theo
    said = {"seat": "staff", "on": part.visit.on, "asked_by": _office(world, part), "asked_at": NOW}
    found = Reserve.objects.create(visit=part.visit, account=account, **said)
    return Target(found.pk, community=part.lark, subject=account)


def any_reserve(world: World, part: Part) -> Target:
    return Target(*own_reserve(world, part).args)


def own_place(world: World, part: Part) -> Target:
    account = world.rafi if part.network == world.network else world.theo
    found, _ = TeamPlace.objects.get_or_create(
        visit=part.visit, account=account, state="accepted", defaults={"seat": "staff", "appointed_at": NOW}
    )
    return Target(found.pk, subject=account)


def needy_visit(world: World, part: Part) -> Target:
    """A visit that waits for a date and has nobody yet."""
    return Target(make_host(part.cycle, part.elm).pk, community=part.elm)


def offer(world: World, part: Part) -> Target:
    """Somebody who reviews offered to come."""
    who = world.rafi if part.network == world.network else world.theo
    found = Willing.objects.create(account=who, visit=part.visit, on=date(2027, 4, 13), at=NOW)
    return Target(found.pk, subject=who)


READ, PIN = "allocation.read", "allocation.pin"
PROPOSE, OVERRIDE = "allocation.propose", "allocation.override_rule"
TEAM = "visit.assign_team"
OWN = "availability.list_own"
POST, BOTH = ("POST",), ("GET", "POST")
CASES = [
    Case("allocation:studio", row=READ),
    Case("allocation:explained", row=ANYBODY, public=True),
    Case("allocation:fairness", row=READ),
    Case("allocation:ledger", row=READ),
    Case("allocation:ledger", row=READ, query="?format=csv"),
    Case("allocation:load", row=READ),
    Case("allocation:load", row=READ, query="?format=csv"),
    Case("allocation:give_and_take", row="ledger.read_own", of=[community]),
    Case("allocation:settings", row="network.configure", methods=BOTH),
    Case("allocation:cycle", row=READ, of=[cycle]),
    Case("allocation:propose", row=PROPOSE, sees=READ, of=[cycle], methods=POST, data={"seconds": "20"}),
    Case("allocation:plans", row=READ, of=[cycle]),
    Case("allocation:plans", row=READ, of=[cycle], query="?format=csv"),
    Case("allocation:what_if", row=PROPOSE, sees=READ, of=[cycle], methods=BOTH),
    Case("allocation:reviewers", row=PROPOSE, sees=READ, of=[cycle]),
    Case("allocation:reviewers", row=PROPOSE, sees=READ, of=[cycle], query="?format=csv"),
    Case("allocation:import_reviewers", row=PROPOSE, sees=READ, of=[cycle], methods=BOTH),
    Case("allocation:reviewer", row=PROPOSE, sees=READ, of=[reviewer]),
    Case("allocation:days", row=PROPOSE, sees=READ, of=[reviewer], methods=POST),
    Case("allocation:base", row=PROPOSE, sees=READ, of=[reviewer], methods=POST),
    Case("allocation:ask_for_days", row=PROPOSE, sees=READ, of=[cycle], methods=POST),
    Case("allocation:my_reviewing", row=OWN),
    Case("allocation:my_base", row=OWN, methods=BOTH),
    Case("allocation:my_days", row=OWN, of=[cycle], methods=BOTH),
    Case("allocation:come", row=OWN, of=[needy_visit], methods=POST, data={"on": "2027-04-13"}),
    Case("allocation:take_back", row="availability.update_own", of=[offer], methods=POST),
    Case("allocation:point", row=PROPOSE, of=[community], methods=BOTH),
    Case("allocation:stop", row=PROPOSE, of=[run], methods=POST),
    Case("allocation:plan", row=READ, of=[plan]),
    Case("allocation:plan", row=READ, of=[plan], query="?format=csv"),
    Case("allocation:accept", row="allocation.accept_plan", sees=READ, of=[plan], methods=POST),
    Case("allocation:go_on", row="allocation.accept_plan", sees=READ, of=[plan], methods=POST),
    Case("allocation:visit", row=READ, of=[planned_visit]),
    Case("allocation:swap", row=PIN, sees=READ, of=[planned_visit], methods=POST),
    Case("allocation:pin", row=PIN, sees=READ, of=[planned_visit], methods=POST),
    Case("allocation:forbid", row=PIN, sees=READ, of=[planned_visit], methods=POST),
    Case("allocation:override", row=OVERRIDE, sees=READ, of=[planned_visit], methods=POST),
    Case("allocation:lift", row=OVERRIDE, of=[set_aside], methods=POST),
    Case("allocation:unpin", row=PIN, of=[pinned], methods=POST),
    Case("allocation:allow_again", row=PIN, of=[kept_off], methods=POST),
    Case("allocation:seats", row=TEAM, sees="visit.read", of=[team_visit]),
    Case("allocation:ask_next", row=TEAM, sees="visit.read", of=[team_visit], methods=POST, data={"seat": "staff"}),
    Case("allocation:stop_asking", row=TEAM, sees="visit.read", of=[team_visit], methods=POST),
    Case("allocation:go_on_asking", row=TEAM, sees="visit.read", of=[team_visit], methods=POST),
    Case("allocation:ask_reserve", row=TEAM, sees="visit.read", of=[team_visit], methods=POST),
    Case("allocation:travel", row="travel.read", of=[team_visit]),
    Case("allocation:travel", row="travel.read", of=[team_visit], query="?format=csv"),
    Case("allocation:cycle_travel", row="travel.settle", of=[cycle]),
    Case("allocation:cycle_travel", row="travel.settle", of=[cycle], query="?format=csv"),
    Case("allocation:journey", row="travel.enter", of=[own_place], methods=BOTH, data={"mode": "car"}),
    Case("allocation:settle_journey", row="travel.settle", sees="travel.enter", of=[own_place], methods=POST),
    Case("allocation:release_reserve", row=TEAM, of=[any_reserve], methods=POST),
    Case("allocation:reserve", row="allocation.answer_reserve", of=[own_reserve]),
    Case(
        "allocation:answer_reserve",
        row="allocation.answer_reserve",
        of=[own_reserve],
        methods=POST,
        data={"answer": "yes"},
    ),
]
PERMISSIONS = [
    (policy.configure, Network),
    (policy.list_plans, Network),
    (policy.read_cycle, Cycle),
    (policy.read, Plan),
    (policy.propose, Cycle),
    (policy.stop, Run),
    (policy.pin, Plan),
    (policy.take_back, Pin),
    (policy.propose_override, Plan),
    (policy.override, Override),
    (policy.accept, Plan),
    (policy.place, Community),
    (policy.fill_seats, Visit),
    (policy.release_reserve, Reserve),
    (policy.answer_reserve, Reserve),
    (policy.read_travel, Visit),
    (policy.read_costs, Visit),
    (policy.list_travel, Cycle),
    (policy.enter_journey, TeamPlace),
    (policy.settle_journey, TeamPlace),
    (policy.list_own, Network),
    (policy.say_days, Cycle),
    (policy.come, Visit),
    (policy.own_offer, Willing),
    (policy.read_ledger, Community),
]
