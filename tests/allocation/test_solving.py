"""The solver's plans keep the rules, cost what they say, and are the best where that can be counted out."""

import json
import random
import time

import pytest
from hypothesis import HealthCheck, assume, given, settings

from communitas.allocation.rules.allocating import allocate
from communitas.allocation.rules.checking import check_plan
from communitas.allocation.rules.plan import Plan
from communitas.allocation.rules.reading import ProblemRefused, read_problem
from tests.allocation.brute import least_cost
from tests.allocation.problems import MONDAY, TUESDAY, Json, host, problem, reviewer, team
from tests.allocation.random_problems import problems

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def _solve(document: Json, *, seconds: float = 20, seed: int = 0, workers: int = 1) -> Plan:
    found = read_problem(json.dumps(document).encode())
    return allocate(found, seconds=seconds, seed=seed, workers=workers, clock=time.monotonic)


@settings(max_examples=50, deadline=None, suppress_health_check=SLOW, derandomize=True)
@given(problems())
def test_any_problem_gives_a_true_plan_or_an_explanation(document: Json) -> None:
    refusals: tuple[str, ...] = ()
    wrong: list[str] = []
    try:
        wrong = check_plan(document, json.loads(json.dumps(_solve(document).as_json())))
    except ProblemRefused as refused:
        refusals = refused.lines

    assert wrong == []
    assert [line for line in refusals if not line.startswith("pinned[")] == []


@settings(max_examples=25, deadline=None, suppress_health_check=SLOW, derandomize=True)
@given(problems(most_hosts=2, most_reviewers=4))
def test_tiny_problem_is_solved_to_the_least_cost(document: Json) -> None:
    document["hosts"] = [one | {"dates": one["dates"][:2]} for one in document["hosts"]]
    try:
        plan = _solve(document)
    except ProblemRefused:
        assume(False)
        raise

    least = least_cost(document)

    assert plan.cost == pytest.approx(least, abs=1e-5)
    assert plan.bound <= least + 1e-5
    assert plan.gap == pytest.approx(0, abs=1e-6)


def _network(size: int) -> Json:
    """A network in which hosts' own people are the reviewers."""
    chance = random.Random(size)
    days = [f"2027-10-{day:02}" for day in range(4, 16)]
    hosts = [
        host(f"H{n}", lat=chance.uniform(51, 53), lon=chance.uniform(-2, 1), dates=chance.sample(days, 3))
        for n in range(size)
    ]
    people = [
        reviewer(
            f"R{n}",
            community=f"H{n % size}",
            available=[day for day in days if chance.random() < 0.5],
            kind="client_member" if n % 3 == 0 else "staff",
            levels=["reviewer", *(["lead"] if n // size % 2 else [])],
            experience=n % 5,
            max_visits=1 + n % 2,
            lat=hosts[n % size]["lat"] + chance.uniform(-0.2, 0.2),
            lon=hosts[n % size]["lon"] + chance.uniform(-0.2, 0.2),
        )
        for n in range(6 * size)
    ]
    return problem(hosts, people)


def test_same_seed_and_workers_give_the_same_plan() -> None:
    document = _network(9)

    first, again = (_solve(document, seed=3, workers=2).as_json() for _ in range(2))

    assert check_plan(document, first) == []
    assert first | {"seconds": 0} == again | {"seconds": 0}


def test_a_plan_is_there_when_there_is_no_time() -> None:
    document = _network(9)

    plan = _solve(document, seconds=0.001)

    assert check_plan(document, plan.as_json()) == []


def test_withdrawal_changes_no_more_than_it_must() -> None:
    document = _network(6)
    before = _solve(document).as_json()
    gone = before["visits"][0]["team"][-1]["reviewer"]
    document["reviewers"] = [one for one in document["reviewers"] if one["id"] != gone]
    document["previous"] = [{key: one[key] for key in ("host", "date", "team")} for one in before["visits"]]

    plan = _solve(document).as_json()

    assert check_plan(document, plan) == []
    kept = {(v["host"], m["reviewer"]) for v in plan["visits"] for m in v["team"]}
    lost = {(v["host"], m["reviewer"]) for v in before["visits"] for m in v["team"]} - kept
    assert lost == {(before["visits"][0]["host"], gone)}


def test_empty_seats_and_unplaced_hosts_say_why() -> None:
    people = [
        reviewer("Ludo", levels=["lead"], available=[MONDAY]),
        reviewer("Far", kind="client_member", lat=56.0),
        reviewer("Busy", kind="client_member", available=[TUESDAY]),
        reviewer("Mina", kind="client_member", community="A"),
    ]
    document = problem([host("A", dates=[MONDAY]), host("B", dates=[TUESDAY]), host("C", dates=[])], people)

    plan = _solve(document)

    (visit,) = plan.visits
    reasons = {empty.seat: empty.reason for empty in visit.unfilled}
    assert reasons["client_member"] == (
        "Of 3 client members who review, 1 lives too far away, 1 is not free on the day, 1 belongs to the host."
    )
    assert reasons["staff"] == "There is no reviewer of the staff."
    assert {one.host: one.reason for one in plan.unplaced} == {
        "B": "2027-10-05: Of 1 lead reviewer, 1 is not free on the day.",
        "C": "It offers no date.",
    }


def test_pins_hold() -> None:
    pins = [{"host": "A", "date": TUESDAY, "reviewer": "Rafi"}, {"host": "A", "date": TUESDAY, "reviewer": "far Nadia"}]
    document = problem([host("A"), host("B")], [*team(), *team("far ", lat=52.5)], pinned=pins)

    plan = _solve(document)

    assert check_plan(document, plan.as_json()) == []
