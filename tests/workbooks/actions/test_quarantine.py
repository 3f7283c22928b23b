"""Deciding about what came out of place: nothing is changed or deleted, and placing goes through the one door."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import AuditLine
from communitas.workbooks import actions, queries
from communitas.workbooks.models import Event, Quarantined, QuarantinedWords, Workbook
from communitas.workbooks.queries.quarantine import item_of, quarantined, waiting_by_enrolment, waiting_in
from communitas.workbooks.rules.registers import SELF
from tests.cast import NOW, World
from tests.workbooks.devices import Tablet, tablet

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward(world: World, workbook: Workbook) -> Tablet:
    """Stefan's tablet."""
    return tablet(world, world.stefan, workbook)


def set_state(workbook: Workbook, state: str) -> None:
    workbook.review.state = state
    workbook.review.save()


def late(ward: Tablet, workbook: Workbook, **changes: Any) -> Quarantined:
    """An answer that came when the review was sent; it was opened again since."""
    set_state(workbook, "sent")
    ward.results(ward.event(**changes))
    set_state(workbook, "reopened")
    return quarantined().get()


def test_a_late_answer_is_placed_as_a_new_event_in_its_authors_name(
    world: World, ward: Tablet, workbook: Workbook
) -> None:
    row = late(ward, workbook)

    event = actions.place(quarantined=row, by=world.cora, at=NOW)

    line = AuditLine.objects.filter(verb="quarantine.place").get()
    placed = queries.state_of(workbook).answer("c1-1", SELF)
    assert (placed.score, placed.authors) == (2, (str(world.stefan.pk),))
    assert str(event.event_id) != row.event_id
    assert event.payload.value["transcribed_from"] == f"quarantine:{row.pk}"
    assert (line.by, line.detail) == (world.cora, {"event": str(event.event_id)})
    assert quarantined().get().decision.event == event
    assert waiting_in(workbook) == 0


def test_a_placed_answer_stands_beside_what_came_meanwhile(world: World, ward: Tablet, workbook: Workbook) -> None:
    row = late(ward, workbook)
    mine = tablet(world, world.mina, workbook)
    mine.results(mine.event(score=0))

    actions.place(quarantined=row, by=world.lena, at=NOW)

    assert queries.state_of(workbook).answer("c1-1", SELF).kind == "differ"


def test_a_placed_answer_replaces_what_its_author_saw(world: World, ward: Tablet, workbook: Workbook) -> None:
    seen = ward.event(score=0)
    ward.results(seen)
    row = late(ward, workbook, score=1, supersedes=[seen["event_id"]])

    actions.place(quarantined=row, by=world.lena, at=NOW)

    assert queries.state_of(workbook).answer("c1-1", SELF).score == 1


def test_an_answer_to_another_edition_is_placed_where_its_criterion_still_is(
    world: World, ward: Tablet, workbook: Workbook
) -> None:
    ward.results(ward.event(edition_hash="e" * 64))

    event = actions.place(quarantined=quarantined().get(), by=world.lena, at=NOW)

    assert (event.criterion_key, event.author) == ("c1-1", world.stefan)


@pytest.mark.parametrize("changes", [{"value": {"score": 9}}, {"criterion_key": "c9-9"}, {"register": "nowhere"}])
def test_what_cannot_stand_in_the_workbook_is_not_placed(world: World, ward: Tablet, changes: dict[str, Any]) -> None:
    ward.results(ward.event() | changes)

    with pytest.raises(NotAllowed, match=r"\.$"):
        actions.place(quarantined=quarantined().get(), by=world.lena, at=NOW)

    assert Event.objects.count() == 0
    assert waiting_in(ward.workbook) == 1


def test_while_the_review_is_closed_nothing_is_placed(world: World, ward: Tablet, workbook: Workbook) -> None:
    row = late(ward, workbook)
    set_state(workbook, "sent")

    with pytest.raises(NotAllowed, match="only while it is open"):
        actions.place(quarantined=row, by=world.cora, at=NOW)


def test_what_is_unreadable_or_of_no_workbook_is_kept_or_declined_but_not_placed(world: World, ward: Tablet) -> None:
    ward.results({"event_id": "?"})
    ward.results(ward.event(), named=987654)

    for row in quarantined():
        with pytest.raises(NotAllowed, match="can be read and belongs to a workbook"):
            actions.place(quarantined=row, by=world.cora, at=NOW)
        actions.keep(quarantined=row, by=world.cora, at=NOW)


def test_declining_needs_a_reason_hides_and_is_taken_back(world: World, ward: Tablet, workbook: Workbook) -> None:
    row = late(ward, workbook)

    with pytest.raises(NotAllowed, match="give a reason"):
        actions.decline(quarantined=row, reason=" ", by=world.lena, at=NOW)
    actions.decline(quarantined=row, reason="It was a test.", by=world.lena, at=NOW)
    with pytest.raises(NotAllowed, match="decided already"):
        actions.place(quarantined=row, by=world.lena, at=NOW)
    actions.undo_decision(quarantined=row, by=world.lena, at=NOW)
    actions.place(quarantined=row, by=world.lena, at=NOW)

    verbs = ["quarantine.decline", "quarantine.undo", "quarantine.place"]
    assert list(AuditLine.objects.filter(verb__startswith="quarantine").values_list("verb", flat=True)) == verbs
    assert QuarantinedWords.objects.count() == 1


@pytest.mark.parametrize("model", [Quarantined, QuarantinedWords])
def test_database_refuses_to_change_or_delete_what_came(ward: Tablet, workbook: Workbook, model: Any) -> None:
    late(ward, workbook)
    field = {"reason": "none"} if model is Quarantined else {"raw": "{}"}

    with pytest.raises(DatabaseError, match="insert_only"), transaction.atomic():
        model.objects.update(**field)
    with pytest.raises(DatabaseError, match="insert_only"), transaction.atomic():
        model.objects.all()._raw_delete(model.objects.db)


def test_waiting_answers_are_counted_by_review(world: World, ward: Tablet, workbook: Workbook) -> None:
    late(ward, workbook)
    ward.results(ward.event(score=9), ward.event("none"))

    assert waiting_by_enrolment([world.enrolment.pk]) == {(world.enrolment.pk, "self"): 3}


def test_what_came_is_read_again_as_it_was(ward: Tablet) -> None:
    sent = ward.event(score=9, reason="Because of § 3 “ü”.")
    ward.results(sent)

    item = item_of(quarantined().get())

    assert item is not None
    assert item.event is not None
    assert (item.event.score, item.event.reason) == (9, sent["reason"])
