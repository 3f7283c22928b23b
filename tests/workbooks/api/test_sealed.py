"""Sealed outboxes: anybody who takes part brings one back, only its author adds it, and nobody reads it before."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from communitas.kit.addresses import path_of
from communitas.people.models import Account
from communitas.workbooks import actions
from communitas.workbooks.models import Event, Quarantined, SealedOutbox, ServerKey, Workbook
from communitas.workbooks.queries.installation import private_half
from tests.cast import NOW, World
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


def test_a_copy_is_opened_after_the_secret_was_renewed_while_the_old_one_is_kept(world: World, ward: Tablet) -> None:
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
