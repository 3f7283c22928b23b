"""The action plan answers every area for improvement."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from communitas.kit.exceptions import NotAllowed
from communitas.reports.rules import actionplan
from communitas.reports.rules.actionplan import PROGRESS, Entry

TODAY = date(2026, 9, 1)
ACTION = Entry("1.1", "Write the plan together", "Lena", date(2026, 10, 1))
NONE = Entry("1.2", no_action_reason="The garden is being rebuilt")


@pytest.mark.parametrize("entry", [ACTION, NONE])
def test_an_action_or_a_reason_is_an_answer(entry: Entry) -> None:
    actionplan.refuse_entry(entry)


@pytest.mark.parametrize(
    "entry",
    [
        Entry("1.1"),
        replace(ACTION, owner=" "),
        replace(ACTION, due_on=None),
        replace(ACTION, no_action_reason="Both"),
        replace(NONE, no_action_reason=" "),
    ],
)
def test_anything_else_is_not(entry: Entry) -> None:
    with pytest.raises(NotAllowed, match=r"^Each area for improvement gets an action"):
        actionplan.refuse_entry(entry)


def test_a_plan_is_sent_when_every_area_is_answered() -> None:
    actionplan.refuse_incomplete_plan(["1.1", "1.2"], [ACTION, NONE])

    with pytest.raises(NotAllowed, match=r"Not yet: 1\.3, 1\.4\.$"):
        actionplan.refuse_incomplete_plan(["1.1", "1.3", "1.4"], [ACTION, NONE, Entry("1.3")])


@pytest.mark.parametrize(
    ("progress", "due_on", "overdue"),
    [
        ("planned", date(2026, 8, 31), True),
        ("under_way", date(2026, 8, 31), True),
        ("planned", TODAY, False),
        ("done", date(2026, 8, 31), False),
        ("dropped", date(2026, 8, 31), False),
    ],
)
def test_an_open_action_is_overdue_after_its_day(progress: str, due_on: date, overdue: bool) -> None:
    entry = replace(ACTION, progress=progress, due_on=due_on)

    assert actionplan.is_overdue(entry, TODAY) is overdue


def test_no_action_is_never_overdue_nor_carried_over() -> None:
    done = replace(ACTION, progress="done")

    assert not actionplan.is_overdue(replace(NONE, due_on=date(2026, 1, 1)), TODAY)
    assert actionplan.carried_over([ACTION, NONE, done]) == (ACTION,)


def test_progress_moves_forward_and_can_be_taken_up_again() -> None:
    assert PROGRESS.move(PROGRESS.move("planned", "start"), "finish") == "done"
    assert PROGRESS.move("done", "resume", reason="It slipped") == "under_way"
    with pytest.raises(NotAllowed, match="reason"):
        PROGRESS.move("planned", "drop")


def test_the_plan_is_said_in_words() -> None:
    late = replace(ACTION, due_on=date(2026, 8, 1))

    assert actionplan.in_words([ACTION, late, replace(ACTION, progress="done"), NONE], TODAY) == (
        "1 of 3 actions done, 1 past the planned day."
    )
    assert actionplan.in_words([ACTION], TODAY) == "0 of 1 action done."
    assert actionplan.in_words([NONE], TODAY) == "No actions are planned."


@pytest.mark.parametrize(("days", "step"), [(8, ""), (7, "soon"), (0, "soon"), (-1, "late"), (-28, "late"), (-29, "")])
def test_reminders_come_in_the_week_before_and_the_four_weeks_after(days: int, step: str) -> None:
    due = replace(ACTION, due_on=TODAY + timedelta(days=days))

    assert actionplan.reminder_step(due, TODAY) == step
    assert actionplan.reminder_step(replace(due, progress="done"), TODAY) == ""
    assert actionplan.reminder_step(NONE, TODAY) == ""


def test_the_share_that_is_done_leaves_no_action_out_and_is_nothing_without_a_plan() -> None:
    assert [actionplan.done_share(done=done, planned=planned) for done, planned in ((0, 0), (0, 3), (2, 3))] == [
        None,
        0,
        67,
    ]


def test_how_far_an_action_has_come_is_told_in_words_while_it_is_under_way() -> None:
    told = [actionplan.step_words(percent, "under_way") for percent in (0, 25, 40)]

    assert told == ["", "a quarter", "40 %"]
    assert actionplan.step_words(50, "done") == ""
