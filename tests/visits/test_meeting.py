import io
import zipfile
from typing import Any

import pytest
from django.test import Client

from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.members.models import Access, Community
from communitas.visits import actions
from communitas.visits.models import TeamNeeds, TeamPlace, Visit
from communitas.workbooks.models import Review
from tests import factories
from tests.cast import NOW, World
from tests.factories.networks import LONG_AGO

SAID = {
    "client_members": 12,
    "staff": 4,
    "others": None,
    "names": "Jo",
    "access_needs": "",
    "diet": "",
    "clearance": "",
}


def at(name: str, *args: object) -> str:
    return path_of("hearth", f"visits:{name}", *args)


def test_the_host_says_who_meets_the_team(world: World, client: Client) -> None:
    data = {"client_members": "12", "staff": "4", "names": "Jo", "diet": "We cook without meat."}
    world.sign_in(client, world.lena).post(at("participants", world.visit.pk), data)

    text = world.sign_in(client, world.rafi).get(at("visit", world.visit.pk)).content.decode()

    assert "12 client members, 4 staff" in text
    assert "We cook without meat." in text


def test_a_hidden_community_gives_numbers_and_no_names(world: World, client: Client) -> None:
    actions.change_participants(visit=world.visit, by=world.lena, at=NOW, **SAID)
    Community.objects.filter(pk=world.lark.pk).update(hidden_address=True)
    visit = Visit.objects.select_related("enrolment__community", "enrolment__cycle__network__tenant").get(
        pk=world.visit.pk
    )

    with pytest.raises(NotAllowed, match="numbers and no names"):
        actions.change_participants(visit=visit, by=world.lena, at=NOW, **SAID)
    page = world.sign_in(client, world.lena).get(at("participants", visit.pk)).content.decode()
    shown = world.sign_in(client, world.rafi).get(at("pack", visit.pk)).content.decode()

    assert 'name="names"' not in page
    assert "Jo<" not in shown


def test_names_that_were_taken_back_stay_in_no_history(world: World) -> None:
    actions.change_participants(visit=world.visit, by=world.lena, at=NOW, **SAID)
    actions.change_participants(visit=world.visit, by=world.lena, at=NOW, **SAID | {"names": "", "staff": 5})

    assert world.visit.moves.all()[0].detail == {"before": {"staff": 4}}


def test_needs_are_read_by_those_who_arrange_the_day_alone(world: World, client: Client) -> None:
    place = TeamPlace.objects.get(visit=world.visit, account=world.rafi)
    world.sign_in(client, world.rafi).post(at("needs", place.pk), {"diet": "No nuts at all"})

    def reads(name: str) -> bool:
        page = world.sign_in(client, getattr(world, name)).get(at("visit", world.visit.pk))
        return "No nuts at all" in page.content.decode()

    seen = {name: reads(name) for name in ("lena", "ludo", "cora", "mina", "stefan", "nadia")}
    assert seen == {"lena": True, "ludo": True, "cora": True, "mina": False, "stefan": False, "nadia": False}
    with pytest.raises(NotAllowed, match="for themselves"):
        actions.change_needs(place=place, access_needs="", diet="", clearance="", by=world.lena, at=NOW)
    assert TeamNeeds.objects.count() == 1


def test_the_pack_holds_the_self_review_once_it_was_sent(world: World, client: Client) -> None:
    world.sign_in(client, world.rafi)
    before = client.get(at("pack", world.visit.pk)).content.decode()
    Review.objects.filter(pk=world.workbook.review_id).update(state="sent")

    after = client.get(at("pack", world.visit.pk)).content.decode()

    assert "has not sent its self-review yet" in before
    assert "Read the self-review" in after
    assert "Lena" in after


def test_the_pack_is_taken_along_as_pdf_and_as_zip(world: World, client: Client) -> None:
    Review.objects.filter(pk=world.workbook.review_id).update(state="sent")
    world.sign_in(client, world.ludo)

    pdf, archive = (client.get(at(f"pack_{kind}", world.visit.pk)) for kind in ("pdf", "zip"))

    assert pdf.content.startswith(b"%PDF")
    names = zipfile.ZipFile(io.BytesIO(archive.content)).namelist()
    assert names == ["reviewers-pack.pdf", "timetable.pdf", "self-review.csv"]


def test_the_pack_is_the_teams_until_its_access_ends(world: World, client: Client) -> None:
    address = at("pack", world.visit.pk)
    before = world.sign_in(client, world.rafi).get(address).status_code
    Access.objects.filter(account=world.rafi, relation="team").update(until_at=LONG_AGO)

    assert (before, client.get(address).status_code) == (200, 404)
    assert world.sign_in(client, world.lena).get(address).status_code == 403


@pytest.mark.parametrize("more", [1, 3])
def test_the_pack_takes_the_same_queries(
    world: World, client: Client, more: int, django_assert_num_queries: Any
) -> None:
    for number in range(more):
        factories.on_team(world.visit, factories.make_account(f"extra{number}", "Extra"), "staff")
    world.sign_in(client, world.rafi)

    with django_assert_num_queries(19):
        client.get(at("pack", world.visit.pk))
