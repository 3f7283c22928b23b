"""Which day of a due date is reminded today."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communitas.cycles.rules.reminders import CATCH_UP, Plan, how_long, refuse_plan, step_due
from communitas.kit.exceptions import NotAllowed

DUE = date(2027, 3, 1)


@pytest.mark.parametrize(
    ("day", "step"),
    [
        (date(2027, 2, 14), None),
        (date(2027, 2, 15), -14),
        (date(2027, 2, 17), -14),  # the machine stood still for two days
        (date(2027, 2, 18), None),
        (date(2027, 2, 26), -3),
        (date(2027, 3, 1), 0),
        (date(2027, 3, 4), 3),
        (date(2027, 3, 7), None),
    ],
)
def test_a_day_is_reminded_when_it_comes_and_made_up_for_during_two_days(day: date, step: int | None) -> None:
    assert step_due(DUE, day, Plan()) == step


@given(st.integers(-120, 120), st.sets(st.integers(1, 90), max_size=6), st.booleans(), st.sets(st.integers(1, 90)))
def test_a_step_is_one_of_the_plan_and_never_in_the_future(
    passed: int, before: set[int], on_the_day: bool, after: set[int]
) -> None:
    plan = Plan(True, tuple(before), on_the_day, tuple(after))

    step = step_due(DUE, DUE + timedelta(days=passed), plan)

    assert step is None or (step in plan.steps and 0 <= passed - step <= CATCH_UP)


def test_a_plan_that_is_off_reminds_of_nothing() -> None:
    assert step_due(DUE, DUE, Plan(on=False)) is None


@pytest.mark.parametrize("plan", [Plan(before=(0,)), Plan(after=(91,)), Plan(before=(1, 2, 3, 4, 5, 6, 7))])
def test_a_plan_out_of_bounds_is_refused(plan: Plan) -> None:
    with pytest.raises(NotAllowed, match="at most six days"):
        refuse_plan(plan)


@pytest.mark.parametrize(("days", "words"), [(3, "in 3 days"), (1, "tomorrow"), (0, "today"), (-2, "2 days ago")])
def test_how_long_says_it_as_people_do(days: int, words: str) -> None:
    assert how_long(DUE + timedelta(days=days), DUE) == words
