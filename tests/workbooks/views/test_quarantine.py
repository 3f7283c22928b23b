"""The pages of quarantine, devices and removals."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communitas.kit.addresses import path_of
from communitas.workbooks import actions, queries
from communitas.workbooks.models import Device, Event, Review, Workbook
from communitas.workbooks.queries.devices import gaps
from communitas.workbooks.queries.quarantine import quarantined
from communitas.workbooks.waiting import steps
from tests.cast import NOW, World
from tests.workbooks.devices import Tablet, tablet

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward(world: World, workbook: Workbook) -> Tablet:
    """Stefan's tablet."""
    return tablet(world, world.stefan, workbook)


@pytest.fixture
def lena(world: World) -> Client:
    """The community lead's browser."""
    return world.sign_in(Client(), world.lena)


def text(client: Client, name: str, *args: Any, **asked: str) -> str:
    return client.get(path_of("hearth", f"workbooks:{name}", *args), asked).content.decode()


def decide(client: Client, pk: int, **data: str) -> Any:
    return client.post(path_of("hearth", "workbooks:decide", pk), data, follow=True)


def test_what_came_stands_beside_what_is_there_now(world: World, ward: Tablet, lena: Client) -> None:
    ward.results(ward.event(score=1))
    ward.results(ward.event(score=0, edition_hash="e" * 64, made_at="2017-01-01T00:00:00Z"))
    row = quarantined().get()

    page = text(lena, "quarantined", row.pk)

    assert "another edition of the standards" in page
    assert page.index("What came") < page.index("Not met") < page.index("What is there now") < page.index("Partly met")
    assert "The device’s clock said 1 January 2017" in page


def test_each_line_names_its_criterion_and_the_words(world: World, ward: Tablet, lena: Client) -> None:
    ward.results(ward.event("c1-2", score=0, edition_hash="e" * 64, reason="We have not met since May."))

    listed, mine = text(lena, "quarantine"), text(ward.client, "my_devices")
    downloaded = text(lena, "quarantine", format="csv")

    said = [" ".join(page.replace("<br>", " ").split()) for page in (listed, mine, downloaded)]
    assert ["1.2" in page and "Not met. We have not met since May." in page for page in said] == [True, True, True]
    assert ["people agree on matter 1.2" in page for page in said] == [True, True, True]


def test_the_lead_places_keeps_declines_and_takes_it_back(world: World, ward: Tablet, lena: Client) -> None:
    ward.results(*(ward.event(f"c1-{number}", edition_hash="e" * 64) for number in (1, 2, 3)))
    first, second, third = (row.pk for row in quarantined().order_by("pk"))

    placed = decide(lena, first, verb="place")
    kept = decide(lena, second, verb="keep")
    without = lena.post(path_of("hearth", "workbooks:decide", third), {"verb": "decline", "reason": ""})
    declined = decide(lena, third, verb="decline", reason="It was a trial.")

    assert "under its author’s name" in placed.content.decode()
    assert "counts nowhere" in kept.content.decode()
    assert (without.status_code, "give a reason" in without.content.decode()) == (422, True)
    assert "It was a trial." in declined.content.decode()
    assert text(lena, "quarantine").count("/quarantine/") >= 1
    assert "Declined" not in text(lena, "quarantine").split("<tbody>")[1]
    assert "Declined" in text(lena, "quarantine", state="declined").split("<tbody>")[1]
    assert "waits for a decision again" in decide(lena, third, verb="undo").content.decode()
    assert Event.objects.count() == 1


def test_a_kept_note_stands_in_the_history_of_its_criterion(world: World, ward: Tablet, lena: Client) -> None:
    ward.results(ward.event("c1-2", score=0, edition_hash="e" * 64, reason="We have not met since May."))
    ward.results(ward.event("c1-2", score=2))
    row = quarantined().get()

    waiting = text(lena, "history", ward.workbook.pk, "c1-2")
    decide(lena, row.pk, verb="keep", reason="It was said on the day.")
    kept = text(lena, "history", ward.workbook.pk, "c1-2")
    elsewhere = text(lena, "history", ward.workbook.pk, "c1-1")

    note = "Kept as a note, counts nowhere: Not met. We have not met since May."
    assert [note in page for page in (waiting, kept, elsewhere)] == [False, True, False]
    assert kept.index("Scored: Met") < kept.index(note)
    assert "“It was said on the day.”" in kept
    actions.redact_quarantined(quarantined=row, reason="It names a resident.", by=world.dee, at=NOW)
    assert "since May" not in text(lena, "history", ward.workbook.pk, "c1-2")


