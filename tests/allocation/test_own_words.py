"""What reviewers say themselves: days, home base, offers to come; and what the office reads of it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communitas.allocation import actions
from communitas.allocation.models import Availability, AvailableDay, DaysAsked, HomeBase, Willing
from communitas.allocation.queries import needed, saying, state_problem
from communitas.allocation.queries.kept import kept_of
from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import AuditLine, OutboxMail
from communitas.members.models import Community
from communitas.people.models import Account
from communitas.visits.actions import declare_interest
from communitas.visits.models import Visit
from tests import factories
from tests.cast import NOW, World
from tests.factories.plans import OFFERED

TODAY = date(2027, 1, 20)
FIRST, SECOND, THIRD = OFFERED


def at(name: str, *args: object) -> str:
    return path_of("hearth", f"allocation:{name}", *args)


@pytest.fixture
def rafi(world: World, client: Client) -> Client:
    return world.sign_in(client, world.rafi)


@pytest.fixture
def elm(world: World) -> Visit:
    """Elm Row offers three days and has nobody; Lark House's team is whole."""
    Visit.objects.filter(pk=world.visit.pk).update(state="confirmed")
    Community.objects.filter(pk=world.oak.pk).update(latitude=53.4, longitude=-2.2)
    return factories.make_host(world.cycle, world.elm)


def where(world: World, account: Account) -> list[needed.Needed]:
    return needed.where_needed(world.network, account, today=TODAY, at=NOW)


def test_days_are_said_as_a_whole_and_what_changed_is_said_back(rafi: Client, elm: Visit, world: World) -> None:
    page = rafi.get(at("my_days", world.cycle.pk)).content.decode()
    rafi.post(at("my_days", world.cycle.pk), {"days": ["2027-04-12", "2027-04-13"], "most_visits": "1"})
    said = rafi.post(
        at("my_days", world.cycle.pk), {"days": ["2027-04-13", "2027-04-16"], "note": "Not before 10."}, follow=True
    ).content.decode()

    assert "April 2027: 0 chosen, people needed on 3 days" in page
    assert "March 2027: 0 chosen, people needed on 1 day<" in page  # a staff seat at Lark House is empty
    assert "Saved. New: 16 April. No longer: 12 April." in said
    days = AvailableDay.objects.filter(account=world.rafi)
    assert [(one.on.day, one.said_by) for one in days] == [(13, "own"), (16, "own")]
    assert Availability.objects.get().note == "Not before 10."
    assert AuditLine.objects.filter(verb="allocation.say_availability").count() == 2


def test_a_day_with_a_visit_is_taken_and_taking_it_back_leaves_nobody(rafi: Client, world: World) -> None:
    on = world.visit.on
    assert on is not None

    page = rafi.get(at("my_days", world.cycle.pk)).content.decode()

    assert "taken: you are on a visit" in page
    assert "Taking back a day does not leave the team." in page
    assert world.visit.get_absolute_url() in page
    assert world.visit.places.filter(account=world.rafi, state="accepted").exists()


def test_who_cannot_come_says_why_and_plans_leave_them_out(rafi: Client, elm: Visit, world: World) -> None:
    factories.make_free(world.cycle, [world.rafi, world.ludo], SECOND)
    refused = rafi.post(at("my_days", world.cycle.pk), {"days": ["2027-04-13"], "none": "on"})
    rafi.post(at("my_days", world.cycle.pk), {"days": ["2027-04-13"], "none": "on", "reason": "A new baby."})

    stated = state_problem(world.cycle, on=TODAY, at=NOW)

    assert (refused.status_code, "Please say in a few words why." in refused.content.decode()) == (422, True)
    [row] = [one for one in stated.content["reviewers"] if one["id"] == f"p{world.rafi.pk}"]
    assert row["available"] == []
    assert "Rafi cannot review in this cycle: A new baby." in [gap.words for gap in stated.gaps]
    assert where(world, world.rafi) == []


def test_plans_take_the_smaller_of_wish_and_limit(elm: Visit, world: World) -> None:
    said: dict[str, Any] = {
        "days": [],
        "asked": [],
        "none": False,
        "reason": "",
        "note": "",
        "by": world.ludo,
        "at": NOW,
    }
    with pytest.raises(NotAllowed, match="more visits in a cycle than the network has set"):
        actions.say_availability(cycle=world.cycle, most_visits=9, **said)
    actions.say_availability(cycle=world.cycle, most_visits=2, **said)

    stated = state_problem(world.cycle, on=TODAY, at=NOW)

    most = {one["id"]: one["max_visits"] for one in stated.content["reviewers"]}
    assert most == {f"p{world.rafi.pk}": 2, f"p{world.ludo.pk}": 1, f"p{world.nadia.pk}": 2}


def test_the_home_base_is_a_point_or_the_community(rafi: Client, world: World) -> None:
    half = rafi.post(at("my_base"), {"start": "point", "latitude": "53.8"})
    rafi.post(at("my_base"), {"start": "point", "latitude": "53.8", "longitude": "-1.5"})
    there = HomeBase.objects.filter(account=world.rafi).exists()
    rafi.post(at("my_base"), {"start": "community"})

    assert (half.status_code, there) == (422, True)
    assert not HomeBase.objects.exists()


