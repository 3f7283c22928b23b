from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import OutboxMail
from communitas.members.models import Holiday
from communitas.visits import actions, queries
from communitas.visits.models import OfferedDate, Visit
from tests import factories
from tests.cast import NOW, World

DAYS = [date(2027, 3, 8), date(2027, 3, 9), date(2027, 3, 11)]
EASTER = date(2027, 3, 26)


def at(name: str, *args: object) -> str:
    return path_of("hearth", f"visits:{name}", *args)


@pytest.fixture
def open_visit(world: World) -> Visit:
    """Lark House's visit, for which no date is set yet."""
    Visit.objects.filter(pk=world.visit.pk).update(on=None)
    return queries.visits().get(pk=world.visit.pk)


def offer(visit: Visit, world: World, *days: date) -> list[OfferedDate]:
    return actions.offer_dates(visit=visit, days=days or DAYS, by=world.lena, at=NOW)


def test_the_host_offers_and_the_office_is_told(open_visit: Visit, world: World) -> None:
    offer(open_visit, world)

    assert [one.on for one in queries.offered_dates(open_visit)] == DAYS
    assert "offers dates" in OutboxMail.objects.latest("pk").subject


def test_a_holiday_of_the_network_is_not_offered(open_visit: Visit, world: World) -> None:
    Holiday.objects.create(network=world.network, on=EASTER, name="Good Friday")

    with pytest.raises(NotAllowed, match="26 March 2027 is a day off"):
        offer(open_visit, world, *DAYS[:2], EASTER)


def test_the_locked_date_anchors_the_enrolment_and_frees_the_others(open_visit: Visit, world: World) -> None:
    offered = offer(open_visit, world)

    actions.lock_date(visit=open_visit, offered=offered[1], by=world.cora, at=NOW)

    open_visit.refresh_from_db()
    open_visit.enrolment.refresh_from_db()
    assert (open_visit.on, open_visit.enrolment.anchor_on, open_visit.revision) == (DAYS[1], DAYS[1], 1)
    assert list(open_visit.offered.values_list("state", flat=True)) == ["released", "locked", "released"]
    told = OutboxMail.objects.filter(subject__startswith="The date of the visit")
    assert set(told.values_list("account_id", flat=True)) == {
        one.pk for one in (world.lena, world.rafi, world.ludo, world.nadia)
    }


def test_after_the_lock_dates_are_not_offered_and_a_move_needs_its_reason(open_visit: Visit, world: World) -> None:
    offered = offer(open_visit, world)
    actions.lock_date(visit=open_visit, offered=offered[0], by=world.cora, at=NOW)

    with pytest.raises(NotAllowed, match="is set"):
        offer(open_visit, world)
    with pytest.raises(NotAllowed, match="offers"):
        actions.lock_date(visit=open_visit, offered=offered[1], by=world.cora, at=NOW)
    with pytest.raises(NotAllowed, match="reason"):
        actions.set_date(visit=open_visit, on=DAYS[2], by=world.cora, at=NOW)
    actions.set_date(visit=open_visit, on=DAYS[2], reason="A funeral.", by=world.cora, at=NOW)

    assert open_visit.revision == 2
    assert not open_visit.offered.exclude(state="released").exists()
    assert "A funeral." in OutboxMail.objects.latest("pk").text


def test_a_date_of_another_visit_is_not_locked(open_visit: Visit, world: World, client: Client) -> None:
    other = actions.plan(enrolment=factories.make_enrolment(world.cycle, world.elm), on=None, by=world.cora, at=NOW)
    foreign = actions.offer_dates(visit=other, days=DAYS, by=world.cora, at=NOW)[0]

    answer = world.sign_in(client, world.cora).post(at("lock_date", open_visit.pk), {"date": foreign.pk})

    assert answer.status_code == 404


def test_a_postponed_visit_asks_for_dates_again_and_everybody_is_told(open_visit: Visit, world: World) -> None:
    actions.lock_date(visit=open_visit, offered=offer(open_visit, world)[0], by=world.cora, at=NOW)
    actions.postpone(visit=open_visit, reason="The house moves.", by=world.cora, at=NOW)
    told = OutboxMail.objects.filter(subject__contains="is postponed").count()

    again = offer(open_visit, world, *(day + timedelta(weeks=4) for day in DAYS))
    actions.lock_date(visit=open_visit, offered=again[0], by=world.cora, at=NOW)

    open_visit.refresh_from_db()
    assert (told, open_visit.state, open_visit.on) == (4, "planned", DAYS[0] + timedelta(weeks=4))
    assert open_visit.revision == 3


def test_dates_are_offered_and_locked_through_the_page(open_visit: Visit, world: World, client: Client) -> None:
    monday = timezone.localdate() + timedelta(weeks=10)
    monday -= timedelta(days=monday.weekday())
    days = {f"on{number}": (monday + timedelta(days=number)).isoformat() for number in (1, 2, 3)}
    address = at("dates", open_visit.pk)
    world.sign_in(client, world.lena)

    few = client.post(address, {"on1": days["on1"]})
    client.post(address, days)
    text = client.get(at("visit", open_visit.pk)).content.decode()
    world.sign_in(client, world.cora)
    chosen = queries.offered_dates(open_visit)[0]
    client.post(at("lock_date", open_visit.pk), {"date": chosen.pk})

    open_visit.refresh_from_db()
    assert (few.status_code, "three different dates" in few.content.decode()) == (422, True)
    assert "Your dates are offered" in text
    assert open_visit.on == chosen.on


@pytest.mark.parametrize("more", [1, 3])
def test_the_page_of_dates_takes_the_same_queries(
    open_visit: Visit, world: World, client: Client, more: int, django_assert_num_queries: Any
) -> None:
    for number in range(more):
        OfferedDate.objects.create(visit=open_visit, on=DAYS[number], at=NOW)
    world.sign_in(client, world.cora)

    with django_assert_num_queries(8):
        client.get(at("dates", open_visit.pk))


@pytest.mark.parametrize(("ahead", "shown"), [(20, False), (5, True)])
def test_the_link_is_shown_to_those_who_take_part_from_some_days_before(
    world: World, client: Client, ahead: int, shown: bool
) -> None:
    on = timezone.localdate() + timedelta(days=ahead)
    Visit.objects.filter(pk=world.visit.pk).update(on=on, form="virtual", link="https://meet.example/lark")

    for person, sees in ((world.rafi, shown), (world.mina, shown), (world.lena, True), (world.cora, True)):
        text = world.sign_in(client, person).get(at("visit", world.visit.pk)).content.decode()
        assert ("https://meet.example/lark" in text) is sees


def test_only_safe_links_are_kept(world: World) -> None:
    with pytest.raises(NotAllowed, match="https"):
        actions.change_practical(
            visit=world.visit, form="virtual", place="", link="http://meet.example", practical="", by=world.lena, at=NOW
        )  # fmt: skip


def test_the_revision_grows_with_what_a_calendar_shows_and_with_nothing_else(world: World) -> None:
    visit = world.visit
    words: dict[str, Any] = {"form": "on_site", "place": "", "link": "", "by": world.lena, "at": NOW}

    actions.change_practical(visit=visit, practical="Bring shoes.", **words)
    unchanged = visit.revision
    actions.change_practical(visit=visit, practical="Bring shoes.", **words | {"place": "The front door"})
    actions.cancel(visit=visit, reason="The house closes.", by=world.cora, at=NOW)

    assert (unchanged, visit.revision) == (0, 2)
