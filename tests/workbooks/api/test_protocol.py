"""The frame of the protocol: who is signed in, versions, limits, tokens, and a database that is away."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client

from communitas.kit import limits
from communitas.kit.addresses import path_of
from communitas.workbooks import actions
from communitas.workbooks.models import Epoch, Event, Quarantined, Workbook
from tests.cast import NOW, World
from tests.workbooks.devices import Tablet, tablet

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward(world: World, workbook: Workbook) -> Tablet:
    """Stefan's tablet."""
    cache.clear()
    return tablet(world, world.stefan, workbook)


@pytest.mark.parametrize(("version", "status"), [("1", 200), ("0", 426), ("2", 426), ("x", 426), ("9" * 40, 426)])
def test_versions_that_nobody_speaks_any_more_are_told_so(ward: Tablet, version: str, status: int) -> None:
    response = ward.post("events", {"device": "d", "events": []}, **{"X-Protocol": version})

    assert (response.status_code, response.json()["protocol"]) == (status, 1)


def test_every_reply_is_kept_by_nobody_and_names_the_protocol(ward: Tablet) -> None:
    path = path_of("hearth", "workbooks:sync_book", 999)
    for response in (ward.send(), ward.client.get(path), ward.post("events", b"{"), ward.client.put(path)):
        assert (response["Cache-Control"], response["X-Protocol"]) == ("no-store", "1")


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"7", b"\xff", b'{"device":"d"}', b'{"events":[]}', b'{"device":5,"events":[]}',
        b'{"device":"d","events":{}}', b'{"device":"d","events":[NaN]}', b"[" * 100_000, b'{"device":"","events":[]}',
        b'{"device":"d","events":[' + b"[" * 70 + b"]" * 70 + b"]}", b'{"events":[],"device":"' + b"d" * 41 + b'"}',
    ],
)  # fmt: skip
def test_what_is_no_batch_is_refused_whole(ward: Tablet, body: bytes) -> None:
    response = ward.post("events", body)

    assert (response.status_code, response.json()["error"]) == (400, "malformed")
    assert Quarantined.objects.count() == 0


def test_more_than_is_taken_at_once_is_sent_in_halves(ward: Tablet) -> None:
    many = ward.send(*([7] * 201))
    huge = ward.send(ward.event(score="x" * 1024 * 1024))

    assert [one.status_code for one in (many, huge)] == [413, 413]
    assert ward.send(*([7] * 200)).status_code == 200
    assert Event.objects.count() == 0


def test_a_stale_token_is_told_apart_from_a_missing_right(world: World, workbook: Workbook) -> None:
    client = Client(enforce_csrf_checks=True)
    strict = Tablet(world.sign_in(client, world.stefan), workbook)

    stale = strict.send(strict.event())
    token = client.get(path_of("hearth", "workbooks:sync_token")).json()["csrf"]
    body = {"device": "d", "events": [strict.event()]}
    fresh = strict.post("events", body, **{"X-CSRFToken": token})

    assert (stale.status_code, stale.json()["error"]) == (403, "csrf")
    assert fresh.json()["results"][0]["status"] == "stored"


def test_the_121st_call_of_a_device_within_a_minute_waits(ward: Tablet) -> None:
    other = Tablet(ward.client, ward.workbook)
    for _ in range(120):
        ward.post("heartbeat", {"device": ward.device})

    slow = ward.post("heartbeat", {"device": ward.device})

    assert (slow.status_code, int(slow["Retry-After"]) > 0) == (429, True)
    assert ward.send(ward.event()).status_code == 429
    assert other.send(other.event()).status_code == 200


def test_reading_too_often_waits_for_one_person_and_for_nobody_else_at_that_address(
    world: World, ward: Tablet, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting = limits.is_within  # all of it within one minute of the clock
    monkeypatch.setattr(limits, "is_within", lambda **asked: counting(**asked | {"now": NOW}))
    settings.SYNC_READS_A_MINUTE = 3
    mina = tablet(world, world.mina, ward.workbook)
    read = [
        path_of("hearth", "workbooks:sync_token"),
        *(path_of("hearth", f"workbooks:sync_{what}", ward.workbook.pk) for what in ("book", "events", "book")),
    ]

    answers = [ward.client.get(path) for path in read]

    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert (answers[-1].json()["error"], int(answers[-1]["Retry-After"]) > 0) == ("too_often", True)
    assert [mina.client.get(path).status_code for path in read[:3]] == [200] * 3
    assert ward.results(ward.event())[0]["status"] == "stored"


def test_five_devices_of_one_person_may_read_as_often_as_they_may_send(settings: Any) -> None:
    sends, reads = int(settings.ACCOUNT_RATE_LIMITS["sync"].split("/")[0]), settings.SYNC_READS_A_MINUTE

    assert reads == 5 * sends


@pytest.mark.parametrize("words", ["database is locked", "database or disk is full", "attempt to write a readonly"])
def test_a_database_that_cannot_store_acknowledges_nothing(
    ward: Tablet, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(**_: Any) -> None:
        raise OperationalError(words)

    with monkeypatch.context() as broken:
        broken.setattr(actions, "receive", away)
        response = ward.send(ward.event())

    assert (response.status_code, "Retry-After" in response, "results" in response.json()) == (503, True, False)


def test_a_database_that_is_gone_before_anybody_is_known_acknowledges_nothing(
    ward: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: Any) -> None:
        raise OperationalError("could not connect to server")

    ward.client.raise_request_exception = False
    monkeypatch.setattr("communitas.members.middleware._find", gone)
    response = ward.send(ward.event())
    page = ward.client.get("/hearth/")

    assert (response.status_code, response["Retry-After"], response.json()["error"]) == (503, "5", "busy")
    assert (page.status_code, page["Retry-After"]) == (503, "5")


def test_somebody_who_has_not_given_the_second_step_is_asked_for_it_and_loses_nothing(
    world: World, peer: Workbook, settings: Any
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    world.ludo.second_factor_required = True
    world.ludo.save()
    ludo = tablet(world, world.ludo, peer)

    responses = [ludo.send(ludo.event()), ludo.post("heartbeat", {"device": "d"})]

    assert [(one.status_code, one.json()["error"]) for one in responses] == [(401, "signed_out")] * 2
    assert Quarantined.objects.count() == 0


def test_the_token_tells_who_is_signed_in_and_the_key(world: World, ward: Tablet) -> None:
    said = ward.client.get(path_of("hearth", "workbooks:sync_token")).json()

    assert (said["account"], said["name"], said["initials"]) == (str(world.stefan.pk), "Stefan", "S")
    assert len(said["key"]["id"]) == 64
    assert said == ward.client.get(path_of("hearth", "workbooks:sync_token")).json() | {
        "csrf": said["csrf"],
        "at": said["at"],
    }


def test_a_new_epoch_reaches_every_device(ward: Tablet) -> None:
    before = ward.pull()["epoch"]

    actions.renew_epoch(at=NOW)

    assert Epoch.objects.count() == 2
    assert ward.pull()["epoch"] != before
    assert ward.send(ward.event()).json()["epoch"] == ward.pull()["epoch"]
