"""A problem is read whole, or refused with everything that is wrong at once."""

import json
from typing import Any

import pytest

from communitas.allocation.rules.problem import DEFAULT_SEATS, DEFAULT_WEIGHTS
from communitas.allocation.rules.reading import ProblemRefused, read_problem
from tests.allocation.problems import MONDAY, Json, host, problem, reviewer, team


def _lines(document: Any) -> tuple[str, ...]:
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    with pytest.raises(ProblemRefused) as refused:
        read_problem(content)
    return refused.value.lines


def test_missing_settings_take_their_defaults() -> None:
    given = problem([host("A")], team(), settings={"weights": {"km": 2}, "no_swap": False})

    settings = read_problem(json.dumps(given).encode()).settings

    assert settings.weights == {**DEFAULT_WEIGHTS, "km": 2.0}
    assert settings.seats == DEFAULT_SEATS
    assert not settings.no_swap
    assert (settings.no_repeat_cycles, settings.max_distance_km, settings.max_same_community) == (3, 400.0, 2)


def test_history_ledger_and_previous_people_may_have_left() -> None:
    given = problem(
        [host("A")],
        team(),
        history=[{"community": "gone", "host": "gone too", "cycle": 2026}],
        ledger={"gone": -4},
        previous=[{"host": "A", "date": "2027-01-01", "team": [{"reviewer": "gone", "as": "lead"}]}],
    )

    assert read_problem(json.dumps(given).encode()).ledger == {"gone": -4.0}


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"schema": 2}, "schema: must be 1"),
        ({"cycle": -1}, "cycle: must not be negative"),
        ({"hosts": {}}, "hosts: must be a list, in square brackets"),
        ({"hosts": [host("A"), host("A")]}, 'hosts[1].id: duplicate id "A"'),
        ({"hosts": [host("A", dates=[MONDAY, MONDAY])]}, "hosts[0].dates[1]: duplicate date 2027-10-04"),
        ({"hosts": [host("A", pathway="review")]}, 'hosts[0].pathway: unknown pathway "review"; known are '),
        ({"hosts": [host("A", lat=91)]}, "hosts[0].lat: must not be above 90"),
        ({"hosts": [host("A", lon=-181)]}, "hosts[0].lon: must not be below -180"),
        ({"hosts": [host("A", lat=None)]}, "hosts[0].lat: is missing"),
        ({"hosts": [host("A", lat=True)]}, "hosts[0].lat: must be a number"),
        ({"hosts": [host("A", dates=["2027-2-3"])]}, 'hosts[0].dates[0]: "2027-2-3" is not a date such as 2027-03-31'),
        ({"hosts": [host("A", dates=["2027-02-30"])]}, 'hosts[0].dates[0]: "2027-02-30" is not a date such as '),
        ({"hosts": ["A"]}, "hosts[0]: must be an object with names, in braces"),
        ({"reviewers": [reviewer("R"), reviewer("R")]}, 'reviewers[1].id: duplicate id "R"'),
        ({"reviewers": [reviewer("R", kind="carer")]}, 'reviewers[0].kind: unknown kind "carer"; known are '),
        ({"reviewers": [reviewer("R", levels=["chief"])]}, 'reviewers[0].levels[0]: unknown level "chief"; known are '),
        ({"reviewers": [reviewer("R", available=["soon"])]}, 'reviewers[0].available[0]: "soon" is not a date '),
        ({"reviewers": [reviewer("R", available=[MONDAY] * 2)]}, "reviewers[0].available[1]: duplicate date "),
        ({"reviewers": [reviewer("R", experience=-1)]}, "reviewers[0].experience: must not be negative"),
        ({"reviewers": [reviewer("R", max_visits=1.5)]}, "reviewers[0].max_visits: must be a whole number"),
        ({"conflicts": [{"reviewer": "X", "host": "A"}]}, 'conflicts[0].reviewer: unknown id "X"'),
        ({"conflicts": [{"reviewer": "Rafi", "host": "X"}]}, 'conflicts[0].host: unknown id "X"'),
        ({"history": [{"community": "A", "host": "B", "cycle": -1}]}, "history[0].cycle: must not be negative"),
        ({"ledger": {"A": float("inf")}}, "ledger.A: must be a finite number"),
        ({"ledger": {"A": float("nan")}}, "ledger.A: must be a finite number"),
        ({"ledger": {"A": 10**400}}, "ledger.A: must be a finite number"),
        ({"settings": {"speed": 1}}, 'settings.speed: unknown setting "speed"; known are '),
        ({"settings": {"weights": {"miles": 1}}}, 'settings.weights.miles: unknown setting "miles"; known are '),
        ({"settings": {"weights": {"km": -1}}}, "settings.weights.km: must not be negative"),
        ({"settings": {"seats": {"visit": {}}}}, 'settings.seats.visit: unknown pathway "visit"; known are '),
        ({"settings": {"seats": {"peer_review": {"cook": 1}}}}, 'settings.seats.peer_review.cook: unknown seat "cook"'),
        ({"settings": {"no_swap": "yes"}}, "settings.no_swap: must be true or false"),
        ({"settings": {"max_distance_km": -1}}, "settings.max_distance_km: must not be negative"),
        ({"pinned": [{"host": "X", "date": MONDAY}]}, 'pinned[0].host: unknown id "X"'),
        ({"pinned": [{"host": "A", "date": "Monday"}]}, 'pinned[0].date: "Monday" is not a date such as '),
        (
            {"pinned": [{"host": "A", "date": MONDAY, "reviewer": "Rafi", "as": "cook"}]},
            'pinned[0].as: unknown seat "cook"',
        ),
        (
            {"pinned": [{"host": "A", "date": MONDAY, "as": "staff"}]},
            "pinned[0].as: a seat can only be pinned together",
        ),
        ({"previous": [{"host": "X", "date": MONDAY, "team": []}]}, 'previous[0].host: unknown id "X"'),
        (
            {"previous": [{"host": "A", "date": MONDAY, "team": [{"reviewer": "Rafi", "as": "cook"}]}]},
            'previous[0].team[0].as: unknown seat "cook"',
        ),
    ],
)
def test_refuses(change: Json, line: str) -> None:
    said = _lines(problem([host("A")], team()) | change)

    assert [one[: len(line)] for one in said] == [line]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"schema": 1, "schema": 1}'])
def test_refuses_what_is_not_json(content: bytes) -> None:
    assert _lines(content)[0].startswith("problem: ")


def test_tells_everything_at_once() -> None:
    given = problem([host("A", lat=None, pathway="x")], [reviewer("R", kind="y")], ledger={"A": "z"}, settings={"w": 1})

    assert [line.partition(":")[0] for line in _lines(given)] == [
        "settings.w",
        "hosts[0].lat",
        "hosts[0].pathway",
        "reviewers[0].kind",
        "ledger.A",
    ]
