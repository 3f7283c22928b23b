"""GET book and events: what a device takes along, and only what its reader may read."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communitas.kit.addresses import path_of
from communitas.workbooks import actions, queries
from communitas.workbooks.models import Event, Review, Workbook
from communitas.workbooks.queries import offline
from communitas.workbooks.rules import registers
from tests.cast import NOW, World
from tests.workbooks.devices import Tablet, tablet

pytestmark = pytest.mark.django_db


@pytest.fixture
def scoring(peer: Workbook) -> Workbook:
    """The peer-review of Lark House while its reviewers score alone."""
    Review.objects.filter(pk=peer.review_id).update(state="scoring")
    return queries.peer_reviews().get(pk=peer.pk)


def scored(device: Tablet, account: Any, key: str = "c1-1", value: int = 2) -> dict[str, Any]:
    return device.event(key, value, register=str(registers.reviewer(str(account.pk))))


def book(device: Tablet, **headers: str) -> Any:
    path = path_of("hearth", "workbooks:sync_book", device.workbook.pk)
    return device.client.get(path, headers=headers)


def test_the_book_holds_all_that_applies_and_what_this_person_may_do(world: World, workbook: Workbook) -> None:
    ward = tablet(world, world.stefan, workbook)

    said = book(ward).json()

    keys = [criterion["key"] for section in said["sections"] for criterion in section["criteria"]]
    assert keys == list(queries.book_of(workbook.review.enrolment).criteria)
    assert said["registers"] == {"score": "self", "comments": "comment:self", "agreed": False}
    assert (said["me"]["role"], said["me"]["may"]) == ("staff", ["answer"])
    assert said["review"]["kind"] == "self"
    assert [mark["value"] for mark in said["scale"]] == [2, 1, 0]


def test_the_book_is_sent_once(world: World, workbook: Workbook) -> None:
    ward = tablet(world, world.stefan, workbook)
    first = book(ward)

    again = book(ward, **{"If-None-Match": first["ETag"]})

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert first.json()["etag"] in first["ETag"]


@pytest.mark.parametrize("who", ["otto", "rafi", "tess", "theo"])
def test_who_may_not_open_a_workbook_finds_nothing(world: World, workbook: Workbook, who: str) -> None:
    stranger = tablet(world, getattr(world, who), workbook)
    events = path_of("hearth", "workbooks:sync_events", workbook.pk)
    missing = path_of("hearth", "workbooks:sync_events", 987654)

    responses = [book(stranger), stranger.client.get(events), stranger.client.get(missing)]

    assert [one.status_code for one in responses] == [404] * 3
    assert len({one.content for one in responses}) == 1


def test_events_come_in_pages_with_names(world: World, workbook: Workbook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offline, "PAGE", 2)
    ward, mine = tablet(world, world.stefan, workbook), tablet(world, world.mina, workbook)
    ward.results(*(ward.event(f"c1-{number}") for number in (1, 2)))
    mine.results(mine.event("c1-3"))

    first = ward.pull()
    second = ward.pull(first["last_seq"], epoch=first["epoch"], view=first["view"])

    assert [(page["last_seq"], page["more"], len(page["events"])) for page in (first, second)] == [
        (2, True, 2),
        (3, False, 1),
    ]
    assert second["names"] == {str(world.mina.pk): "Mina"}
    assert second["events"][0]["author"] == str(world.mina.pk)


def test_another_epoch_starts_from_the_beginning(world: World, workbook: Workbook) -> None:
    ward = tablet(world, world.stefan, workbook)
    ward.results(ward.event())
    epoch = ward.pull()["epoch"]

    counts = [len(ward.pull(1, epoch=asked)["events"]) for asked in (epoch, "", "other")]

    assert counts == [0, 1, 1]


def test_other_reviewers_scores_arrive_when_they_have_finished(world: World, scoring: Workbook) -> None:
    rafi, nadia = tablet(world, world.rafi, scoring), tablet(world, world.nadia, scoring)
    rafi.results(scored(rafi, world.rafi))
    before = nadia.pull()
    nadia.results(scored(nadia, world.nadia))

    rafi.results(
        rafi.event(None, register=str(registers.reviewer(str(world.rafi.pk))), kind="complete", value={}),
    )
    after = nadia.pull(nadia.pull()["last_seq"], epoch=before["epoch"], view=before["view"])

    assert before["events"] == []
    assert after["view"] != before["view"]
    assert {event["author"] for event in after["events"]} == {str(world.rafi.pk), str(world.nadia.pk)}


def test_private_notes_are_only_their_authors(world: World, scoring: Workbook) -> None:
    rafi, ludo = tablet(world, world.rafi, scoring), tablet(world, world.ludo, scoring)

    [result] = rafi.results(rafi.event(register="private_note", kind="comment", value={"text": "Tired today."}))

    assert (result["status"], result["sentence"]) == ("stored", "")
    assert [event["value"] for event in rafi.pull()["events"]] == [{"text": "Tired today."}]
    assert ludo.pull()["events"] == []


def test_reading_takes_the_same_queries_for_1_and_for_30(world: World, workbook: Workbook) -> None:
    ward = tablet(world, world.stefan, workbook)
    ward.results(ward.event())
    ward.pull()
    counts = []
    for number in (0, 30):
        ward.results(*(ward.event("c1-2", made_at=f"{one}") for one in range(number)))
        with CaptureQueriesContext(connection) as asked:
            ward.pull()
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_a_heartbeat_tells_the_office_and_hears_whether_to_stop(world: World, workbook: Workbook) -> None:
    ward = tablet(world, world.stefan, workbook)
    said = {"device": ward.device, "unsent": 3, "since": NOW.isoformat(), "name": "iPad of the ward"}

    first = ward.post("heartbeat", said).json()
    device = world.stefan.devices.get()
    actions.stop_device(device=device, by=world.stefan, at=NOW)
    [strange] = ward.results(ward.event())
    second = ward.post("heartbeat", said)
    third = ward.post("heartbeat", said)

    assert (first["stop"], device.name, device.unsent.get().count) == (False, "iPad of the ward", 3)
    assert (strange["status"], strange["reason"]) == ("quarantined", "stopped_device")
    assert (second.json()["stop"], third.status_code) == (True, 401)
    assert Event.objects.count() == 0


def test_somebody_who_left_is_told_to_stop_like_somebody_who_never_was_there(world: World, workbook: Workbook) -> None:
    stranger = tablet(world, world.otto, workbook)

    replies = [stranger.post("heartbeat", {"device": "d"}, named=named).json() for named in (workbook.pk, 987654)]

    assert replies[0] == replies[1]
    assert (replies[0]["stop"], replies[0]["last_seq"]) == (True, 0)
