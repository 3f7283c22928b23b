"""Reminders of actions that leave by themselves."""

from datetime import timedelta
from typing import Any

import pytest

from communitas.kit import agenda
from communitas.kit.models import OutboxMail
from communitas.members.actors import actor_for
from communitas.people.models import Account
from communitas.reports import ticking
from communitas.reports.models import Action, ActionReminder
from tests.cast import NOW, World

TODAY = NOW.date()


def made(world: World, days: int, **fields: Any) -> Action:
    given = {"text": "Two people a night", "owner_name": "Stefan", "made_at": NOW, **fields}
    return Action.objects.create(**{"enrolment": world.enrolment, "due_on": TODAY + timedelta(days=days), **given})


def mails(account: Account) -> list[str]:
    sent = OutboxMail.objects.filter(account=account, kind="actions").order_by("pk")
    return sent.values_list("text", flat=True)  # type: ignore[return-value]


def test_the_owner_is_reminded_a_week_before_and_once_after_the_day(world: World) -> None:
    action = made(world, 7, owner=world.stefan)

    said = [ticking.remind_of_actions(NOW + timedelta(days=days)) for days in (-1, 0, 0, 3, 8, 9)]

    assert said == ["", "1 people reminded", "", "", "1 people reminded", ""]
    soon, late = mails(world.stefan)
    assert "An action is planned for" in soon
    assert "give it a new day" in late
    assert f"/actions/{action.pk}/" in soon
    assert "Two people a night" not in soon  # mail lies open on desks
    assert not mails(world.lena)


@pytest.mark.parametrize("fields", [{}, {"no address": True}, {"left": True}])
def test_the_lead_hears_where_the_owner_cannot(world: World, fields: dict[str, bool]) -> None:
    made(world, 1, owner=world.stefan if fields else None)
    if "no address" in fields:
        Account.objects.filter(pk=world.stefan.pk).update(email=None)
    if "left" in fields:
        world.stefan.roles.update(until_at=NOW - timedelta(days=1))

    ticking.remind_of_actions(NOW)

    assert (len(mails(world.lena)), len(mails(world.stefan))) == (1, 0)


def test_one_message_holds_all_that_a_person_has_to_hear_of(world: World) -> None:
    for days in (-3, 2, 5):
        made(world, days)

    assert ticking.remind_of_actions(NOW) == "1 people reminded"

    [text] = mails(world.lena)
    assert text.count("/actions/") == 3
    assert ActionReminder.objects.count() == 3


@pytest.mark.parametrize(
    ("days", "fields"),
    [(8, {}), (-29, {}), (1, {"state": "done", "done_at": NOW}), (1, {"state": "dropped", "reason": "No money"})],
)
def test_nobody_is_reminded_too_early_too_late_or_of_what_is_over(
    world: World, days: int, fields: dict[str, Any]
) -> None:
    made(world, days, **fields)

    assert ticking.remind_of_actions(NOW) == ""


def test_what_was_carried_on_is_reminded_of_in_its_new_plan_alone(world: World) -> None:
    older = made(world, -3, text="Last time")
    made(world, 3, carried_from=older)

    ticking.remind_of_actions(NOW)

    assert [row.step for row in ActionReminder.objects.all()] == ["soon"]


def test_a_new_day_begins_new_reminders(world: World) -> None:
    action = made(world, 3)
    ticking.remind_of_actions(NOW)
    Action.objects.filter(pk=action.pk).update(due_on=TODAY + timedelta(days=5))

    assert ticking.remind_of_actions(NOW) == "1 people reminded"


@pytest.mark.parametrize("number", [1, 3])
def test_finding_who_has_to_hear_costs_four_queries(
    world: World, number: int, django_assert_max_num_queries: Any
) -> None:
    from communitas.reports.queries.due import due_by_person

    for _ in range(number):
        made(world, 3)

    with django_assert_max_num_queries(4):
        [(account, found)] = due_by_person(world.network, NOW)

    assert (account, len(found)) == (world.lena, number)


def test_open_actions_stand_in_the_calendar_of_whoever_sees_to_them_without_their_words(world: World) -> None:
    made(world, 3, owner=world.mina)
    made(world, 3, owner=world.mina, state="done", done_at=NOW)
    made(world, 3)

    actor = actor_for(
        world.mina, now=NOW, second_factor_given=True, second_factor_demanded=False, network=world.network
    )
    found = [item for item in agenda.items_of(actor, world.network, NOW) if item.name.startswith("action-")]

    assert [(item.title, item.on) for item in found] == [("An action of the plan is due", TODAY + timedelta(days=3))]
