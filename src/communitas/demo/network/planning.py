"""Who reviews whom: what the office knows of reviewers, a plan that it accepted last week, and one that waits."""

import json
from collections.abc import Collection
from datetime import datetime, timedelta
from time import monotonic
from typing import Final

from communitas.allocation import actions as allocation
from communitas.allocation.models import Override, Plan
from communitas.allocation.queries import preparing, state_problem
from communitas.allocation.rules.allocating import allocate
from communitas.allocation.rules.eligibility import Eligibility
from communitas.allocation.rules.problem import Overridable
from communitas.allocation.rules.reading import read_problem
from communitas.demo.network.calendar import YEARS
from communitas.demo.network.current import Year
from communitas.demo.network.days import days_to_offer
from communitas.demo.network.founding import Hearth
from communitas.demo.network.luck import luck
from communitas.kit import confirmations
from communitas.kit.addresses import path_of
from communitas.kit.models import Proposal
from communitas.kit.tasks import Progress
from communitas.people.models import Account
from communitas.visits.models import TeamPlace, Visit

NOWHERE: Final = ("WINT",)  # of this hidden address the office has said nothing yet
WITHOUT_CLIENTS: Final = ("RIDG",)  # on this day no client member is free: the seat stays empty, with the reason
SILENT: Final = 9  # one in so many reviewers has not said when they are free
TRAVELLING: Final = 7  # one in so many sets out from somewhere else than their community
FREE: Final = 0.55  # of the days that are asked about
SECONDS: Final = 10  # more than the search ever takes for a network of this size
ONE_EMPLOYER: Final = (
    "The two houses share an employer and nothing else, and the host asked for somebody with this experience."
)
A_LONG_WAY: Final = (
    "Nobody who lives nearer is free, and they would like to come all the same. The host pays for the night."
)


def accept_a_plan(hearth: Hearth, year: Year) -> None:
    """Five days ago the office filled the empty teams of visits whose dates stood."""
    at = hearth.now - timedelta(days=5)
    _say_roughly(hearth, at)
    _ask_everybody(hearth, year, at - timedelta(days=3))
    plan = _propose(hearth, at)
    if plan is not None:
        allocation.accept(plan=plan, by=hearth.cora, at=at + timedelta(minutes=25))


def propose_a_plan(hearth: Hearth) -> None:
    """Since then more communities have offered dates: the newest plan waits for somebody to read it.

    One rule was set aside before it, for somebody who has not said yet that they are free; another waits for Cyrus.
    """
    before = hearth.now - timedelta(days=2)
    agreed = _set_aside(hearth, "own organisation", free=False, reason=ONE_EMPLOYER, at=before)
    for proposal in Proposal.objects.filter(object_type=Override._meta.label_lower, object_id__in=agreed):
        confirmations.confirm(proposal=proposal, by=hearth.cyrus, at=before + timedelta(hours=3))
    plan = _propose(hearth, hearth.now - timedelta(days=1))
    rows = plan.content["visits"] if plan else []
    first = {row["host"] for row in rows if any(one["as"] == "staff" for one in row["unfilled"])}
    at = hearth.now - timedelta(hours=3)
    _set_aside(hearth, "max_distance_km", free=True, first=first, reason=A_LONG_WAY, at=at)


def _say_roughly(hearth: Hearth, at: datetime) -> None:
    """Of hidden addresses the office says the area: a point that is some kilometres off."""
    for code, community in hearth.communities.items():
        latitude, longitude = community.latitude, community.longitude
        if community.hidden_address and code not in NOWHERE and latitude is not None and longitude is not None:
            point = {"latitude": round(latitude, 1), "longitude": round(longitude, 1)}
            allocation.set_point(community=community, by=hearth.cora, at=at, **point)


def _ask_everybody(hearth: Hearth, year: Year, at: datetime) -> None:
    """Most reviewers have said on which days they are free, and some from where they come."""
    cycle = hearth.cycles[YEARS]
    waiting = TeamPlace.objects.filter(visit__enrolment__cycle=cycle, visit__on=None).values_list("account", flat=True)
    clients = {who.pk for house in hearth.households.values() for who in house.client_reviewers}
    away = {year.rounds[code].visit.on for code in WITHOUT_CLIENTS if code in year.rounds}
    wanted = sorted({*preparing.days_wanted(cycle, on=hearth.calendar.today), *days_to_offer(hearth)})
    if not wanted:
        return
    for number, who in enumerate(preparing.people(cycle, at=at).order_by("pk")):
        chance = luck(hearth.seed, "days", who.username)
        if number % SILENT or who.pk in waiting:
            days = [day for day in wanted if chance.random() < FREE and (who.pk not in clients or day not in away)]
            days += days_to_offer(hearth)[1:] if who.pk in waiting else []
            allocation.set_available_days(
                network=hearth.network, account=who, days=days, asked=wanted, by=hearth.cora, at=at
            )
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


def _set_aside(
    hearth: Hearth, rule: Overridable, *, free: bool, reason: str, at: datetime, first: Collection[str] = ()
) -> list[int]:
    """Propose it for one of staff whom this rule alone keeps from a host, free on one of its days or on none.

    Whoever is free on none changes no plan. Hosts in `first` are looked at first. The id of what was proposed; of a
    small network perhaps none.
    """
    cycle = hearth.cycles[YEARS]
    stated = state_problem(cycle, on=at.date(), at=at)
    if stated.problem is None:
        return []
    rules = Eligibility(stated.problem)
    for host in sorted(stated.problem.hosts, key=lambda one: one.id not in first):
        for who in stated.problem.reviewers:
            fits = who.kind == "staff" and bool(set(who.available) & set(host.dates)) == free
            if fits and [name for name, _why in rules.obstacles(who, host)] == [rule]:
                visit = Visit.objects.get(pk=stated.visits[host.id])
                account = Account.objects.get(pk=int(who.id[1:]))
                new = allocation.propose_override(visit=visit, account=account, reason=reason, by=hearth.cora, at=at)
                return [new.pk]
    return []
