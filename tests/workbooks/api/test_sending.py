"""POST events: what is stored, known, kept in quarantine, and what is refused; the author is who signed in."""

import hashlib
from typing import Any
from uuid import UUID

import pytest
import rfc8785
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communitas.kit.addresses import path_of
from communitas.members.models import Access
from communitas.workbooks.models import Device, Event, Quarantined, QuarantinedWords, Unsent, Workbook
from tests.cast import World
from tests.workbooks.devices import Tablet, tablet
from tests.workbooks.invariants import broken

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward(world: World, workbook: Workbook) -> Tablet:
    """Stefan's tablet."""
    return tablet(world, world.stefan, workbook)


def test_an_answer_is_stored_under_the_name_of_who_signed_in(world: World, ward: Tablet) -> None:
    event = ward.event() | {"author": str(world.lena.pk)}

    [result] = ward.results(event)

    row = Event.objects.get()
    assert (result["status"], result["event_id"], result["server_seq"]) == ("stored", event["event_id"], 1)
    assert (row.author, row.origin, row.hash) == (world.stefan, "offline", result["hash"])
    del event["author"]
    said = bytes.fromhex(result["salt"]) + rfc8785.dumps(event)
    assert hashlib.sha256(said).hexdigest() == result["hash"]


def test_a_batch_again_is_a_duplicate_with_the_same_hashes(ward: Tablet) -> None:
    events = [ward.event(f"c1-{number}") for number in (1, 2, 3)]
    first = ward.results(*events)

    again = ward.results(*reversed(events))

    assert [one["status"] for one in again] == ["duplicate"] * 3
    assert [one["hash"] for one in again] == [one["hash"] for one in reversed(first)]
    assert [one["salt"] for one in again] == [one["salt"] for one in reversed(first)]
    assert Event.objects.count() == 3


def test_back_dated_and_future_clocks_are_only_displayed(ward: Tablet) -> None:
    clocks = ["2017-01-01T00:00:00Z", "2037-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00",
              "not a clock"]  # fmt: skip

    results = ward.results(*(ward.event(f"c1-{number}", made_at=clock) for number, clock in enumerate(clocks[:3], 1)))
    results += ward.results(*(ward.event("c2-1", made_at=clock) for clock in clocks[3:]))

    assert [one["status"] for one in results] == ["stored"] * 5
    assert [event["made_at"] for event in ward.pull()["events"]] == clocks
    assert [one["status"] for one in ward.results(ward.event("c2-2", supersedes=[results[0]["event_id"]]))] == [
        "quarantined"
    ]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"edition_hash": "f" * 64}, "other_edition"),
        ({"criterion_key": "c9-9"}, "unknown_criterion"),
        ({"value": {"score": 7}}, "off_the_scale"),
        ({"workbook": "999999"}, "other_workbook"),
        ({"register": "reviewer:1"}, "register_is_of_this_review"),
        ({"register": "x" * 500}, "unknown_register"),
        ({"register": "comment:reviewer:" + "9" * 500, "origin": "paper"}, "too_long_a_name"),
        ({"device_id": "d" * 200}, "too_long_a_name"),
        ({"kind": "delete"}, "unknown_kind"),
        ({"register": "comment:self", "kind": "comment", "value": {"text": "x" * 20_001}}, "too_long"),
        ({"event_id": "1"}, "event_id"),
        ({"device_seq": -1}, "unreadable"),
        ({"value": {"score": 2**60}}, "unreadable"),
        ({"value": {"score": 1, "reason": "\0"}}, "unreadable"),
        ({"value": {"score": 1, "reason": "\ud800"}}, "unreadable"),
    ],
)
def test_what_is_out_of_place_waits_with_its_reason_and_the_rest_is_stored(
    ward: Tablet, changes: dict[str, Any], reason: str
) -> None:
    stray = ward.event() | changes

    wrong, right = ward.results(stray, ward.event("c1-2"))

    assert (wrong["status"], wrong["reason"], right["status"]) == ("quarantined", reason, "stored")
    assert wrong["sentence"].endswith(".")
    assert len(wrong["hash"]) == 64
    assert wrong["server_seq"] is None
    assert Quarantined.objects.get().words.raw != ""


@pytest.mark.parametrize("item", [7, "text", None, [], {}, {"event_id": 5}, {"event_id": "x", "value": []}])
def test_whatever_is_one_item_of_a_readable_batch_is_kept(ward: Tablet, item: Any) -> None:
    first, again = ward.results(item), ward.results(item)

    assert first == again
    assert first[0]["reason"] == "unreadable"
    assert QuarantinedWords.objects.count() == 1


def test_another_answer_under_a_known_id_waits_as_a_clash_and_both_are_kept(ward: Tablet) -> None:
    event = ward.event()
    ward.results(event)

    [clash] = ward.results(event | {"value": {"score": 0}})
    [again] = ward.results(event | {"value": {"score": 0}})

    assert (clash["status"], clash["reason"]) == ("quarantined", "id_clash")
    assert again == clash
    assert (Event.objects.count(), Quarantined.objects.count()) == (1, 1)


