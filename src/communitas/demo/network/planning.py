"""Who reviews whom: what the office knows of reviewers, a plan that it accepted last week, and one that waits."""

import json
from datetime import date, datetime, timedelta
from time import monotonic
from typing import Final

from communitas.allocation import actions as allocation
from communitas.allocation.models import Plan
from communitas.allocation.queries import preparing
from communitas.allocation.rules.allocating import allocate
from communitas.allocation.rules.reading import read_problem
from communitas.demo.network.calendar import YEARS
from communitas.demo.network.current import Year
from communitas.demo.network.days import days_to_offer
from communitas.demo.network.founding import Hearth
from communitas.demo.network.luck import luck
from communitas.kit.addresses import path_of
from communitas.kit.tasks import Progress
from communitas.people.models import Account

ROUGHLY: Final = {"PAPE": (50.7, -3.5), "HOPE": (52.6, -1.1)}  # hidden addresses, as the office says them
SILENT: Final = 9  # one in so many reviewers has not said when they are free
TRAVELLING: Final = 7  # one in so many sets out from somewhere else than their community
FREE: Final = 0.55  # of the days that are asked about
SECONDS: Final = 10  # more than the search ever takes for a network of this size


def accept_a_plan(hearth: Hearth, year: Year) -> None:
    """Five days ago the office filled the empty teams of visits whose dates stood."""
    at = hearth.now - timedelta(days=5)
    for code, (latitude, longitude) in ROUGHLY.items():
        if code in year.rounds:
            community = hearth.communities[code]
            allocation.set_point(community=community, latitude=latitude, longitude=longitude, by=hearth.cora, at=at)
    _ask_everybody(hearth, at - timedelta(days=3))
    plan = _propose(hearth, at)
    if plan is not None:
        allocation.accept(plan=plan, by=hearth.cora, at=at + timedelta(minutes=25))


def propose_a_plan(hearth: Hearth) -> None:
    """Since then more communities have offered dates: the newest plan waits for somebody to read it."""
    _propose(hearth, hearth.now - timedelta(days=1))


def _ask_everybody(hearth: Hearth, at: datetime) -> None:
    """Most reviewers have said on which days they are free, and some from where they come."""
    cycle = hearth.cycles[YEARS]
    wanted = sorted({*preparing.days_wanted(cycle, on=hearth.calendar.today), *days_to_offer(hearth)})
    if not wanted:
        return
    for number, who in enumerate(preparing.people(cycle, at=at).order_by("pk")):
        chance = luck(hearth.seed, "days", who.username)
        if number % SILENT:
            days = [day for day in wanted if chance.random() < FREE]
            _say_days(hearth, who, days, wanted, at)
        home = who.roles.exclude(community=None).select_related("community").first()
        place = home.community if home else None
        if place is not None and place.latitude is not None and place.longitude is not None and not number % TRAVELLING:
            allocation.set_home_base(
                network=hearth.network,
                account=who,
                latitude=round(place.latitude + chance.uniform(-0.4, 0.4), 2),
                longitude=round(place.longitude + chance.uniform(-0.6, 0.6), 2),
                by=hearth.cora,
                at=at,
            )


def _say_days(hearth: Hearth, who: Account, days: list[date], wanted: list[date], at: datetime) -> None:
    start, end = wanted[0], wanted[-1] + timedelta(days=1)
    allocation.set_available_days(
        network=hearth.network, account=who, days=days, start=start, end=end, by=hearth.cora, at=at
    )


def _propose(hearth: Hearth, at: datetime) -> Plan | None:
    """What the button does, at once: at this size the search ends long before its time, so it finds the same again."""
    cycle = hearth.cycles[YEARS]
    if not preparing.days_wanted(cycle, on=hearth.calendar.today):
        return None
    run = allocation.propose(cycle=cycle, seconds=SECONDS, by=hearth.cora, at=at)
    allocation.begin(run=run, by=hearth.cora, at=at)
    problem = read_problem(json.dumps(run.problem.content).encode())
    found = allocate(problem, seconds=SECONDS, seed=run.seed, workers=1, clock=monotonic).as_json()
    plan = allocation.finish(run=run, content=found | {"seconds": 1.0}, by=hearth.cora, at=at + timedelta(seconds=1))
    if plan is not None:
        Progress(run.job).result(path_of(hearth.network.slug, "allocation:plan", plan.pk))
    return plan