def test_a_kept_note_is_read_by_those_who_may_read_its_place(world: World, peer: Workbook) -> None:
    Review.objects.filter(pk=peer.review_id).update(state="scoring")
    peer = queries.peer_reviews().get(pk=peer.pk)
    rafi, ludo = tablet(world, world.rafi, peer), world.sign_in(Client(), world.ludo)
    private = {"register": "private_note", "kind": "comment", "edition_hash": "e" * 64}
    own = {"register": f"comment:reviewer:{world.rafi.pk}", "kind": "comment", "edition_hash": "e" * 64}
    rafi.results(
        rafi.event(value={"text": "Secret note"}, **private), rafi.event(value={"text": "Not yet shown"}, **own)
    )
    for row in quarantined():
        actions.keep(quarantined=row, by=world.cora, at=NOW)

    alone = text(ludo, "peer_history", peer.pk, "c1-1")
    Review.objects.filter(pk=peer.review_id).update(state="agreeing")
    discussed = text(ludo, "peer_history", peer.pk, "c1-1")

    assert ("Not yet shown" in alone, "Not yet shown" in discussed) == (False, True)
    assert "Secret note" not in discussed
    assert "Secret note" in text(rafi.client, "peer_history", peer.pk, "c1-1")


def test_what_cannot_be_placed_says_why(world: World, ward: Tablet, lena: Client) -> None:
    ward.results(ward.event(score=9))

    response = lena.post(path_of("hearth", "workbooks:decide", quarantined().get().pk), {"verb": "place"})

    assert response.status_code == 422
    assert "The scale of this edition has only" in response.content.decode()


def test_private_notes_and_hidden_scores_stay_hidden_from_those_who_decide(world: World, peer: Workbook) -> None:
    Review.objects.filter(pk=peer.review_id).update(state="scoring")
    peer = queries.peer_reviews().get(pk=peer.pk)
    rafi, own_register = tablet(world, world.rafi, peer), f"comment:reviewer:{world.rafi.pk}"
    rafi.results(
        rafi.event(register="private_note", kind="comment", value={"text": "Secret note"}, edition_hash="e"),
        rafi.event(register=own_register, kind="comment", value={"text": "Mine"}, edition_hash="e"),
    )
    words, note = quarantined().order_by("register")
    ludo, own = world.sign_in(Client(), world.ludo), world.sign_in(Client(), world.rafi)

    assert "Only its author reads it" in text(ludo, "quarantined", note.pk)
    assert "Secret note" not in text(ludo, "quarantined", note.pk)
    assert "words are hidden until" in text(ludo, "quarantined", words.pk)
    assert "Secret note" in text(own, "quarantined", note.pk)
    listed = text(ludo, "quarantine")
    assert ("Only its author reads it" in listed, "words are hidden until" in listed) == (True, True)
    assert ("Secret note" in listed, "Mine" in listed) == (False, False)


def test_the_words_of_a_reviewer_who_finished_stand_in_the_list(world: World, peer: Workbook) -> None:
    Review.objects.filter(pk=peer.review_id).update(state="scoring")
    peer = queries.peer_reviews().get(pk=peer.pk)
    rafi, own_register = tablet(world, world.rafi, peer), f"comment:reviewer:{world.rafi.pk}"
    rafi.results(
        rafi.event(register=own_register, kind="comment", value={"text": "Mine"}, edition_hash="e"),
        rafi.event(None, register=f"reviewer:{world.rafi.pk}", kind="complete", value={}),
    )

    assert "Mine" in text(world.sign_in(Client(), world.ludo), "quarantine")


def test_a_private_note_for_no_workbook_stays_its_authors(world: World, ward: Tablet) -> None:
    ward.results(ward.event(register="private_note", kind="comment", value={"text": "Secret note"}), named="999999")
    cora = world.sign_in(Client(), world.cora)

    assert "Only its author reads it" in text(cora, "quarantine")
    assert "Secret note" not in text(cora, "quarantined", quarantined().get().pk)


def test_the_list_takes_the_same_queries_for_1_and_for_3(world: World, ward: Tablet, lena: Client) -> None:
    counts = []
    for number in (1, 2):
        ward.results(*(ward.event("none", made_at=f"{number} {one}") for one in range(number)))
        text(lena, "quarantine")
        with CaptureQueriesContext(connection) as asked:
            text(lena, "quarantine")
        counts.append(len(asked))

    assert counts[0] == counts[1] == 8


