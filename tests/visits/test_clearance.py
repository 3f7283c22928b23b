"""Papers for a secure site: who may still be asked, and how far each person's papers are."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from communitas.kit import events
from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import OutboxMail
from communitas.visits import actions, queries
from communitas.visits.events import SeatFreed
from communitas.visits.models import Clearance, SiteClearance, TeamPlace, Visit
from communitas.visits.rules.clearance import Papers, are_papers_due
from communitas.visits.rules.conflicts import Case, Host, Person, papers_in_time
from tests import factories
from tests.cast import NOW, World

TODAY = NOW.date()
ON = TODAY + timedelta(weeks=9)


@pytest.fixture
def visit(world: World) -> Visit:
    """A visit to Elm Row in nine weeks, which wants papers six weeks before."""
    words: Any = {"weeks": 6, "words": "A copy of your passport, to the gate.", "by": world.cora, "at": NOW}
    actions.change_site_clearance(community=world.elm, **words)
    enrolment = factories.make_enrolment(world.cycle, world.elm)
    planned = actions.plan(enrolment=enrolment, on=ON, by=world.cora, at=NOW)
    return queries.visits().get(pk=planned.pk)


def ask(visit: Visit, world: World, **words: Any) -> TeamPlace:
    return actions.ask(visit=visit, account=world.rafi, seat="staff", by=world.cora, **({"at": NOW} | words))


@pytest.mark.parametrize(
    ("today", "cleared", "expected"),
    [(0, None, True), (21, None, True), (22, None, False), (22, ON, True), (22, ON - timedelta(days=1), False)],
)
def test_nobody_is_asked_too_late_for_their_papers(today: int, cleared: date | None, expected: bool) -> None:
    case = Case(Person("rafi", frozenset({"oak"}), cleared_until=cleared), "staff", Host("elm", "", 1))

    found = papers_in_time(replace(case, papers=Papers(TODAY + timedelta(days=today), ON, 6)))

    assert found is expected
    assert papers_in_time(case)


def test_papers_are_due_in_the_week_before_they_must_be_in() -> None:
    assert [are_papers_due(TODAY + timedelta(days=day), TODAY, "to_send") for day in (-8, -7, 0, 1)] == [
        False, True, True, False,
    ]  # fmt: skip
    assert not are_papers_due(TODAY, TODAY, "sent")


def test_who_is_asked_sends_papers_is_reminded_once_and_answers_before_they_are_due(world: World, visit: Visit) -> None:
    place = ask(visit, world, at=NOW + timedelta(days=18))
    assert place.answer_by == TODAY + timedelta(weeks=3)  # not seven days: papers come first
    actions.accept_place(place=place, by=world.rafi, at=NOW + timedelta(days=18))

    assert [actions.chase_papers(by=None, at=NOW + timedelta(days=day)) for day in (13, 19, 20)] == [0, 1, 0]

    assert OutboxMail.objects.filter(to=world.rafi.email, subject__startswith="Your papers").count() == 1
    with pytest.raises(NotAllowed, match="too late for their papers"):
        actions.ask(visit=visit, account=world.ludo, seat="lead", by=world.cora, at=NOW + timedelta(weeks=4))
    sooner = ON - timedelta(weeks=1)
    actions.set_date(visit=visit, on=sooner, reason="The host asked.", by=world.cora, at=NOW + timedelta(days=20))
    assert Clearance.objects.get().papers_by == sooner - timedelta(weeks=6)


def test_a_clearance_counts_again_while_it_is_valid(world: World, visit: Visit) -> None:
    place = ask(visit, world)
    actions.record_clearance(place=place, state="given", valid_until=ON, by=world.cora, at=NOW)
    actions.remove(place=place, reason="The day did not suit.", by=world.cora, at=NOW)

    again = ask(visit, world, at=NOW + timedelta(weeks=5))

    assert (again.clearance.state, again.clearance.valid_until) == ("given", ON)


def test_a_refusal_frees_the_seat_and_says_no_more_than_that_the_team_changed(world: World, visit: Visit) -> None:
    freed: list[SeatFreed] = []
    events.subscribe(SeatFreed, freed.append)
    place = ask(visit, world)

    actions.record_clearance(place=place, state="refused", by=world.cora, at=NOW)

    place.refresh_from_db()
    assert (place.state, place.reason, [fact.why for fact in freed]) == ("removed", "The team changed.", ["withdrew"])
    assert "refused" not in OutboxMail.objects.filter(to=world.rafi.email).latest("pk").text


def test_everybody_reads_their_own_papers_and_host_and_office_record_them_all(client: Client, world: World) -> None:
    words = {"weeks": "2", "words": "A copy of your passport."}
    world.sign_in(client, world.lena)
    client.post(path_of("hearth", "visits:site_clearance", world.lark.pk), words)
    place = TeamPlace.objects.get(account=world.rafi)
    Clearance.objects.create(place=place, papers_by=date(2027, 2, 25), recorded_at=NOW)
    page = path_of("hearth", "visits:visit", world.visit.pk)

    world.sign_in(client, world.rafi)
    assert "Your papers must be in by Thursday 25 February 2027" in client.get(page).content.decode()
    world.sign_in(client, world.ludo)
    assert "papers" not in client.get(page).content.decode().lower()
    world.sign_in(client, world.lena)
    assert "Papers of the people on the team" in client.get(page).content.decode()
    client.post(path_of("hearth", "visits:record_clearance", place.pk), {"state": "given", "valid_until": "2028-01-01"})

    found = Clearance.objects.get()
    assert (found.state, found.valid_until, found.recorded_by) == ("given", date(2028, 1, 1), world.lena)
    assert dict(SiteClearance.objects.values_list("community", "weeks")) == {world.lark.pk: 2}
