"""The travel and cost sheet: entered by each person, settled by the office, without money for anybody else."""

from datetime import date, time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communitas.allocation import actions
from communitas.allocation.models import HomeBase, Journey
from communitas.allocation.rules.travelling import drive_pence, road_km
from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.members.models import Community
from communitas.visits.models import TeamPlace
from tests import factories
from tests.cast import NOW, World


def at(name: str, *args: object) -> str:
    return path_of("hearth", f"allocation:{name}", *args)


@pytest.fixture
def place(world: World) -> TeamPlace:
    """Rafi's place on the team for Lark House, a degree of latitude away."""
    Community.objects.filter(pk=world.lark.pk).update(latitude=53.0, longitude=-1.5)
    HomeBase.objects.create(network=world.network, account=world.rafi, latitude=54.0, longitude=-1.5, changed_at=NOW)
    return TeamPlace.objects.get(visit=world.visit, account=world.rafi)


def test_a_drive_is_estimated_there_and_back() -> None:
    assert road_km(111.195) == 289
    assert drive_pence(289, rate=45, unit="mile") == 8081
    assert drive_pence(289, rate=30, unit="km") == 8670


def test_everybody_enters_their_own_and_nothing_disappears(place: TeamPlace, world: World, client: Client) -> None:
    rafi = world.sign_in(client, world.rafi)
    address = at("journey", place.pk)

    rafi.post(address, {"mode": "car", "arrives": "09:15", "overnight": "on"})
    first = Journey.objects.values_list("mode", "km", "estimate", "overnight", "arrives").get()
    rafi.post(address, {"mode": "transit", "estimate": "41.50", "actual": "39.90"})
    page = rafi.get(address).content.decode()

    kept = rafi.get(path_of("hearth", "people:kept")).content.decode()

    assert "Journeys to visits" in kept
    assert "39.90" in kept
    assert first == ("car", 289, 8081, True, time(9, 15))
    assert Journey.objects.values_list("mode", "km", "estimate", "actual").get() == ("transit", None, 4150, 3990)
    assert "expected: 80.81 → 41.50" in page
    assert "how: car → train or bus" in page
    assert "By car it is about 289 km there and back, and would cost about 80.81 GBP at 0.45 GBP for each mile." in page


def test_the_team_and_the_host_see_arrivals_and_the_office_alone_money(
    place: TeamPlace, world: World, client: Client
) -> None:
    said: dict[str, Any] = {"mode": "lift", "lift_with": "Ludo", "arrives": time(9, 15), "actual": 1234}
    actions.enter_journey(place=place, by=world.rafi, at=NOW, **said)
    sheet, file = at("travel", world.visit.pk), at("travel", world.visit.pk) + "?format=csv"

    team = world.sign_in(client, world.ludo).get(sheet).content.decode()
    team += client.get(file).content.decode()
    host = world.sign_in(client, world.lena).get(sheet).content.decode()
    refused = client.get(at("journey", place.pk)).status_code
    office = world.sign_in(client, world.cora).get(file).content.decode()
    whole = client.get(at("cycle_travel", world.cycle.pk) + "?stands=open").content.decode()

    assert "a lift with somebody: Ludo" in team
    assert "09:15" in host
    assert "12.34" not in team + host
    assert refused == 404
    assert "Rafi,staff reviewer,a lift with somebody: Ludo,09:15,,,,12.34,," in office
    assert "12.34 GBP" in whole
    assert "Ludo</a>" not in whole


def test_what_was_agreed_is_changed_by_the_office_alone(place: TeamPlace, world: World, client: Client) -> None:
    with pytest.raises(NotAllowed, match="Nobody has said"):
        actions.settle_journey(place=place, agreed=1000, by=world.cora, at=NOW)
    actions.enter_journey(place=place, mode="other", actual=1000, by=world.rafi, at=NOW)
    cora = world.sign_in(client, world.cora)
    early = cora.post(at("settle_journey", place.pk), {"paid_on": "2027-04-20"})
    cora.post(at("settle_journey", place.pk), {"agreed": "10.00", "paid_on": "2027-04-20"})

    with pytest.raises(NotAllowed, match="only the office"):
        actions.enter_journey(place=place, mode="other", actual=2000, by=world.rafi, at=NOW)
    actions.enter_journey(place=place, mode="transit", actual=1000, by=world.rafi, at=NOW)

    assert (early.status_code, "agreed before it is paid" in early.content.decode()) == (422, True)
    assert Journey.objects.values_list("agreed", "paid_on", "mode").get() == (1000, date(2027, 4, 20), "transit")


@pytest.mark.parametrize("state", ["declined", "removed", "withdrew"])
def test_whoever_left_before_saying_anything_has_nothing_to_say(place: TeamPlace, world: World, state: str) -> None:
    place.state = state

    with pytest.raises(NotAllowed, match="not on this team"):
        actions.enter_journey(place=place, mode="car", by=world.rafi, at=NOW)


def test_the_sheet_is_read_in_as_many_queries_for_five_as_for_three(
    place: TeamPlace, world: World, client: Client
) -> None:
    world.sign_in(client, world.cora)

    def read(page: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(page)
        return len(asked)

    pages = at("travel", world.visit.pk), at("cycle_travel", world.cycle.pk)
    actions.enter_journey(place=place, mode="car", by=world.rafi, at=NOW)
    few = [read(page) for page in (*pages, *pages)][2:]
    for number in range(2):
        other = factories.on_team(world.visit, factories.make_account(f"more{number}", "More"), "staff")
        actions.enter_journey(place=other, mode="other", by=world.cora, at=NOW)

    assert [read(page) for page in pages] == few