def test_the_step_is_for_whoever_leads_and_the_office(world: World, ward: Tablet) -> None:
    ward.results(ward.event(score=9), ward.event(score=8))

    [step] = steps([world.enrolment.pk])[world.enrolment.pk]

    assert (step.title, step.roles) == ("2 answers were put aside", frozenset({"community_lead", "office"}))


def test_the_office_and_the_lead_see_who_has_unsent_answers(world: World, ward: Tablet, lena: Client) -> None:
    ward.post("heartbeat", {"device": ward.device, "unsent": 14, "since": NOW.isoformat(), "name": "iPad of the ward"})
    ward.results(ward.event(device_seq=1), ward.event(device_seq=4))
    ward.post("heartbeat", {"device": ward.device, "unsent": 14, "since": NOW.isoformat()})
    office, otto = world.sign_in(Client(), world.cora), world.sign_in(Client(), world.otto)

    pages = [text(client, "unsent") for client in (lena, office, otto)]

    assert ["iPad of the ward" in page for page in pages] == [True, True, False]
    assert "2 answers never came" in pages[0]
    assert "14 answers have not arrived yet" in text(lena, "self_review", ward.workbook.pk)
    assert gaps([1, 4, 6]) == [2, 3, 5]


def test_somebody_stops_a_device_of_their_own(world: World, ward: Tablet) -> None:
    ward.post("heartbeat", {"device": ward.device, "name": "Old phone"})
    device = Device.objects.get()
    stranger = world.sign_in(Client(), world.mina)

    refused = stranger.post(path_of("hearth", "workbooks:stop_device", device.pk))
    page = ward.client.post(path_of("hearth", "workbooks:stop_device", device.pk), follow=True)

    device.refresh_from_db()
    assert refused.status_code == 404
    assert "Stopped. When it goes online next" in page.content.decode()
    assert device.revoked_at is not None


def test_the_contact_for_data_protection_finds_and_removes_words(world: World, ward: Tablet) -> None:
    ward.results(
        ward.event(register="comment:self", kind="comment", value={"text": "Ask John Doe."}),
        ward.event(register="comment:self", kind="comment", value={"text": "All is well."}),
    )
    dee, event = world.sign_in(Client(), world.dee), Event.objects.get(server_seq=1)
    path = path_of("hearth", "workbooks:redact", ward.workbook.pk, event.event_id)

    found = text(dee, "removals", ward.workbook.pk, q="john")
    shown = dee.get(path).content.decode()
    without = dee.post(path, {"reason": ""})
    done = dee.post(path, {"reason": "It names a resident."}, follow=True)

    assert ("Ask John Doe." in found, "All is well." in found) == (True, False)
    assert "Ask John Doe." in shown
    assert without.status_code == 422
    assert "Removed. The entry stays" in done.content.decode()
    history = world.sign_in(Client(), world.lena).get(path_of("hearth", "workbooks:history", ward.workbook.pk, "c1-1"))
    assert "Removed for data protection" in history.content.decode()
    assert "John" not in history.content.decode()
    assert dee.get(path).status_code == 200


def test_words_in_quarantine_are_removed_too(world: World, ward: Tablet) -> None:
    ward.results(ward.event(register="comment:self", kind="comment", value={"text": "Ask John Doe."}, edition_hash="e"))
    row = quarantined().get()
    dee = world.sign_in(Client(), world.dee)

    dee.post(path_of("hearth", "workbooks:redact_quarantined", row.pk), {"reason": "It names a resident."})

    page = text(dee, "quarantined", row.pk)
    assert "removed for data protection" in page
    assert "John" not in page


def test_scoring_begins_with_the_first_answer_from_a_device(world: World, peer: Workbook) -> None:
    Review.objects.filter(enrolment=world.enrolment, kind="self").update(state="sent")
    rafi = tablet(world, world.rafi, peer)

    [result] = rafi.results(rafi.event(register=f"reviewer:{world.rafi.pk}"))

    assert result["status"] == "stored"
    assert Review.objects.get(pk=peer.review_id).state == "scoring"


def test_before_the_self_review_was_sent_a_first_answer_waits(world: World, peer: Workbook) -> None:
    rafi = tablet(world, world.rafi, peer)

    [result] = rafi.results(rafi.event(register=f"reviewer:{world.rafi.pk}"))

    assert (result["status"], result["reason"]) == ("quarantined", "late")
    assert actions.epoch(at=NOW)
