"""The library of good practice: offered, read by a second person, shared, withdrawn."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import OutboxMail
from communitas.reports import actions
from communitas.reports.models import Practice, PracticeStep
from communitas.reports.queries import practices
from tests import factories
from tests.cast import NOW, World
from tests.reports.local.conftest import Report

WORDS = "Those who live here chair the morning meeting, a new person each week."


def at(name: str, *args: object) -> str:
    return path_of("hearth", f"reports:{name}", *args)


@pytest.fixture(autouse=True)
def in_the_year(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests come at the moment of the cast."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def offer(report: Report, text: str = WORDS) -> Practice:
    by = report.world.lena
    return actions.offer_practice(enrolment=report.now.enrolment, number=1, text=text, by=by, at=NOW)


def kept(world: World, number: int = 1, **fields: Any) -> list[Practice]:
    given = {"state": "shared", "decided_by": world.cyrus, "decided_at": NOW, "section": "Daily life", **fields}
    return [
        Practice.objects.create(
            network=world.network, enrolment=world.enrolment, achievement=f"{each}", text=f"We sing {each}.",
            offered_by=world.lena, offered_at=NOW, **given,
        )
        for each in range(number)
    ]  # fmt: skip


def test_an_achievement_is_offered_when_the_report_is_final_and_once(report: Report) -> None:
    with pytest.raises(NotAllowed, match="final report"):
        offer(report)
    report.final()

    practice = offer(report)

    assert (practice.state, practice.achievement) == ("offered", "Residents chair the morning meeting.")
    assert practice.section
    assert practice.service_type is None  # fewer than five communities have the type
    with pytest.raises(NotAllowed, match="offered to the library once"):
        offer(report)
    with pytest.raises(NotAllowed, match="final report"):
        actions.offer_practice(enrolment=report.now.enrolment, number=9, text=WORDS, by=report.world.lena, at=NOW)


def test_the_type_is_told_where_five_communities_have_it(report: Report, world: World) -> None:
    report.final()
    for number in range(4):
        factories.make_community(world.network, f"N{number}", f"House {number}")

    assert offer(report).service_type == world.enrolment.service_type


@pytest.mark.parametrize("text", ["At Hearth Lark House we sing.", "Mina chairs the meeting.", "Ludo liked it."])
def test_the_words_of_the_library_name_nobody(report: Report, text: str) -> None:
    report.final()

    with pytest.raises(NotAllowed, match=r"name no person and no community\. Please say it without: "):
        offer(report, text)


def test_a_second_person_decides(report: Report, world: World) -> None:
    report.final()
    practice = offer(report)

    with pytest.raises(NotAllowed, match="Somebody else than who offered it"):
        actions.accept_practice(practice=practice, by=world.lena, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Practice.objects.update(decided_by=world.lena)
    actions.accept_practice(practice=practice, by=world.cora, at=NOW)

    assert Practice.objects.get().state == "shared"
    assert OutboxMail.objects.filter(account_id=world.lena.pk, text__contains="library of good practice").count() == 1


def test_it_is_given_back_with_a_reason_changed_and_offered_again(report: Report, world: World) -> None:
    report.final()
    practice = offer(report)

    with pytest.raises(NotAllowed, match="reason"):
        actions.return_practice(practice=practice, reason=" ", by=world.cora, at=NOW)
    actions.return_practice(practice=practice, reason="Say how you choose.", by=world.cora, at=NOW)
    actions.offer_again(practice=practice, text="We draw lots for the chair.", by=world.lena, at=NOW)
    actions.accept_practice(practice=practice, by=world.cora, at=NOW)
    with pytest.raises(NotAllowed, match="withdrawn before its words change"):
        actions.offer_again(practice=practice, text="Other", by=world.lena, at=NOW)
    actions.withdraw_practice(practice=practice, by=world.lena, at=NOW)

    assert list(practice.steps.order_by("pk").values_list("verb", "text")) == [
        ("offer", WORDS),
        ("return", WORDS),
        ("offer", "We draw lots for the chair."),
        ("accept", "We draw lots for the chair."),
        ("withdraw", "We draw lots for the chair."),
    ]
    assert OutboxMail.objects.filter(account_id=world.lena.pk, text__contains="Say how you choose.").exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        PracticeStep.objects.update(text="Nothing was said")


def test_it_is_walked_through_in_the_browser(report: Report, client: Client) -> None:
    report.final()
    world, enrolment = report.world, report.now.enrolment
    world.sign_in(client, world.lena)
    assert b"Share with the network" in client.get(at("achievements", enrolment.pk)).content

    form = client.get(at("offer_practice", enrolment.pk, 1))
    wrong = client.post(at("offer_practice", enrolment.pk, 1), {"text": "Mina sings."})
    client.post(at("offer_practice", enrolment.pk, 1), {"text": WORDS})
    practice = Practice.objects.get()
    unseen = world.sign_in(client, world.mina).get(at("practice", practice.pk))
    world.sign_in(client, world.cora).post(at("accept_practice", practice.pk))
    page = world.sign_in(client, world.otto).get(at("practice", practice.pk)).content.decode()
    client.get(at("practices"))

    assert form.context["form"].initial["text"] == "Residents chair the morning meeting."
    assert wrong.status_code == 422
    assert unseen.status_code == 404
    assert WORDS in page
    assert "Lark House" not in page
    assert "Lena" not in page
    world.sign_in(client, world.lena).post(at("withdraw_practice", practice.pk))
    assert world.sign_in(client, world.otto).get(at("practice", practice.pk)).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_library_costs_a_constant_number_of_queries(
    world: World, client: Client, number: int, django_assert_num_queries: Any
) -> None:
    kept(world, number)
    kept(world, section="Staff")
    world.sign_in(client, world.otto)
    client.get(at("practices"))

    with django_assert_num_queries(11):
        answer = client.get(at("practices") + "?section=Daily+life&q=sing")

    assert len(answer.context["cards"]) == number
    table = client.get(at("practices") + "?format=csv").content.decode()
    assert "We sing 0." in table
    assert "Lark" not in table


def test_what_is_withdrawn_is_shown_to_the_office_only_when_asked_for(world: World, client: Client) -> None:
    kept(world, state="withdrawn")
    world.sign_in(client, world.cora)

    assert client.get(at("practices")).context["cards"] == []
    assert len(client.get(at("practices") + "?state=withdrawn").context["cards"]) == 1
    assert world.sign_in(client, world.otto).get(at("practices") + "?state=withdrawn").context["cards"] == []


def test_a_draft_has_no_achievements_to_offer(report: Report) -> None:
    assert practices.achievements_of(report.now.enrolment) == []
