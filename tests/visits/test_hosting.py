"""The host says whether the day of its visit will do."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from communitas.cycles.queries import today_in
from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import OutboxMail
from communitas.visits import actions, queries
from communitas.visits.models import HostAnswer, Visit
from communitas.visits.rules.answering import Asking
from communitas.visits.rules.hosting import host_answers_by, host_may_answer, is_host_reminder_due
from tests.cast import NOW, World


def test_a_host_answers_from_when_its_day_is_set_until_the_day_before() -> None:
    on = date(2027, 3, 2)

    assert host_may_answer("planned", on, date(2027, 3, 1))
    assert not host_may_answer("planned", on, on)
    assert not host_may_answer("postponed", None, date(2027, 3, 1))
    assert not host_may_answer("held", on, date(2027, 3, 1))
    assert host_answers_by(date(2027, 1, 4), on, Asking()) == date(2027, 1, 11)
    assert host_answers_by(date(2027, 3, 1), on, Asking()) == date(2027, 3, 1)


def test_a_host_is_reminded_two_days_before_its_last_day() -> None:
    asked, last = date(2027, 1, 4), date(2027, 1, 11)

    due = [
        day
        for day in (asked + timedelta(days=n) for n in range(9))
        if is_host_reminder_due(day, asked=asked, last=last)
    ]

    assert due[0] == date(2027, 1, 9)
    assert not is_host_reminder_due(asked, asked=asked, last=asked)


@pytest.fixture
def dated(world: World) -> Visit:
    """The visit to Lark House has a day that was set today."""
    visit = queries.visits().get(pk=world.visit.pk)
    actions.set_date(visit=visit, on=NOW.date() + timedelta(days=60), reason="Agreed.", by=world.cora, at=NOW)
    return visit


@pytest.mark.django_db
def test_the_host_accepts_then_cannot_after_all_and_the_office_reads_why(world: World, dated: Visit) -> None:
    actions.accept_day(visit=dated, by=world.lena, at=NOW)
    with pytest.raises(NotAllowed, match="already"):
        actions.accept_day(visit=dated, by=world.lena, at=NOW)
    with pytest.raises(NotAllowed, match="says why"):
        actions.decline_day(visit=dated, reason=" ", by=world.lena, at=NOW)

    actions.decline_day(visit=dated, reason="The roof is mended that week.", by=world.lena, at=NOW)

    said = queries.host_answer(dated)
    assert said is not None
    assert (said.accepts, said.reason) == (False, "The roof is mended that week.")
    assert list(queries.declined(Visit.objects.all(), NOW.date())) == [dated]
    letters = OutboxMail.objects.filter(subject__contains="cannot take its visit")
    assert all("The roof is mended" in letter.text for letter in letters)
    assert letters.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        HostAnswer.objects.update(reason="Nothing.")


@pytest.mark.django_db
def test_another_day_is_asked_about_anew_and_the_host_is_reminded_once(world: World, dated: Visit) -> None:
    actions.accept_day(visit=dated, by=world.lena, at=NOW)
    actions.set_date(visit=dated, on=NOW.date() + timedelta(days=70), reason="A strike.", by=world.cora, at=NOW)

    assert queries.host_answer(dated) is None
    assert list(queries.unanswered(Visit.objects.all(), NOW.date())) == [dated]
    later = NOW + timedelta(days=5)
    assert queries.host_last_day(dated) == today_in(world.network, NOW) + timedelta(days=7)
    assert [actions.remind_hosts(by=None, at=at) for at in (NOW, later, later)] == [0, 1, 0]


@pytest.mark.django_db
def test_the_page_asks_the_lead_and_tells_the_office(world: World, dated: Visit, client: Client) -> None:
    page = path_of("hearth", "visits:visit", dated.pk)
    client.force_login(world.lena)
    assert "Will this day do?" in client.get(page).content.decode()
    client.post(path_of("hearth", "visits:decline_day", dated.pk), {"reason": "The roof is mended that week."})
    assert "It will do after all" in client.get(page).content.decode()
    client.force_login(world.rafi)
    assert "The roof is mended" not in client.get(page).content.decode()
    client.force_login(world.cora)
    assert "The roof is mended" in client.get(page).content.decode()
    assert "Lark House" in client.get(path_of("hearth", "visits:list") + "?waits=declined").content.decode()
