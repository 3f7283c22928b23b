"""Places that lapse, people who withdraw or change their seat."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from communitas.kit import events
from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import OutboxMail
from communitas.members.models import Access
from communitas.visits import actions, queries
from communitas.visits.events import SeatFreed
from communitas.visits.models import TeamPlace, Visit, VisitSettings
from tests import factories
from tests.cast import NOW, World

DAY = NOW.date() + timedelta(days=60)


@pytest.fixture
def visit(world: World) -> Visit:
    """A planned visit to Elm Row in two months, on whose team nobody is yet."""
    enrolment = factories.make_enrolment(world.cycle, world.elm)
    return actions.plan(enrolment=enrolment, on=DAY, by=world.cora, at=NOW)


@pytest.fixture
def freed() -> list[SeatFreed]:
    heard: list[SeatFreed] = []
    events.subscribe(SeatFreed, heard.append)
    return heard


def ask(visit: Visit, world: World, seat: str = "staff", **words: Any) -> TeamPlace:
    account = {"lead": world.ludo, "client_member": world.nadia}.get(seat, world.rafi)
    return actions.ask(visit=visit, account=account, seat=seat, by=world.cora, **({"at": NOW} | words))


def accepted(visit: Visit, world: World, seat: str = "staff", **words: Any) -> TeamPlace:
    place = ask(visit, world, seat, **words)
    actions.accept_place(place=place, by=place.account, at=NOW)
    return place


def days_later(days: int) -> datetime:
    return NOW + timedelta(days=days)


def subjects_to(address: str | None) -> list[str]:
    return list(OutboxMail.objects.filter(to=address or "").order_by("pk").values_list("subject", flat=True))


def test_a_place_is_reminded_once_and_lapses_with_everything_that_goes_with_it(
    world: World, visit: Visit, freed: list[SeatFreed]
) -> None:
    place = ask(visit, world)
    assert place.answer_by == NOW.date() + timedelta(days=7)
    assert "Please answer until" in OutboxMail.objects.get(to=world.rafi.email).text

    told = [actions.chase_answers(by=None, at=days_later(days)) for days in (4, 5, 6, 7, 8, 9)]

    assert told == [(0, 0), (1, 0), (0, 0), (0, 0), (0, 1), (0, 0)]
    place.refresh_from_db()
    assert place.state == "lapsed"
    assert Access.objects.get(account=world.rafi, community=world.elm, relation="team").until_at == days_later(8)
    assert [(fact.why, fact.by_id, fact.place_id) for fact in freed] == [("lapsed", None, place.pk)]
    assert list(visit.moves.values_list("verb", flat=True)[:2]) == ["lapse", "remind"]
    assert len(subjects_to(world.rafi.email)) == 3
    assert ask(visit, world, at=days_later(9)).pk != place.pk


def test_where_places_do_not_lapse_the_office_sees_that_an_answer_is_overdue(
    client: Client, world: World, visit: Visit
) -> None:
    VisitSettings.objects.update_or_create(network=world.network, defaults={"lapses": False})
    place = ask(visit, world)

    actions.chase_answers(by=None, at=days_later(20))

    place.refresh_from_db()
    assert place.state == "asked"
    TeamPlace.objects.filter(pk=place.pk).update(answer_by=date(2020, 1, 1))
    world.sign_in(client, world.cora)
    assert "overdue" in client.get(path_of("hearth", "visits:visit", visit.pk)).content.decode()
    listed = client.get(path_of("hearth", "visits:list"), {"waits": "overdue"}).content.decode()
    assert "Hearth Elm Row" in listed
    assert "Hearth Lark House" not in listed


def test_the_office_gives_longer_and_a_new_date_moves_the_last_day_forward(world: World, visit: Visit) -> None:
    place = ask(visit, world)
    with pytest.raises(NotAllowed, match="before the visit"):
        actions.extend_answer(place=place, until=DAY, by=world.cora, at=NOW)

    actions.extend_answer(place=place, until=DAY - timedelta(days=1), by=world.cora, at=NOW)
    assert actions.chase_answers(by=None, at=days_later(30)) == (0, 0)
    sooner = DAY - timedelta(days=20)
    actions.set_date(visit=visit, on=sooner, reason="The host asked.", by=world.cora, at=NOW)

    place.refresh_from_db()
    assert place.answer_by == sooner - timedelta(days=1)


def test_who_withdraws_is_believed_and_those_concerned_are_told_without_the_reason(
    world: World, visit: Visit, freed: list[SeatFreed]
) -> None:
    factories.grant(world.lena, world.network, "community_lead", community=world.elm)
    accepted(visit, world, "lead")
    place = accepted(visit, world)
    with pytest.raises(NotAllowed, match="withdraw"):
        actions.decline_place(place=place, reason="Ill.", by=world.rafi, at=NOW)

    actions.withdraw(place=place, reason="My mother is ill.", by=world.rafi, at=days_later(50))

    place.refresh_from_db()
    assert (place.state, visit.moves.values_list("detail__late", flat=True)[0]) == ("withdrew", True)
    assert [(fact.why, fact.by_id) for fact in freed] == [("withdrew", world.rafi.pk)]
    office = OutboxMail.objects.filter(subject__startswith="Urgent")
    assert all("My mother is ill." in letter.text for letter in office)
    assert office
    for account in (world.lena, world.ludo):
        letter = OutboxMail.objects.filter(to=account.email, subject__contains="has changed").get()
        assert "Rafi" in letter.text
        assert "mother" not in letter.text
    with pytest.raises(NotAllowed, match="after you said yes"):
        actions.withdraw(place=place, reason="Again.", by=world.rafi, at=days_later(50))


def test_on_the_day_one_is_absent_by_ones_own_word_and_is_not_asked_again(
    world: World, visit: Visit, freed: list[SeatFreed]
) -> None:
    place = accepted(visit, world)
    morning = datetime.combine(DAY, datetime.min.time(), tzinfo=UTC) + timedelta(hours=7)

    actions.withdraw(place=place, reason="Fever.", by=world.rafi, at=morning)

    place.refresh_from_db()
    assert (place.state, [fact.why for fact in freed]) == ("absent", ["withdrew"])
    with pytest.raises(NotAllowed, match="one seat"):
        ask(visit, world, at=morning)


def test_somebody_else_takes_the_lead_where_the_rules_allow_it(world: World, visit: Visit) -> None:
    factories.grant(world.nadia, world.network, "lead_reviewer")
    lead, nadia, rafi = accepted(visit, world, "lead"), accepted(visit, world, "client_member"), accepted(visit, world)
    words: Any = {"seat": "lead", "by": world.cora, "at": NOW, "reason": "Ludo is ill."}
    with pytest.raises(NotAllowed, match="only the seats"):
        actions.change_seat(place=nadia, **words)
    actions.withdraw(place=lead, reason="Fever.", by=world.ludo, at=NOW)
    with pytest.raises(NotAllowed, match="training and checks"):
        actions.change_seat(place=rafi, **words)

    actions.change_seat(place=nadia, **words)

    nadia.refresh_from_db()
    assert nadia.seat == "lead"
    assert queries.leads_team(visit.enrolment_id, world.nadia.pk)
    assert not queries.leads_team(visit.enrolment_id, world.rafi.pk)
    assert subjects_to(world.nadia.email)[-1] == "You have another seat on the visit to Hearth Elm Row"


def test_the_pages_of_withdrawing_and_what_the_office_reads_then(client: Client, world: World) -> None:
    soon = timezone.localdate() + timedelta(days=5)
    Visit.objects.filter(pk=world.visit.pk).update(state="confirmed", on=soon)
    place = TeamPlace.objects.get(account=world.rafi)
    world.sign_in(client, world.rafi)
    page = client.get(path_of("hearth", "visits:visit", world.visit.pk)).content.decode()
    assert "I cannot come after all" in page

    client.post(path_of("hearth", "visits:withdraw", place.pk), {"reason": "Fever."})

    place.refresh_from_db()
    assert place.state == "withdrew"
    world.sign_in(client, world.cora)
    text = client.get(path_of("hearth", "visits:visit", world.visit.pk)).content.decode()
    assert "somebody is missing" in text
    assert "Fever." in text
    assert "Lark House" in client.get(path_of("hearth", "visits:list"), {"waits": "short"}).content.decode()
