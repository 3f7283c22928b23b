"""Sending, reopening, and who answers with the community lead."""

import pytest
from django.test import Client

from communitas.cycles import actions as cycles
from communitas.cycles.models import Enrolment
from communitas.kit.addresses import path_of
from communitas.kit.models import AuditLine, OutboxMail
from communitas.members.models import Access, Network
from communitas.workbooks.models import ReviewMove, Workbook
from tests.cast import NOW, World
from tests.workbooks.conftest import Answer

pytestmark = pytest.mark.django_db
ALL = ("c1-1", "c1-2", "c1-3", "c2-1", "c2-2", "c2-3")


def fill(put: Answer, workbook: Workbook, world: World) -> None:
    for key in ALL:
        put(workbook, world.stefan, key, 2)


def address(name: str, workbook: Workbook) -> str:
    return path_of("hearth", f"workbooks:{name}", workbook.pk)


def test_send_locks_the_review_moves_the_enrolment_and_tells_the_office(
    world: World, workbook: Workbook, put: Answer, client: Client
) -> None:
    Network.objects.filter(pk=world.network.pk).update(office_email="office@hearth.example")
    fill(put, workbook, world)

    response = world.sign_in(client, world.lena).post(address("send", workbook), {})

    workbook.review.refresh_from_db()
    assert response.status_code == 302
    assert (workbook.review.state, workbook.review.sent_by) == ("sent", world.lena)
    assert Enrolment.objects.get(pk=world.enrolment.pk).stage == "visit"
    assert OutboxMail.objects.get().subject == "Hearth Lark House has sent its self-review"
    assert AuditLine.objects.filter(verb="selfreview.send").count() == 1


def test_send_refuses_while_answers_are_missing_and_no_reason_is_given(
    world: World, workbook: Workbook, client: Client
) -> None:
    page = world.sign_in(client, world.lena).post(address("send", workbook), {"reason": ""})

    assert page.status_code == 200
    assert "every criterion has an answer" in page.content.decode()
    assert "1.1 has no answer yet." in page.content.decode()


def test_send_with_a_reason_keeps_it_in_the_history(world: World, workbook: Workbook, client: Client) -> None:
    world.sign_in(client, world.lena).post(address("send", workbook), {"reason": "The house had a flood."})

    assert ReviewMove.objects.get(verb="send").reason == "The house had a flood."


def test_office_reopens_with_a_reason_and_the_lead_is_told(
    world: World, workbook: Workbook, put: Answer, client: Client
) -> None:
    fill(put, workbook, world)
    world.sign_in(client, world.lena).post(address("send", workbook), {})
    world.sign_in(client, world.cora)

    refused = client.post(address("reopen", workbook), {"reason": ""})
    client.post(address("reopen", workbook), {"reason": "Two pages were missing."})

    workbook.review.refresh_from_db()
    assert "This field is required" in refused.content.decode()
    assert workbook.review.state == "reopened"
    assert Enrolment.objects.get(pk=world.enrolment.pk).stage == "self_review"
    assert "Two pages were missing." in OutboxMail.objects.get(account_id=world.lena.pk).text


def test_moving_the_enrolment_back_opens_the_review_too(
    world: World, workbook: Workbook, put: Answer, client: Client
) -> None:
    fill(put, workbook, world)
    world.sign_in(client, world.lena).post(address("send", workbook), {})
    enrolment = Enrolment.objects.get(pk=world.enrolment.pk)

    cycles.reopen_self_review(enrolment=enrolment, reason="A mistake.", by=world.cora, at=NOW)

    workbook.review.refresh_from_db()
    assert workbook.review.state == "reopened"
    assert ReviewMove.objects.filter(verb="reopen").count() == 1


def test_lead_names_and_ends_contributors(world: World, workbook: Workbook, client: Client) -> None:
    page = address("contributors", workbook)
    world.sign_in(client, world.lena)

    client.post(page, {"account": world.mina.pk, "end": "1"})
    ended = Access.objects.get(account=world.mina, relation="contributor").until_at
    client.post(page, {"account": world.mina.pk})
    stranger = client.post(page, {"account": world.otto.pk})

    assert ended is not None
    assert Access.objects.filter(account=world.mina, relation="contributor", until_at=None).count() == 1
    assert stranger.status_code == 404
    assert [(one.name, one.named) for one in client.get(page).context["people"]] == [("Mina", True), ("Stefan", True)]


def test_overview_lists_what_is_missing_and_offers_the_next_step(
    world: World, workbook: Workbook, put: Answer, client: Client
) -> None:
    page = world.sign_in(client, world.lena).get(address("self_review", workbook)).content.decode()
    fill(put, workbook, world)
    ready = client.get(address("self_review", workbook)).content.decode()

    assert "6 criteria wait for an answer" in page
    assert "Every criterion has an answer" in ready
    assert address("send", workbook) in ready
