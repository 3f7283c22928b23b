from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from communitas.kit.addresses import path_of
from communitas.members.models import Access
from communitas.visits import actions, queries
from communitas.visits.models import Interest, TeamPlace, Visit, VisitSettings
from tests import factories
from tests.cast import NOW, World


def at(name: str, *args: object) -> str:
    return path_of("hearth", name, *args)


@pytest.fixture
def office(client: Client, world: World) -> Client:
    return world.sign_in(client, world.cora)


def test_host_team_and_office_read_the_visit_and_nobody_else_does(client: Client, world: World) -> None:
    expected = {
        world.lena: 200, world.mina: 200, world.rafi: 200, world.ludo: 200, world.cora: 200, world.otto: 404,
        world.kit: 404, world.tess: 404,
    }  # fmt: skip

    found = {}
    for account in expected:
        world.sign_in(client, account)
        found[account] = client.get(at("visits:visit", world.visit.pk)).status_code

    assert found == expected


def test_a_client_member_reads_the_team_and_not_its_office_table(client: Client, world: World) -> None:
    world.sign_in(client, world.mina)

    text = client.get(at("visits:visit", world.visit.pk)).content.decode()

    assert "Nadia" in text
    assert "Take off" not in text


def test_the_office_plans_a_visit_from_an_enrolment(office: Client, world: World) -> None:
    enrolment = factories.make_enrolment(world.cycle, world.elm)

    response = office.post(at("visits:plan", enrolment.pk), {"on": "2027-03-18", "form": "virtual"})

    visit = Visit.objects.get(enrolment=enrolment)
    assert response.headers["Location"] == at("visits:visit", visit.pk)
    assert (visit.on, visit.form) == (date(2027, 3, 18), "virtual")


def test_a_refusal_of_the_rules_stands_on_the_page(office: Client, world: World) -> None:
    enrolment = factories.make_enrolment(world.cycle, world.elm)
    visit = actions.plan(enrolment=enrolment, on=date(2027, 3, 18), by=world.cora, at=NOW)

    response = office.post(
        at("visits:ask", visit.pk), {"account": world.nadia.pk, "seat": "staff"}, follow=True
    )  # fmt: skip

    assert (
        "The client member&#x27;s seat is for a client member, the staff seats are for staff."
        in response.content.decode()
    )
    assert not visit.places.exists()


def test_asking_answering_and_appointing_through_the_pages(client: Client, world: World) -> None:
    enrolment = factories.make_enrolment(world.cycle, world.elm)
    visit = actions.plan(enrolment=enrolment, on=date(2027, 3, 18), by=world.cora, at=NOW)
    world.sign_in(client, world.cora)
    client.post(at("visits:ask", visit.pk), {"account": world.ludo.pk, "seat": "lead"})
    place = TeamPlace.objects.get(visit=visit)

    world.sign_in(client, world.ludo)
    assert "Will you join this visit?" in client.get(at("visits:visit", visit.pk)).content.decode()
    client.post(at("visits:accept", place.pk))
    world.sign_in(client, world.cora)
    client.post(at("visits:appoint", visit.pk))

    place.refresh_from_db()
    visit.refresh_from_db()
    assert (place.state, visit.state) == ("accepted", "team_appointed")


def test_a_place_is_declined_with_a_reason_and_never_by_a_get(client: Client, world: World) -> None:
    place = TeamPlace.objects.get(account=world.rafi)
    TeamPlace.objects.filter(pk=place.pk).update(state="asked")
    world.sign_in(client, world.rafi)

    assert client.get(at("visits:decline", place.pk)).status_code == 200
    assert client.post(at("visits:decline", place.pk), {"reason": ""}).status_code == 422
    client.post(at("visits:decline", place.pk), {"reason": "A hospital day."})

    place.refresh_from_db()
    assert (place.state, place.reason) == ("declined", "A hospital day.")
    assert client.get(at("visits:visit", world.visit.pk)).status_code == 404


def test_another_persons_place_looks_as_if_it_were_not_there(client: Client, world: World) -> None:
    place = TeamPlace.objects.get(account=world.rafi)
    world.sign_in(client, world.nadia)

    assert client.post(at("visits:accept", place.pk)).status_code == 404


def test_the_list_of_visits_is_the_offices_and_can_be_downloaded(office: Client, world: World) -> None:
    text = office.get(at("visits:list"), {"format": "csv"}).content.decode("utf-8-sig")

    assert [line.split(",")[0] for line in text.splitlines()] == ["Community", "Hearth Lark House"]
    office.logout()
    world.sign_in(office, world.lena)
    assert office.get(at("visits:list")).status_code == 403


@pytest.mark.parametrize("more", [1, 3])
def test_the_list_costs_the_same_queries_however_long_it_is(
    office: Client, world: World, django_assert_num_queries: Any, more: int
) -> None:
    for number in range(more):
        community = factories.make_community(world.network, f"C{number}", f"Community {number}")
        factories.make_visit(factories.make_enrolment(world.cycle, community))

    with django_assert_num_queries(9):
        assert office.get(at("visits:list")).status_code == 200


def test_an_interest_is_declared_and_withdrawn_by_the_person_alone(client: Client, world: World) -> None:
    world.sign_in(client, world.rafi)
    client.post(at("visits:interests"), {"community": world.elm.pk, "nature": "My sister lives there."})
    interest = Interest.objects.get()

    world.sign_in(client, world.cora)
    assert client.post(at("visits:withdraw_interest", interest.pk)).status_code == 404
    assert "My sister lives there." in client.get(at("visits:all_interests")).content.decode()
    world.sign_in(client, world.rafi)
    client.post(at("visits:withdraw_interest", interest.pk))

    interest.refresh_from_db()
    assert interest.withdrawn_at is not None


