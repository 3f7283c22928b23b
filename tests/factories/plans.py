"""A cycle that can be planned, and plans without a solver."""

from datetime import date
from typing import Any

from communitas.allocation.models import AllocationSettings, AvailableDay, Plan, StatedProblem
from communitas.cycles.models import Cycle
from communitas.members.models import Community
from communitas.people.models import Account
from communitas.visits.models import OfferedDate, Visit
from tests.factories.networks import LONG_AGO
from tests.factories.years import make_enrolment, make_visit

OFFERED = (date(2027, 4, 12), date(2027, 4, 13), date(2027, 4, 15))


def make_host(cycle: Cycle, community: Community, *, days: tuple[date, ...] = OFFERED, **fields: Any) -> Visit:
    """A community with a place on the map whose visit waits for a date among those it offers."""
    Community.objects.filter(pk=community.pk).update(latitude=53.8, longitude=-1.5)
    visit = make_visit(make_enrolment(cycle, community, stage="self_review", **fields), on=None)
    OfferedDate.objects.bulk_create(OfferedDate(visit=visit, on=day, at=LONG_AGO) for day in days)
    return visit


def make_free(cycle: Cycle, accounts: list[Account], *days: date) -> None:
    """People who are free on some days, in a network where four of one community may sit in a team."""
    AllocationSettings.objects.get_or_create(network=cycle.network, defaults={"max_same_community": 4})
    AvailableDay.objects.bulk_create(
        AvailableDay(network=cycle.network, account=account, on=day, at=LONG_AGO)
        for account in accounts
        for day in days
    )


def make_plan(cycle: Cycle, community: Community, by: Account) -> Plan:
    """A plan in which the community is not placed."""
    host = {
        "id": f"c{community.pk}",
        "organisation": None,
        "type": "t1",
        "lat": 53.8,
        "lon": -1.5,
        "pathway": "peer_review",
        "dates": ["2027-04-13"],
    }
    content = {"schema": 1, "cycle": 0, "settings": {}, "hosts": [host], "reviewers": []}
    problem = StatedProblem.objects.create(
        cycle=cycle, content=content, hash="0" * 64, facts_hash="0" * 64, at=LONG_AGO
    )
    plan = {
        "schema": 1,
        "visits": [],
        "unplaced": [{"host": host["id"], "reason": "There is no lead reviewer."}],
        "cost": 1_000_000.0,
        "parts": {"unplaced_host": 1_000_000.0},
        "bound": 1_000_000.0,
        "gap": 0.0,
    }
    return Plan.objects.create(
        cycle=cycle, number=1, problem=problem, content=plan, cost=1e6, bound=1e6, by=by, at=LONG_AGO
    )
