"""Reminders that leave by themselves: to whom, once, and as the network decided."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from communitas.cycles import actions
from communitas.cycles.models import DueDate, Enrolment
from communitas.cycles.queries import today_in
from communitas.cycles.queries.reminders import news, plan_of, reminding
from communitas.kit import mailing, ticks
from communitas.kit.addresses import path_of
from communitas.kit.models import OutboxMail
from communitas.members.actors import Actor
from tests.cast import World

NOW = datetime.now(UTC)  # the pages that are opened here read the clock


@pytest.fixture
def due(world: World) -> DueDate:
    """The self-review of Lark House is due in three days, that of its twin too."""
    on = today_in(world.network, NOW) + timedelta(days=3)
    for part in (world, world.twin):
        Enrolment.objects.filter(pk=part.enrolment.pk).update(stage="self_review")
        DueDate.objects.update_or_create(enrolment=part.enrolment, what="self_review", defaults={"due_on": on})
    return DueDate.objects.get(enrolment=world.enrolment, what="self_review")


def test_the_community_lead_is_reminded_once_however_often_the_clock_runs(world: World, due: DueDate) -> None:
    first = actions.send_due_reminders(network=world.network, by=None, at=NOW)
    again = actions.send_due_reminders(network=world.network, by=None, at=NOW + timedelta(days=1))

    (message,) = OutboxMail.objects.all()
    assert (first, again) == (1, 0)
    assert message.account_id == world.lena.pk
    assert message.kind == "reminders"
    assert "in 3 days" in message.text


def test_a_later_date_is_reminded_anew(world: World, due: DueDate) -> None:
    actions.send_due_reminders(network=world.network, by=None, at=NOW)
    later = today_in(world.network, NOW) + timedelta(days=23)
    DueDate.objects.filter(pk=due.pk).update(due_on=later)

    assert actions.send_due_reminders(network=world.network, by=None, at=NOW + timedelta(days=20)) == 1


def test_somebody_without_an_address_finds_the_reminder_at_home(world: World, due: DueDate) -> None:
    world.lena.email = None
    world.lena.save()

    actions.send_due_reminders(network=world.network, by=None, at=NOW)

    (told,) = news([world.enrolment.pk])[world.enrolment.pk]
    assert told.text.startswith("A reminder: Self-review is due on")
    assert told.may(Actor(world.lena, NOW))
    assert not told.may(Actor(world.otto, NOW))
    assert OutboxMail.objects.count() == 0


def test_a_visit_that_is_over_is_not_reminded(world: World, due: DueDate) -> None:
    Enrolment.objects.filter(pk=world.enrolment.pk).update(stage="visit")
    yesterday = today_in(world.network, NOW) - timedelta(days=1)
    DueDate.objects.update_or_create(enrolment=world.enrolment, what="visit", defaults={"due_on": yesterday})

    assert actions.send_due_reminders(network=world.network, by=None, at=NOW) == 0


def test_a_person_who_wants_none_gets_none(world: World, due: DueDate) -> None:
    mailing.choose(tenant=world.network.tenant, account_id=world.lena.pk, choices={"reminders": "none"}, at=NOW)

    actions.send_due_reminders(network=world.network, by=None, at=NOW)

    assert OutboxMail.objects.count() == 0


def test_nothing_leaves_while_reminders_are_off(world: World, due: DueDate) -> None:
    actions.set_reminders(network=world.network, on=False, before=[3], on_the_day=True, after=[], by=world.cora, at=NOW)

    assert actions.send_due_reminders(network=world.network, by=None, at=NOW) == 0
    assert actions.send_due_reminders(network=world.twin.network, by=None, at=NOW) == 1


@pytest.mark.parametrize("count", [1, 2])
def test_what_would_leave_is_read_with_four_queries(
    world: World, due: DueDate, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for enrolment in [world.enrolment, world.oak_enrolment][:count]:
        Enrolment.objects.filter(pk=enrolment.pk).update(stage="visit")
        DueDate.objects.update_or_create(enrolment=enrolment, what="visit", defaults={"due_on": due.due_on})
    plan = plan_of(world.network)

    with django_assert_num_queries(4):
        found = reminding(world.network, NOW, plan)

    assert len(found) == count
    assert [account.display_name for account in found[0].people] == ["Lena", "Ludo", "Nadia", "Rafi"]


def test_the_office_sees_what_would_leave_before_it_saves(world: World, due: DueDate, client: Client) -> None:
    world.sign_in(client, world.cora)
    address = path_of("hearth", "cycles:reminders")

    looked = client.post(address, {"on": "on", "before": "9", "after": "", "look": "1"}).content.decode()
    wrong = client.post(address, {"on": "on", "before": "soon", "after": ""}).content.decode()
    saved = client.post(address, {"on": "on", "before": "3", "after": "3, 7"})

    assert "Nothing today" in looked
    assert "whole numbers" in wrong
    assert saved.status_code == 302
    assert plan_of(world.network).steps == (-3, 3, 7)
    assert "Lena" in client.get(address).content.decode()


def test_the_clock_opens_self_reviews_and_reminds(world: World, due: DueDate) -> None:
    DueDate.objects.update_or_create(
        enrolment=world.oak_enrolment, what="enrolled", defaults={"due_on": today_in(world.network, NOW)}
    )
    Enrolment.objects.filter(pk=world.oak_enrolment.pk).update(stage="enrolled")

    ran = {one.name: one for one in ticks.run(NOW)}
    again = {one.name: one for one in ticks.run(NOW)}

    assert ran["open self-reviews"].said == "1 opened"
    assert ran["remind of due dates"].said.endswith("people reminded")
    assert [one.problem for one in ran.values() if one.problem] == []
    assert [one.said for one in again.values() if one.said] == []
    assert Enrolment.objects.get(pk=world.oak_enrolment.pk).stage == "self_review"
    assert mail.outbox == []