def test_a_community_of_another_network_cannot_be_named(client: Client, world: World) -> None:
    world.sign_in(client, world.rafi)

    response = client.post(at("visits:interests"), {"community": world.twin.elm.pk, "nature": "x"})

    assert response.status_code == 422
    assert not Interest.objects.exists()


def test_the_office_sets_seats_and_limits(office: Client, world: World) -> None:
    data = {
        f"{pathway}-{seat}": "1"
        for pathway in ("developmental", "peer_review", "accreditation")
        for seat in ("lead", "staff", "client_member", "specialist")
    }

    windows = {
        "dates_asked": "4", "weekdays_asked": "2", "dates_from_weeks": "6", "dates_until_weeks": "40",
        "day_starts": "09:00", "day_ends": "16:00", "link_days_before": "3", "feedback_days": "21",
        "answer_days": "10", "short_notice_days": "20", "short_answer_days": "3", "object_days": "4",
    }  # fmt: skip
    numbers = {"peer_review-staff": "3", "repeat_after": "0", "visits_per_reviewer": "5", "former_years": "7"}

    refused = office.post(at("visits:settings"), {**data, **windows, **numbers, "weekdays_asked": "5"})
    office.post(at("visits:settings"), {**data, **windows, **numbers})

    settings = VisitSettings.objects.get(network=world.network)
    assert refused.status_code == 422
    assert (settings.seats["peer_review"]["staff"], settings.repeat_after, settings.visits_per_reviewer) == (3, 0, 5)
    assert (settings.dates_asked, settings.day_starts.hour, settings.feedback_days) == (4, 9, 21)
    assert (settings.answer_days, settings.short_answer_days, settings.lapses) == (10, 3, False)


def test_my_visits_teach_when_there_are_none(client: Client, world: World) -> None:
    factories.grant(world.otto, world.network, "reviewer")
    world.sign_in(client, world.otto)

    assert "No visit yet" in client.get(at("visits:mine")).content.decode()


@pytest.mark.parametrize("name", ["postpone", "cancel", "set_date", "practical"])
def test_each_form_of_a_visit_opens_for_the_office(office: Client, world: World, name: str) -> None:
    assert office.get(at(f"visits:{name}", world.visit.pk)).status_code == 200


def test_somebody_of_another_network_cannot_be_asked_and_is_not_named(office: Client, world: World) -> None:
    data = {"account": world.theo.pk, "seat": "staff"}

    text = office.post(at("visits:ask", world.visit.pk), data, follow=True).content.decode()

    assert "Choose a reviewer of this network" in text
    assert "Theo" not in text


def test_an_object_is_not_found_under_the_address_of_another_network(client: Client, world: World) -> None:
    factories.grant(world.cora, world.twin.network, "office")
    world.sign_in(client, world.cora)

    assert client.get(path_of("harbour", "visits:visit", world.visit.pk)).status_code == 404
    assert client.get(path_of("harbour", "visits:visit", world.twin.visit.pk)).status_code == 200


def shown(client: Client, name: str) -> str:
    return client.get(at(name)).content.decode()


def test_a_past_visit_that_may_no_longer_be_read_stands_without_a_link(client: Client, world: World) -> None:
    Visit.objects.filter(pk=world.visit.pk).update(state="closed")
    link = f'href="{at("visits:visit", world.visit.pk)}"'
    world.sign_in(client, world.rafi)
    assert link in shown(client, "visits:mine")

    Access.objects.filter(account=world.rafi, relation="team").update(until_at=NOW - timedelta(days=60))
    text = shown(client, "visits:mine")

    assert link not in text
    assert "March 2027 · staff" in text


def test_the_list_begins_with_what_comes_next_and_ends_with_what_was_longest_ago(office: Client, world: World) -> None:
    today = timezone.now().date()
    days = {"Late": 90, "Soon": 3, "Gone": -300, "Recent": -3, "Undated": None}
    for number, (name, away) in enumerate(days.items()):
        community = factories.make_community(world.network, f"D{number}", f"{name} House")
        visit = factories.make_visit(factories.make_enrolment(world.cycle, community))
        on = None if away is None else today + timedelta(days=away)
        Visit.objects.filter(pk=visit.pk).update(on=on, state="planned" if away is None or away > 0 else "closed")

    text = shown(office, "visits:list")

    places = [text.index(f"{name} House") for name in ("Soon", "Late", "Undated", "Recent", "Gone")]
    assert places == sorted(places)


def test_the_list_says_who_has_to_answer_only_while_somebody_has(office: Client, world: World) -> None:
    assert "3 on the team<" in shown(office, "visits:list")
    TeamPlace.objects.filter(visit=world.visit, seat="staff").update(state="asked")
    assert "3 on the team, 1 to answer" in shown(office, "visits:list")

    Visit.objects.filter(pk=world.visit.pk).update(state="closed")

    assert "to answer" not in shown(office, "visits:list")


def test_a_lead_reviewer_may_take_the_specialist_seat_and_a_reviewer_may_not(world: World) -> None:
    enrolment = factories.make_enrolment(world.cycle, world.elm, pathway="accreditation")
    visit = actions.plan(enrolment=enrolment, on=date(2027, 3, 18), by=world.cora, at=NOW)

    found = {one.account: one.refusals for one in queries.candidates(visit, "specialist", now=NOW)}

    assert found[world.ludo] == ()
    assert found[world.rafi] == (
        "A reviewer's training and checks are valid for the seat and the type of visit on its date.",
    )
