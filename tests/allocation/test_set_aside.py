"""Rules that two people set aside for one reviewer at one host, and no others."""

import json
import time

import pytest

from communitas.allocation.rules.allocating import allocate
from communitas.allocation.rules.alternatives import Alternatives
from communitas.allocation.rules.changing import visits_of
from communitas.allocation.rules.checking import check_plan
from communitas.allocation.rules.problem import Problem
from communitas.allocation.rules.reading import ProblemRefused, read_problem
from tests.allocation.problems import MONDAY, Json, host, problem, reviewer, team

EACH = [
    ("own organisation", {"organisation": "Trust A"}, {}),
    ("conflict", {}, {"conflicts": [{"reviewer": "Rafi", "host": "A"}]}),
    ("no_repeat_cycles", {"community": "C"}, {"history": [{"community": "C", "host": "A", "cycle": 2026}]}),
    ("max_distance_km", {"lat": 56.0}, {}),
]


def _row(*rules: str, at: str = "A") -> Json:
    return {"reviewer": "Rafi", "host": at, "rules": list(rules)}


def _read(document: Json) -> Problem:
    return read_problem(json.dumps(document).encode())


def _planned(document: Json) -> Json:
    """The plan, with Rafi pinned on Monday."""
    pins = [{"host": "A", "date": MONDAY, "reviewer": "Rafi"}]
    return allocate(_read(document | {"pinned": pins}), seconds=20, seed=0, workers=1, clock=time.monotonic).as_json()


def _team(plan: Json) -> set[str]:
    return {one["reviewer"] for visit in plan["visits"] for one in visit["team"]}


@pytest.mark.parametrize(("rule", "who", "changes"), EACH)
def test_each_rule_set_aside_lets_the_person_sit_there(rule: str, who: Json, changes: Json) -> None:
    people = [one for one in team() if one["id"] != "Rafi"] + [reviewer("Rafi", **who)]
    document = problem([host("A")], people, **changes)
    free = document | {"overridden": [_row(rule)]}

    plan = _planned(free)

    assert "Rafi" in _team(plan)
    assert check_plan(free, plan) == []
    assert len(check_plan(document, plan)) == 1
    with pytest.raises(ProblemRefused, match=f"breaks the rule '{rule}'"):
        _planned(document)


def test_a_rule_stays_for_another_host_and_another_rule_stays_for_the_same() -> None:
    people = [one for one in team() if one["id"] != "Rafi"] + [reviewer("Rafi", lat=56.0, organisation="Trust A")]
    hosts = [host("A"), host("B")]

    for rows in ([_row("max_distance_km")], [_row("max_distance_km", "own organisation", at="B")]):
        with pytest.raises(ProblemRefused, match=r"pinned\[0\]: breaks the rule"):
            _planned(problem(hosts, people, overridden=rows))


def test_who_is_kept_away_by_such_rules_alone_is_told() -> None:
    people = [*team(), reviewer("Far", lat=56.0), reviewer("Own", community="A"), reviewer("Late", lat=56.0)]
    people[-1]["available"] = []
    document = problem([host("A", dates=[MONDAY])], people)
    found = _read(document)
    plan = allocate(found, seconds=20, seed=0, workers=1, clock=time.monotonic).as_json()

    told = {one.reviewer: one.overridable for one in Alternatives(found, visits_of(plan)).of_seat("A", "staff", "Rafi")}

    assert told == {"Far": ("max_distance_km",), "Own": (), "Late": ()}


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ([_row("own community")], 'overridden[0].rules[0]: unknown rule to set aside "own community"; known are '),
        ([_row("no_swap")], 'overridden[0].rules[0]: unknown rule to set aside "no_swap"; known are '),
        ([_row()], "overridden[0].rules: must name at least one rule"),
        ([_row("conflict", "conflict")], 'overridden[0].rules[1]: duplicate rule "conflict"'),
        ([_row("conflict"), _row("max_distance_km")], 'overridden[1]: "Rafi" at "A" stands here twice'),
        ([_row("conflict", at="X")], 'overridden[0].host: unknown id "X"'),
        ([_row("conflict") | {"reviewer": "X"}], 'overridden[0].reviewer: unknown id "X"'),
        ([{"reviewer": "Rafi", "host": "A"}], "overridden[0].rules: is missing"),
        ([_row("conflict") | {"rules": "conflict"}], "overridden[0].rules: must be a list, in square brackets"),
        ({}, "overridden: must be a list, in square brackets"),
    ],
)
def test_it_is_read_strictly(rows: object, line: str) -> None:
    with pytest.raises(ProblemRefused) as refused:
        _read(problem([host("A")], team(), overridden=rows))

    assert [one[: len(line)] for one in refused.value.lines] == [line]
