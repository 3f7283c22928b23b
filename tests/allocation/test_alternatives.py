"""What the alternatives say of a seat is what the independent checker finds when somebody sits there."""

import json
import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings

from communitas.allocation.rules.allocating import allocate
from communitas.allocation.rules.alternatives import Alternatives
from communitas.allocation.rules.changing import Refused, changes, previous_of, rewritten, swapped, visits_of
from communitas.allocation.rules.checking import check_plan
from communitas.allocation.rules.plan import Seated, Visit
from communitas.allocation.rules.problem import Problem, Seat
from communitas.allocation.rules.reading import ProblemRefused, read_problem
from communitas.allocation.rules.telling import tell
from tests.allocation.problems import TUESDAY, Json, host, problem, reviewer, team
from tests.allocation.random_problems import problems

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def solve(document: Json) -> tuple[Problem, Json]:
    found = read_problem(json.dumps(document).encode())
    return found, allocate(found, seconds=20, seed=0, workers=1, clock=time.monotonic).as_json()


def seats_of(visit: Visit) -> list[tuple[Seat, str | None]]:
    """Each seat with who sits there, and each kind of seat that is empty."""
    taken: list[tuple[Seat, str | None]] = [(one.seat, one.reviewer) for one in visit.team]
    return taken + [(seat, None) for seat in sorted({one.seat for one in visit.unfilled})]


@settings(max_examples=15, deadline=None, suppress_health_check=SLOW, derandomize=True)
@given(problems(most_hosts=3, most_reviewers=6))
def test_each_difference_and_each_broken_rule_is_what_the_checker_finds(document: Json) -> None:
    try:
        found, plan = solve(document)
    except ProblemRefused:
        assume(False)
        raise
    visits = visits_of(plan)
    asked = Alternatives(found, visits)
    wrong = []
    for visit in visits:
        for seat, leaving in seats_of(visit):
            for one in asked.of_seat(visit.host, seat, leaving):
                stay = tuple(seated for seated in visit.team if seated.reviewer != leaving)
                new = replace(visit, team=(*stay, Seated(one.reviewer, seat)))
                trial = rewritten(found, document, plan, [new if each is visit else each for each in visits])
                costs_as_told = trial["cost"] - plan["cost"] == pytest.approx(one.difference, abs=1e-5)
                if bool(check_plan(document, trial)) != bool(one.broken) or not costs_as_told:
                    wrong.append((visit.host, seat, one))

    assert wrong == []


@settings(max_examples=15, deadline=None, suppress_health_check=SLOW, derandomize=True)
@given(problems(most_hosts=3, most_reviewers=6))
def test_what_each_visit_costs_adds_up_to_the_plan(document: Json) -> None:
    try:
        _, plan = solve(document)
    except ProblemRefused:
        assume(False)
        raise

    told = tell(document, plan)

    assert list(told) == [one["id"] for one in document["hosts"]]
    missed_elsewhere = [row for row in document["previous"] if told[row["host"]].on is None]
    if not missed_elsewhere:  # of a host without a visit, changed seats are nobody's cost but the plan's
        assert sum(one.cost for one in told.values()) == pytest.approx(plan["cost"], abs=1e-5)


@pytest.fixture
def document() -> Json:
    """One host, its team, and Cora who could lead too but comes from farther away."""
    return problem([host("A")], [*team(), reviewer("Cora", levels=["lead"], lat=52.5)])


def test_a_swap_gives_another_true_plan_with_the_same_bound(document: Json) -> None:
    found, plan = solve(document)

    new = swapped(found, document, plan, host="A", seat="lead", leaving="Ludo", joining="Cora")

    assert check_plan(document, new) == []
    assert new["cost"] == pytest.approx(plan["cost"] + 111.195, abs=0.001)
    assert new["bound"] == plan["bound"]
    [change] = changes(plan, new)
    assert (change.host, change.left, change.joined) == ("A", (("Ludo", "lead"),), (("Cora", "lead"),))
    assert changes(plan, plan) == []


def test_a_swap_that_breaks_a_rule_is_refused_with_the_rule(document: Json) -> None:
    found, plan = solve(document)
    document["reviewers"][-1]["available"] = [TUESDAY]
    found = read_problem(json.dumps(document).encode())

    with pytest.raises(Refused, match="Cora is not free on 2027-10-04"):
        swapped(found, document, plan, host="A", seat="lead", leaving="Ludo", joining="Cora")


def test_a_seat_that_changed_meanwhile_is_refused(document: Json) -> None:
    found, plan = solve(document)

    with pytest.raises(Refused, match="changed meanwhile"):
        swapped(found, document, plan, host="A", seat="lead", leaving="Cora", joining="Ludo")


def test_the_plan_before_is_named_as_the_next_problem_wants_it(document: Json) -> None:
    _, plan = solve(document)

    again = document | {"previous": previous_of(plan)}

    assert changes(plan, solve(again)[1]) == []