def test_one_is_needed_where_a_seat_is_empty_and_no_rule_bars_one(elm: Visit, world: World) -> None:
    mine, nadias = where(world, world.rafi), where(world, world.nadia)
    stranger = where(world, world.otto)
    declare_interest(community=world.elm, nature="I worked there.", by=world.rafi, at=NOW - timedelta(days=1))

    assert [(one.on, one.seats, one.is_set, one.is_free) for one in mine] == [
        (day, ("staff reviewer",), False, False) for day in OFFERED
    ]
    assert {one.seats for one in nadias} == {("client member",)}
    assert (stranger, where(world, world.rafi)) == ([], [])


def test_of_a_hidden_address_full_tens_are_told_and_never_a_name(rafi: Client, elm: Visit, world: World) -> None:
    shown = where(world, world.rafi)[0]
    Community.objects.filter(pk=world.elm.pk).update(hidden_address=True)
    nowhere = where(world, world.rafi)[0]
    actions.set_point(community=world.elm, latitude=53.7, longitude=-1.4, by=world.cora, at=NOW)
    page = rafi.get(at("my_reviewing")).content.decode()

    assert (shown.km, nowhere.km) == (64, None)
    assert "about 60 km" in page
    assert world.elm.name not in page


def test_an_offer_to_come_adds_the_day_and_is_taken_back(rafi: Client, elm: Visit, world: World) -> None:
    said = rafi.post(at("come", elm.pk), {"on": "2027-04-13"}, follow=True).content.decode()
    offer = Willing.objects.get()
    seen = needed.offers_of(world.cycle, on=TODAY)
    back = rafi.post(at("take_back", offer.pk), follow=True).content.decode()
    barred = rafi.post(at("come", elm.pk), {"on": "2027-04-14"}, follow=True).content.decode()

    assert "The day now stands among your days." in said
    assert "you have offered to come" in said
    assert [(one.account, one.on) for one in seen] == [(world.rafi, SECOND)]
    assert "The day still stands among your days." in back
    assert "Nobody is needed there on that day any more" in barred
    assert AvailableDay.objects.filter(account=world.rafi, on=SECOND).exists()
    assert needed.offers_of(world.cycle, on=TODAY) == []


def test_the_office_reads_offers_and_whose_word_days_are(elm: Visit, world: World, client: Client) -> None:
    factories.make_free(world.cycle, [world.rafi], FIRST)
    actions.offer_to_come(visit=elm, on=SECOND, by=world.rafi, at=NOW)
    world.sign_in(client, world.cora)

    studio = client.get(at("cycle", world.cycle.pk)).content.decode()
    page = client.get(at("reviewer", world.cycle.pk, world.rafi.pk)).content.decode()
    people = client.get(at("reviewers", world.cycle.pk)).content.decode()

    assert "Rafi, on 13 April 2027:" in studio
    assert ("1 day: entered by the office" in page, "1 day: their own word" in page) == (True, True)
    assert "their own word; entered by the office" in people


def test_who_has_said_nothing_is_asked_once_a_week(world: World, client: Client) -> None:
    factories.make_free(world.cycle, [world.ludo], FIRST)
    actions.ask_for_days(cycle=world.cycle, by=world.cora, at=NOW)
    again = world.sign_in(client, world.cora).post(at("ask_for_days", world.cycle.pk), follow=True)

    with pytest.raises(NotAllowed, match="within the last week"):
        actions.ask_for_days(cycle=world.cycle, by=world.cora, at=NOW + timedelta(days=6))

    assert set(DaysAsked.objects.get().people) == {world.rafi.pk, world.nadia.pk}
    assert "They were asked within the last week." in again.content.decode()
    assert set(OutboxMail.objects.values_list("account", flat=True)) == {world.rafi.pk, world.nadia.pk}
    assert saying.silent(world.cycle, today=TODAY, at=NOW).count() == 2


def test_ones_own_history_counts_visits_and_ways(rafi: Client, world: World) -> None:
    Visit.objects.filter(pk=world.visit.pk).update(state="closed")
    Community.objects.filter(pk__in=[world.oak.pk, world.lark.pk]).update(latitude=53.4, longitude=-2.2)

    page = rafi.get(at("my_reviewing")).content.decode()

    assert "1 visit · 0 km one way" in page
    assert world.lark.name in page


def test_ones_own_page_takes_as_many_queries_with_one_host_as_with_three(
    rafi: Client, elm: Visit, world: World
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            rafi.get(at("my_reviewing"))
        return len(asked)

    queries()
    one = queries()
    for number in range(2):
        community = factories.make_community(world.network, f"NEW{number}", f"New House {number}")
        factories.make_host(world.cycle, community)

    assert (queries(), len(where(world, world.rafi))) == (one, 9)


def test_what_is_kept_about_a_person_holds_their_own_words(elm: Visit, world: World) -> None:
    actions.offer_to_come(visit=elm, on=SECOND, by=world.rafi, at=NOW)
    actions.set_home_base(
        network=world.network, account=world.rafi, latitude=53.8, longitude=-1.5, by=world.rafi, at=NOW
    )

    kept = {one.what: one.rows for one in kept_of([world.rafi.pk, world.ludo.pk])[world.rafi.pk]}

    assert kept == {
        "Where you set out from": ({"Latitude": "53.8", "Longitude": "-1.5"},),
        "Days on which you could visit": ({"Day": "2027-04-13"},),
        "Offers to come to a visit": ({"Day": "2027-04-13", "Taken back": ""},),
    }
