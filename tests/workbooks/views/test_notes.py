"""A reviewer's own notes are read by nobody else, on no page, in no file, by no other device."""

import pytest
from django.test import Client

from communitas.kit.addresses import path_of
from communitas.kit.models import AuditLine
from communitas.workbooks import actions, queries
from communitas.workbooks.models import Event, Review, Workbook
from communitas.workbooks.queries.book import book_of
from communitas.workbooks.queries.notes import own_notes
from communitas.workbooks.rules.registers import PRIVATE_NOTE
from tests.cast import NOW, World

pytestmark = pytest.mark.django_db
SECRET = "Zwiebelkuchen on the third floor"


def address(name: str, peer: Workbook, *args: object) -> str:
    return path_of("hearth", f"workbooks:{name}", peer.pk, *args)


@pytest.fixture
def noted(world: World, peer: Workbook) -> Workbook:
    """A peer-review whose discussion is open, with a private note of Rafi's to a criterion."""
    Review.objects.filter(pk=peer.review_id).update(state="agreeing")
    actions.write_note(
        workbook=peer, criterion_key="c1-1", register=PRIVATE_NOTE, text=SECRET, role="reviewer", by=world.rafi, at=NOW
    )
    return queries.peer_reviews().get(pk=peer.pk)


@pytest.mark.parametrize("state", ["not_started", "scoring", "agreeing", "closed"])
def test_notes_are_written_at_any_time_by_the_team(world: World, peer: Workbook, client: Client, state: str) -> None:
    Review.objects.filter(pk=peer.review_id).update(state=state)

    done = world.sign_in(client, world.rafi).post(address("notes", peer), {"text": SECRET, "criterion": "c1-1"})

    assert done.status_code == 302
    assert SECRET in client.get(address("notes", peer)).content.decode()


def test_no_page_of_anybody_else_holds_a_note(world: World, noted: Workbook, client: Client) -> None:
    Review.objects.filter(pk=world.workbook.review_id).update(state="sent")
    pages = [
        *(address(name, noted) for name in ("peer_review", "notes", "findings", "close", "speaking")),
        *(address(name, noted, 1) for name in ("peer_section", "discussion")),
        *(address(name, noted, "c1-1") for name in ("peer_history",)),
        path_of("hearth", "workbooks:section", world.workbook.pk, 1),
        *(path_of("hearth", f"visits:{name}", world.visit.pk) for name in ("visit", "pack")),
        *(path_of("hearth", f"workbooks:sync_{name}", noted.pk) for name in ("book", "events")),
    ]

    for person in (world.ludo, world.nadia, world.cora, world.lena, world.dee):
        world.sign_in(client, person)
        for path in pages:
            answer = client.get(path)
            assert SECRET not in answer.content.decode(), (person, path)

    world.sign_in(client, world.rafi)
    assert SECRET in client.get(address("notes", noted)).content.decode()


def test_a_note_is_in_no_finding_and_in_no_line_of_the_audit(world: World, noted: Workbook) -> None:
    found = queries.findings(noted.review.enrolment)

    assert SECRET not in str(found)
    assert not any(SECRET in str(vars(line)) for line in AuditLine.objects.all())


def test_the_database_is_asked_for_ones_own_notes_alone(world: World, noted: Workbook) -> None:
    book = book_of(noted.review.enrolment)

    assert own_notes(noted, book, world.ludo) == []
    assert [note.text for note in own_notes(noted, book, world.rafi)] == [SECRET]


def test_a_note_is_taken_back_by_its_author_alone(world: World, noted: Workbook, client: Client) -> None:
    event = str(Event.objects.get(workbook=noted, register="private_note").event_id)

    refused = world.sign_in(client, world.nadia).post(address("notes", noted), {"take_back": event})
    kept = own_notes(noted, book_of(noted.review.enrolment), world.rafi)
    world.sign_in(client, world.rafi).post(address("notes", noted), {"take_back": event})

    assert (refused.status_code, len(kept)) == (422, 1)
    assert own_notes(noted, book_of(noted.review.enrolment), world.rafi) == []
