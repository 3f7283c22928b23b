"""The action plan: written after the final report, sent by the community lead, kept with its history."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.recognition.models import Certificate
from communitas.reports import actions, queries
from communitas.reports.models import Action, ActionNote
from communitas.workbooks.slots import before
from tests import factories
from tests.cast import NOW, World
from tests.reports.local.conftest import Report

ROTA, STAFF = "Keep the night rota.", "Residents sit on the group that appoints staff."
DAY = date(2027, 7, 1)


def at(name: str, *args: object) -> str:
    return path_of("hearth", f"reports:{name}", *args)


@pytest.fixture(autouse=True)
def in_the_year(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests come at the moment of the cast."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def plan(report: Report, **fields: Any) -> Action:
    given = {"text": "Two people a night", "owner_name": "Stefan", "due_on": DAY, "improvement": ROTA, **fields}
    return actions.add_action(enrolment=report.now.enrolment, by=report.world.lena, at=NOW, **given)


def whole(report: Report) -> Action:
    report.final()
    first = plan(report, criterion_key="c1-2")
    plan(report, improvement=STAFF, text="", owner_name="", due_on=None, no_action_reason="The trust decides this.")
    return first


def test_a_plan_begins_when_the_report_is_signed(report: Report) -> None:
    with pytest.raises(NotAllowed, match="when the local report is signed"):
        plan(report)


@pytest.mark.parametrize(
    "fields", [{"owner_name": ""}, {"due_on": None}, {"text": ""}, {"no_action_reason": "And none"}]
)
def test_an_action_has_a_person_and_a_day_and_no_action_a_reason(report: Report, fields: dict[str, Any]) -> None:
    report.final()

    with pytest.raises(NotAllowed, match="an action with an owner and a date"):
        plan(report, **fields)


def test_a_plan_that_leaves_an_area_open_is_not_sent(report: Report, world: World) -> None:
    report.final()
    plan(report)

    with pytest.raises(NotAllowed, match=f"Not yet: {STAFF}"):
        actions.send_plan(enrolment=report.now.enrolment, by=world.lena, at=NOW)


def test_sending_the_plan_completes_the_cycle_and_prepares_the_certificate(report: Report, world: World) -> None:
    whole(report)

    actions.send_plan(enrolment=report.now.enrolment, by=world.lena, at=NOW)

    assert report.now.enrolment.stage == "completed"
    certificate = Certificate.objects.get()
    assert (certificate.community, certificate.reference) == (world.lark, f"enrolment:{world.enrolment.pk}")


def test_what_stood_there_before_is_kept(report: Report, world: World) -> None:
    action = whole(report)

    actions.change_action(
        action=action,
        text="Three people a night",
        owner_name="Mina",
        due_on=DAY,
        no_action_reason="",
        by=world.mina,
        at=NOW,
    )
    actions.move_action(action=action, verb="start", by=world.mina, at=NOW)
    actions.note_progress(action=action, text="The first week went well.", by=world.mina, at=NOW)

    assert [note.text or note.change for note in action.notes.order_by("pk")] == [
        {"text": ["Two people a night", "Three people a night"], "owner_name": ["Stefan", "Mina"]},
        {"state": ["planned", "under_way"]},
        "The first week went well.",
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        ActionNote.objects.update(text="Nothing was said")


def test_an_action_is_dropped_with_a_reason_and_taken_up_again(report: Report, world: World) -> None:
    action = whole(report)

    with pytest.raises(NotAllowed, match="reason"):
        actions.move_action(action=action, verb="drop", by=world.lena, at=NOW)
    actions.move_action(action=action, verb="drop", reason="No money", by=world.lena, at=NOW)
    actions.move_action(action=action, verb="resume", reason="Money came", by=world.lena, at=NOW)

    assert Action.objects.get(pk=action.pk).state == "under_way"


def test_an_action_is_overdue_after_its_day(report: Report) -> None:
    action = whole(report)

    assert not queries.is_overdue(action, DAY)
    assert queries.is_overdue(action, DAY + timedelta(days=1))


def test_next_cycle_shows_the_action_beside_its_criterion_and_carries_it_on(report: Report, world: World) -> None:
    action = whole(report)
    cycle = factories.make_cycle(
        world.network, world.edition, name="2028", opens_on=date(2027, 9, 1), closes_on=date(2028, 8, 31)
    )
    following = factories.make_enrolment(cycle, world.lark)

    found = before.ask([following.pk])[following.pk][-1]

    assert (found["c1-2"].agreed_score, found["c1-2"].action) == (1, "Two people a night (planned)")
    assert [left.pk for left in queries.plan_of(following, today=DAY).left] == [action.pk]
    assert queries.planned.earlier_actions(following)[0].text == "Two people a night"


def test_the_next_workbook_tells_how_far_an_action_has_come_and_its_criterion_goes_along(
    report: Report, world: World
) -> None:
    action = whole(report)
    actions.note_progress(action=action, percent=75, by=world.mina, at=NOW)
    cycle = factories.make_cycle(
        world.network, world.edition, name="2028", opens_on=date(2027, 9, 1), closes_on=date(2028, 8, 31)
    )
    following = factories.make_enrolment(cycle, world.lark)

    found = before.ask([following.pk])[following.pk][-1]

    assert found["c1-2"].action == "Two people a night (under way: three quarters)"
    assert queries.key_now(action, following) == "c1-2"


def test_the_plan_is_walked_through_in_the_browser(report: Report, client: Client) -> None:
    report.final()
    world, enrolment = report.world, report.now.enrolment
    world.sign_in(client, world.lena)
    assert client.get(at("plan", enrolment.pk)).status_code == 200

    wrong = client.post(at("add_action", enrolment.pk), {"text": "Two people", "improvement": ROTA})
    good = {"text": "Two people", "owner_name": "Stefan", "due_on": "2027-07-01", "improvement": ROTA}
    client.post(at("add_action", enrolment.pk), good)
    client.post(at("add_action", enrolment.pk), {"no_action_reason": "The trust decides.", "improvement": STAFF})
    action = Action.objects.order_by("pk")[0]
    client.post(at("move_action", action.pk), {"verb": "start"})
    client.post(at("note_action", action.pk), {"text": "Begun."})
    client.post(at("change_action", action.pk), {**good, "owner_name": "Mina"})
    sent = client.post(at("send_plan", enrolment.pk), follow=True)

    assert wrong.status_code == 422
    assert sent.status_code == 200
    assert report.now.enrolment.stage == "completed"
    text = client.get(at("action", action.pk)).content.decode()
    assert "Begun." in text
    assert "Stefan → Mina" in text


def test_who_is_named_to_help_writes_but_does_not_send(report: Report, client: Client) -> None:
    action = whole(report)
    world, enrolment = report.world, report.now.enrolment
    world.sign_in(client, world.mina)

    assert client.post(at("note_action", action.pk), {"text": "Begun."}).status_code == 302
    assert client.post(at("send_plan", enrolment.pk)).status_code == 403
    assert world.sign_in(client, world.otto).get(at("plan", enrolment.pk)).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_actions_costs_a_constant_number_of_queries(
    report: Report, client: Client, number: int, django_assert_num_queries: Any
) -> None:
    report.final()
    for each in range(number):
        plan(report, text=f"Action {each}")
    report.world.sign_in(client, report.world.cora)
    client.get(at("actions"))

    with django_assert_num_queries(8):
        answer = client.get(at("actions") + "?late=yes")

    assert answer.context["listing"].total == 0
    assert client.get(at("actions") + "?format=xlsx").status_code == 200
