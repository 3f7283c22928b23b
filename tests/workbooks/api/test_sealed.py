"""Sealed outboxes: anybody who takes part brings one back, only its author adds it, and nobody reads it before."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from communitas.kit.addresses import path_of
from communitas.members.models import Access, RoleGrant
from communitas.people import actions as people
from communitas.people.models import Account
from communitas.workbooks import actions
from communitas.workbooks.actions import installation
from communitas.workbooks.models import Event, Quarantined, SealedOutbox, ServerKey, Workbook
from communitas.workbooks.queries.installation import private_half
from tests.cast import NOW, World
from tests.factories.networks import LONG_AGO
from tests.workbooks.devices import Tablet, tablet
from tests.workbooks.sealing import sealed

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward(world: World, workbook: Workbook) -> Tablet:
    """Stefan's tablet, which could not go online."""
    return tablet(world, world.stefan, workbook)


def the_key() -> dict[str, str]:
    key = actions.server_key(at=NOW)
    return {"id": key.key_id, "spki": key.spki}


def bring(world: World, who: Account, content: bytes) -> Any:
    file = SimpleUploadedFile("copy.wbk", content)
    return world.sign_in(Client(), who).post(path_of("hearth", "workbooks:sync_sealed"), {"file": file})


def settle(world: World, who: Account, outbox: SealedOutbox, mine: str = "yes") -> Any:
    path = path_of("hearth", "workbooks:settle_outbox", outbox.pk)
    return world.sign_in(Client(), who).post(path, {"mine": mine}, follow=True)


def test_answers_that_mina_brought_back_are_added_once_stefan_agrees(world: World, ward: Tablet) -> None:
    events = [ward.event("c1-1"), ward.event("c1-2"), ward.event("nowhere")]
    content = sealed(the_key(), events, workbook=str(ward.workbook.pk), account=str(world.stefan.pk))

    brought, again = bring(world, world.mina, content), bring(world, world.mina, content)
    outbox = SealedOutbox.objects.get()
    before = Event.objects.count()
    page = settle(world, world.stefan, outbox)

    assert (brought.json()["status"], again.json()) == ("kept", brought.json())
    assert (before, outbox.brought_by) == (0, world.mina)
    assert {event.author for event in Event.objects.all()} == {world.stefan}
    assert (Event.objects.count(), Quarantined.objects.count()) == (2, 1)
    assert "2 answers were added. 1 needs a decision first." in page.content.decode()
    assert [one["status"] for one in ward.results(*events)] == ["duplicate", "duplicate", "quarantined"]


def test_only_the_author_adds_them_and_only_once(world: World, ward: Tablet) -> None:
    content = sealed(the_key(), [ward.event()], workbook=str(ward.workbook.pk), account=str(world.stefan.pk))
    bring(world, world.cora, content)
    outbox = SealedOutbox.objects.get()

    assert settle(world, world.cora, outbox).status_code == 404
    assert "were not added" in settle(world, world.stefan, outbox, "no").content.decode()
    assert "decided about these answers already" in settle(world, world.stefan, outbox).content.decode()
    assert Event.objects.count() == 0


def test_my_devices_asks_the_author_and_nobody_else(world: World, ward: Tablet) -> None:
    content = sealed(the_key(), [ward.event()] * 14, workbook=str(ward.workbook.pk), account=str(world.stefan.pk))
    bring(world, world.mina, content)
    path = path_of("hearth", "workbooks:my_devices")

    pages = [world.sign_in(Client(), who).get(path).content.decode() for who in (world.stefan, world.mina)]

    asked = "14 answers were brought back from your device: add them?"
    assert [asked in page for page in pages] == [True, False]


@pytest.mark.parametrize("who", ["otto", "kit", "tess"])
def test_who_takes_no_part_learns_nothing(world: World, ward: Tablet, who: str) -> None:
    key = the_key()
    real = sealed(key, [ward.event()], workbook=str(ward.workbook.pk), account=str(world.stefan.pk))
    unknown = sealed(key, [ward.event()], workbook="987654", account=str(world.stefan.pk))

    responses = [bring(world, getattr(world, who), content) for content in (real, unknown)]

    assert [one.status_code for one in responses] == [404, 404]
    assert responses[0].content == responses[1].content