def test_the_same_stray_twice_in_one_batch_is_kept_once_with_its_own_hash(ward: Tablet) -> None:
    stray = ward.event("none")

    first, again = ward.results(stray, stray)

    assert first == again
    assert broken() == []


def test_a_late_answer_waits_although_the_review_opens_again(ward: Tablet, workbook: Workbook) -> None:
    late = ward.event()
    workbook.review.state = "sent"
    workbook.review.save()
    [first] = ward.results(late)
    workbook.review.state = "reopened"
    workbook.review.save()

    [again] = ward.results(late)

    assert (first["status"], first["reason"]) == ("quarantined", "late")
    assert again == first


def test_an_unknown_and_an_unreadable_workbook_answer_alike(world: World) -> None:
    stranger = tablet(world, world.otto, world.workbook)
    events = [stranger.event(), {"event_id": "what"}]

    bodies = []
    for named in (world.workbook.pk, 987654321, "nonsense", world.twin.workbook.pk, "9" * 30):
        body = stranger.send(*events, named=named).json()
        for result in body["results"]:
            assert len(result.pop("hash")) == 64
            assert len(result.pop("salt")) == 32
        bodies.append(body)

    assert all(body == bodies[0] for body in bodies)
    assert {result["reason"] for result in bodies[0]["results"]} == {"no_workbook"}
    assert Quarantined.objects.filter(workbook=None).count() == 8
    assert Quarantined.objects.filter(workbook=world.workbook).count() == 2


def test_what_somebody_sent_before_they_left_the_team_is_still_known(world: World, ward: Tablet) -> None:
    before, after = ward.event(), ward.event("c1-2")
    [stored] = ward.results(before)
    Access.objects.filter(account=world.stefan).delete()

    told = ward.results(before, after)

    assert [one["status"] for one in told] == ["duplicate", "quarantined"]
    assert told[0]["hash"] == stored["hash"]
    assert told[1]["reason"] == "no_workbook"


def test_an_answer_that_replaces_one_of_another_place_waits(ward: Tablet) -> None:
    first = ward.event("c1-1")
    ward.results(first)

    forged = ward.event("c1-2", event_id=first["event_id"])
    results = ward.results(forged, ward.event("c1-2", supersedes=[first["event_id"]]))

    assert [one["reason"] for one in results] == ["id_clash", "supersedes_elsewhere"]


def test_one_number_of_a_device_used_twice_is_stored_and_flagged(world: World, ward: Tablet) -> None:
    ward.results(ward.event("c1-1"), ward.event("c1-2"))

    [twin] = ward.results(ward.event("c1-3", device_seq=2))

    assert (twin["status"], twin["flag"]) == ("stored", "cloned_device")
    assert Device.objects.get(account=world.stefan).cloned_at is not None


def test_numbers_used_once_raise_no_flag(ward: Tablet) -> None:
    results = ward.results(*(ward.event(f"c1-{number}") for number in (1, 2, 3)))

    assert [one.get("flag") for one in results] == [None] * 3
    assert Device.objects.get().cloned_at is None


def test_a_batch_tells_how_many_still_wait(ward: Tablet) -> None:
    ward.send(ward.event(), unsent=14)

    assert Unsent.objects.get().count == 14


def test_queries_do_not_grow_with_the_batch(ward: Tablet) -> None:
    ward.results(ward.event())
    counts = []
    for size in (1, 3):
        events = [ward.event(f"c1-{number % 3 + 1}", made_at=f"{size} {number}") for number in range(size * 10)]
        strays = [ward.event("none", made_at=f"{size} {number}") for number in range(size)]
        with CaptureQueriesContext(connection) as asked:
            ward.results(*events, *strays)
        counts.append(len([one for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]))

    assert counts[0] == counts[1]


def test_ids_are_compared_as_they_are_stored(ward: Tablet) -> None:
    event = ward.event(event_id=str(UUID(int=0xABCDEF, version=4)))

    results = ward.results(event, event | {"event_id": event["event_id"].upper()})

    assert [one["status"] for one in results] == ["stored", "quarantined"]


def test_other_networks_workbooks_are_unknown_here(world: World) -> None:
    theirs = tablet(world, world.theo, world.twin.workbook, slug="hearth")

    [result] = theirs.results(theirs.event())

    assert (result["status"], result["reason"]) == ("quarantined", "no_workbook")
    assert Event.objects.count() == 0


def test_anonymous_people_are_told_in_json(world: World, client: Client) -> None:
    paths = [path_of("hearth", "workbooks:sync_token"), path_of("hearth", "workbooks:sync_events", 1)]

    responses = [client.get(path) for path in paths] + [client.post(paths[1])]

    assert [(one.status_code, one.json()["error"]) for one in responses] == [(401, "signed_out")] * 3
