"""The checker refuses a plan for each rule that it breaks and each figure that is wrong."""

import copy
import json
from typing import Any

import pytest

from communitas.allocation.rules.allocating import allocate
from communitas.allocation.rules.checking import check_plan
from communitas.allocation.rules.reading import read_problem
from tests.allocation.problems import MONDAY, TUESDAY, Json, host, problem, reviewer, team


def _visit(name: str, people: list[tuple[str, str]], date: str = MONDAY, unfilled: tuple[str, ...] = ()) -> Json:
    members = [{"reviewer": person, "as": seat} for person, seat in people]
    return {
        "host": name,
        "date": date,
        "team": members,
        "unfilled": [{"as": seat, "reason": "Nobody."} for seat in unfilled],
    }


def _plan(*visits: Json, unplaced: tuple[str, ...] = ()) -> Json:
    return {"visits": list(visits), "unplaced": [{"host": name, "reason": "No lead."} for name in unplaced]}


WHOLE = [("Ludo", "lead"), ("Rafi", "staff"), ("Stefan", "staff"), ("Nadia", "client_member")]


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (_plan(), "A: stands 0 times in visits and unplaced"),
        (_plan(_visit("A", WHOLE), unplaced=("A",)), "A: stands 2 times in visits and unplaced"),
        (_plan(_visit("A", WHOLE), unplaced=("X",)), "X: is no host of the problem"),
        (_plan(_visit("A", WHOLE, "2027-10-09")), "A: 2027-10-09 is none of its dates"),
        (_plan(_visit("A", WHOLE[:3])), "A: seats {'lead': 1, 'staff': 2} and empty {} are not "),
        (_plan(_visit("A", WHOLE[1:], unfilled=("lead",))), "A: is placed without its lead"),
        (_plan(_visit("A", [*WHOLE[:2], WHOLE[1], WHOLE[3]])), "A: Rafi fills 2 seats"),
        (_plan(_visit("A", [*WHOLE[:3], ("X", "client_member")])), "A: somebody of the team is not in the problem"),
        (_plan(_visit("A", [("Rafi", "lead"), ("Ludo", "staff"), *WHOLE[2:]])), "A: Rafi may not fill the seat lead"),
        (_plan(_visit("A", [*WHOLE[:3], ("Sam", "client_member")])), "A: Sam may not fill the seat client_member"),
        (_plan(_visit("A", [*WHOLE[:2], ("Busy", "staff"), WHOLE[3]])), "A: Busy is not available on 2027-10-04"),
        (_plan(_visit("A", [*WHOLE[:2], ("Own", "staff"), WHOLE[3]])), "A: Own reviews their own community"),
        (_plan(_visit("A", [*WHOLE[:2], ("Org", "staff"), WHOLE[3]])), "A: Org reviews their own organisation"),
        (_plan(_visit("A", [*WHOLE[:2], ("Foe", "staff"), WHOLE[3]])), "A: Foe has a conflict"),
        (_plan(_visit("A", [*WHOLE[:2], ("Again", "staff"), WHOLE[3]])), "A: Again repeats a visit of C in cycle 2024"),
        (_plan(_visit("A", [*WHOLE[:2], ("Far", "staff"), WHOLE[3]])), "A: Far lives too far away"),
        (_plan(_visit("A", [*WHOLE[:2], ("Swap", "staff"), WHOLE[3]])), "A: people of D and of A visit each other"),
        (
            _plan(_visit("A", [("E1", "lead"), ("E2", "staff"), ("E3", "staff"), WHOLE[3]])),
            "A: 3 people of E in the team",
        ),
    ],
)
def test_refuses(plan: Json, said: str) -> None:
    people = [
        *team(),
        reviewer("Sam"),
        reviewer("Busy", available=[TUESDAY]),
        reviewer("Own", community="A"),
        reviewer("Org", organisation="Trust A"),
        reviewer("Foe"),
        reviewer("Again", community="C"),
        reviewer("Far", lat=56.0),
        reviewer("Swap", community="D"),
        reviewer("E1", community="E", levels=["lead"]),
        reviewer("E2", community="E"),
        reviewer("E3", community="E"),
    ]
    given = problem(
        [host("A")],
        people,
        conflicts=[{"reviewer": "Foe", "host": "A"}],
        history=[{"community": "C", "host": "A", "cycle": 2024}, {"community": "A", "host": "D", "cycle": 2027}],
    )

    assert any(line.startswith(said) for line in check_plan(given, plan))


def _two(**changes: Any) -> Json:
    people = [*team(), *team("2"), reviewer("Al", community="A"), reviewer("Bo", community="B")]
    return problem([host("A"), host("B")], people, **changes)


OTHERS = [("2Ludo", "lead"), ("2Rafi", "staff"), ("2Stefan", "staff"), ("2Nadia", "client_member")]


@pytest.mark.parametrize(
    ("first", "second", "date", "said"),
    [
        (WHOLE, [*OTHERS[:3], WHOLE[3]], TUESDAY, "Nadia: makes 2 visits, at most 1 are allowed"),
        (WHOLE, [*OTHERS[:3], WHOLE[3]], MONDAY, "Nadia: makes 2 visits on 2027-10-04"),
        (
            [*WHOLE[:2], ("Bo", "staff"), WHOLE[3]],
            OTHERS,
            MONDAY,
            "Bo: is away on 2027-10-04, when their own community is visited",
        ),
        (
            [*WHOLE[:2], ("Bo", "staff"), WHOLE[3]],
            [*OTHERS[:2], ("Al", "staff"), OTHERS[3]],
            TUESDAY,
            "B: people of A and of B visit each other",
        ),
    ],
)
def test_refuses_visits_that_do_not_go_together(
    first: list[tuple[str, str]], second: list[tuple[str, str]], date: str, said: str
) -> None:
    plan = _plan(_visit("A", first), _visit("B", second, date))

    assert said in check_plan(_two(), plan)


@pytest.mark.parametrize(
    ("pin", "said"),
    [
        ({"host": "A", "date": TUESDAY}, "pinned[0]: A is not visited on 2027-10-05"),
        ({"host": "A", "date": MONDAY, "reviewer": "2Rafi"}, "pinned[0]: 2Rafi does not sit where they are pinned"),
        (
            {"host": "A", "date": MONDAY, "reviewer": "Rafi", "as": "lead"},
            "pinned[0]: Rafi does not sit where they are pinned",
        ),
    ],
)
def test_refuses_a_pin_that_is_not_kept(pin: Json, said: str) -> None:
    plan = _plan(_visit("A", WHOLE), _visit("B", OTHERS, TUESDAY))

    assert check_plan(_two(pinned=[pin]), plan) == [said]


@pytest.mark.parametrize("figure", ["cost", "bound", "gap", "parts", "seconds", "schema"])
def test_refuses_a_wrong_figure(figure: str) -> None:
    given = problem([host("A", lat=52.0)], team())
    solved = allocate(read_problem(json.dumps(given).encode()), seconds=5, seed=0, workers=1, clock=lambda: 0.0)
    plan = solved.as_json()
    wrong = copy.deepcopy(plan)
    if figure == "parts":
        wrong["parts"]["km"] += 1
    else:
        wrong[figure] = plan[figure] + (1 if figure != "seconds" else -1)

    assert check_plan(given, plan) == []
    assert any(line.startswith(figure) for line in check_plan(given, wrong))