def test_an_author_who_never_took_part_in_the_network_is_unknown(world: World, ward: Tablet) -> None:
    content = sealed(the_key(), [ward.event()], workbook=str(ward.workbook.pk), account=str(world.tess.pk))

    assert bring(world, world.mina, content).status_code == 404


@pytest.mark.parametrize(
    "changes",
    [
        {"data": "AAAA"}, {"iv": "AAAAAAAAAAAAAAAA"}, {"sealed_key": "AAAA"}, {"key_id": "f" * 64}, {"iv": ""},
    ],
)  # fmt: skip
def test_a_damaged_copy_is_told_and_stays(world: World, ward: Tablet, changes: dict[str, str]) -> None:
    named = {"workbook": str(ward.workbook.pk), "account": str(world.stefan.pk)}
    bring(world, world.mina, sealed(the_key(), [ward.event()], **named, **changes))
    outbox = SealedOutbox.objects.get()

    page = settle(world, world.stefan, outbox)

    outbox.refresh_from_db()
    assert "cannot be opened" in page.content.decode()
    assert outbox.state == "waiting"


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"wbk":2}', b'{"wbk":1,"count":-1}', b"\x00\x01"])
def test_what_is_no_copy_is_refused(world: World, ward: Tablet, content: bytes) -> None:
    response = bring(world, world.mina, content)

    assert (response.status_code, response.json()["error"]) == (400, "malformed")


def test_the_page_brings_a_copy_back_too(world: World, ward: Tablet) -> None:
    content = sealed(the_key(), [ward.event()], workbook=str(ward.workbook.pk), account=str(world.stefan.pk))
    client, path = world.sign_in(Client(), world.lena), path_of("hearth", "workbooks:bring_back")

    done = client.post(path, {"file": SimpleUploadedFile("copy.wbk", content)}, follow=True)
    wrong = client.post(path, {"file": SimpleUploadedFile("copy.wbk", b"{}")})

    assert "Its author is asked at the next sign-in" in done.content.decode()
    assert (wrong.status_code, "can open" in wrong.content.decode()) == (422, True)


def test_a_copy_is_opened_after_the_secret_was_renewed_while_the_old_one_is_kept(
    world: World, ward: Tablet, short_keys: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installation, "BITS", short_keys)
    content = sealed(the_key(), [ward.event()], workbook=str(ward.workbook.pk), account=str(world.stefan.pk))
    bring(world, world.mina, content)
    actions.renew_server_key(at=NOW)
    key = ServerKey.objects.order_by("pk").first()
    assert key is not None

    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=["for tests only"]):
        assert private_half(key).key_size == 3072
    with override_settings(SECRET_KEY="another"), pytest.raises(ValueError, match="cannot be opened"):
        private_half(key)
    assert "1 answer was added" in settle(world, world.stefan, SealedOutbox.objects.get()).content.decode()
    assert json.loads(content)["key_id"] == key.key_id


@pytest.fixture
def removed(world: World, ward: Tablet) -> World:
    """Stefan has no role and no access any more; he still signs in."""
    RoleGrant.objects.filter(account=world.stefan).update(until_at=LONG_AGO)
    Access.objects.filter(account=world.stefan).update(until_at=LONG_AGO)
    return world


def test_who_was_removed_hands_over_their_own_once_and_it_waits_for_a_decision(removed: World, ward: Tablet) -> None:
    named = {"workbook": str(ward.workbook.pk), "account": str(removed.stefan.pk)}
    events = [ward.event("c1-1"), ward.event("c1-2")]
    content, sealed_again = sealed(the_key(), events, **named), sealed(the_key(), events, **named)

    first, same, other = [bring(removed, removed.stefan, each) for each in (content, content, sealed_again)]

    assert first.json()["status"] == "quarantined"
    assert (same.json(), other.status_code) == (first.json(), 200)
    assert Event.objects.count() == 0
    rows = Quarantined.objects.all()
    assert {(row.workbook_id, row.author_id, row.reason) for row in rows} == {
        (ward.workbook.pk, removed.stefan.pk, "no_workbook")
    }
    assert rows.count() == 2
    assert not SealedOutbox.objects.filter(state="waiting").exists()
    assert ward.client.get(path_of("hearth", "workbooks:sync_book", ward.workbook.pk)).status_code == 404


def test_the_page_takes_it_too(removed: World, ward: Tablet) -> None:
    named = {"workbook": str(ward.workbook.pk), "account": str(removed.stefan.pk)}
    content = sealed(the_key(), [ward.event()], **named)
    file = {"file": SimpleUploadedFile("copy.wbk", content)}

    done = ward.client.post(path_of("hearth", "workbooks:bring_back"), file, follow=True)

    assert "The lead or the office decides about it" in done.content.decode()
    assert Quarantined.objects.get().author == removed.stefan


def test_who_lost_only_the_access_but_wrote_in_it_hands_over_too(world: World, workbook: Workbook) -> None:
    peer = tablet(world, world.rafi, world.peer_workbook)
    content = sealed(the_key(), [peer.event()], workbook=str(peer.workbook.pk), account=str(world.rafi.pk))
    Access.objects.filter(account=world.rafi, relation=Access.Relation.TEAM).update(until_at=LONG_AGO)

    assert bring(world, world.rafi, content).json()["status"] == "quarantined"
    assert Quarantined.objects.get().author == world.rafi


def test_who_was_removed_brings_nothing_of_others_and_nothing_that_does_not_open(removed: World, ward: Tablet) -> None:
    named = {"workbook": str(ward.workbook.pk), "account": str(removed.stefan.pk)}
    of_mina = sealed(the_key(), [ward.event()], **(named | {"account": str(removed.mina.pk)}))
    damaged = sealed(the_key(), [ward.event()], **named, data="AAAA")
    of_the_team = sealed(the_key(), [ward.event()], **(named | {"workbook": str(removed.peer_workbook.pk)}))

    codes = [bring(removed, removed.stefan, each).status_code for each in (of_mina, damaged, of_the_team)]

    assert codes == [404, 403, 404]
    assert (SealedOutbox.objects.count(), Quarantined.objects.count()) == (0, 0)


def test_a_closed_account_brings_nothing_itself_but_a_colleague_does(world: World, ward: Tablet) -> None:
    content = sealed(the_key(), [ward.event()], workbook=str(ward.workbook.pk), account=str(world.stefan.pk))
    people.suspend(account=world.stefan, by=world.cora, at=NOW)

    alone = ward.client.post(path_of("hearth", "workbooks:sync_sealed"), {"file": SimpleUploadedFile("a.wbk", content)})
    brought = bring(world, world.mina, content)

    assert (alone.status_code, brought.json()["status"]) == (401, "kept")


def test_the_copy_of_a_closed_account_is_handed_in_by_whoever_leads_and_waits(world: World, ward: Tablet) -> None:
    content = sealed(the_key(), [ward.event()], workbook=str(ward.workbook.pk), account=str(world.stefan.pk))
    bring(world, world.mina, content)
    path = path_of("hearth", "workbooks:hand_in_outbox", SealedOutbox.objects.get().pk)
    lena, mina = world.sign_in(Client(), world.lena), world.sign_in(Client(), world.mina)

    early = lena.post(path, follow=True).content.decode()
    people.suspend(account=world.stefan, by=world.cora, at=NOW)
    listed = lena.get(path_of("hearth", "workbooks:unsent")).content.decode()
    stranger = mina.post(path)
    done = lena.post(path, follow=True).content.decode()
    again = lena.post(path, follow=True).content.decode()

    assert "only once the author" in early
    assert "1 answer of Stefan was brought back" in listed
    assert stranger.status_code == 404
    assert "until somebody decides about it" in done
    assert "Somebody has decided about these answers already" in again
    row = Quarantined.objects.get()
    assert (row.author, row.workbook, row.reason) == (world.stefan, ward.workbook, "no_workbook")
    assert Event.objects.count() == 0
    assert "was brought back" not in lena.get(path_of("hearth", "workbooks:unsent")).content.decode()
