"""Removing words: the row, its place and hash stay, heads and counts are right, and devices learn of it."""

import pytest
from django.db import DatabaseError, transaction

from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import AuditLine
from communitas.workbooks import actions, queries
from communitas.workbooks.models import Event, Payload, QuarantinedWords, Redaction, Workbook
from communitas.workbooks.queries.quarantine import quarantined
from communitas.workbooks.rules.registers import SELF
from tests.cast import NOW, World
from tests.workbooks.devices import Tablet, tablet
from tests.workbooks.invariants import broken

pytestmark = pytest.mark.django_db
WHY = "It names a patient."


@pytest.fixture
def ward(world: World, workbook: Workbook) -> Tablet:
    """Stefan's tablet."""
    return tablet(world, world.stefan, workbook)


def test_the_words_go_and_the_row_its_place_and_its_hash_stay(world: World, ward: Tablet, workbook: Workbook) -> None:
    sent = ward.event()
    [stored] = ward.results(sent, ward.event("c1-2"))[:1]
    event = Event.objects.get(event_id=sent["event_id"])

    actions.redact(workbook=workbook, event=event, reason=WHY, by=world.dee, at=NOW)

    [again] = ward.results(sent)
    page = ward.pull()
    assert not Payload.objects.filter(event=event).exists()
    assert (again["status"], again["hash"], again["salt"]) == ("redacted", stored["hash"], None)
    assert page["redacted"] == [sent["event_id"]]
    assert (page["events"][0]["redacted"], page["events"][0]["value"]) == (True, {})
    assert ward.pull(2, epoch=page["epoch"], view=page["view"])["redacted"] == [sent["event_id"]]
    assert queries.state_of(workbook).answer("c1-1", SELF).kind == "none"
    assert Workbook.objects.get(pk=workbook.pk).counts == {"0": [1, 0]}
    assert AuditLine.objects.get(verb="answer.redact").reason == WHY
    assert broken() == []


def test_a_redacted_answer_of_two_leaves_the_other(world: World, ward: Tablet, workbook: Workbook) -> None:
    mine = tablet(world, world.mina, workbook)
    ward.results(ward.event(score=0))
    mine.results(mine.event(score=2))
    event = Event.objects.get(author=world.stefan)

    actions.redact(workbook=workbook, event=event, reason=WHY, by=world.dee, at=NOW)

    answer = queries.state_of(workbook).answer("c1-1", SELF)
    assert (answer.kind, answer.score) == ("one", 2)
    assert Workbook.objects.get(pk=workbook.pk).counts == {"0": [1, 0]}


def test_a_reason_is_needed_and_nothing_goes_twice(world: World, ward: Tablet, workbook: Workbook) -> None:
    ward.results(ward.event())
    event = Event.objects.get()

    with pytest.raises(NotAllowed, match="give a reason"):
        actions.redact(workbook=workbook, event=event, reason="  ", by=world.dee, at=NOW)
    actions.redact(workbook=workbook, event=event, reason=WHY, by=world.dee, at=NOW)
    with pytest.raises(NotAllowed, match="removed already"):
        actions.redact(workbook=workbook, event=event, reason=WHY, by=world.dee, at=NOW)


def test_the_words_of_an_answer_in_quarantine_go_too(world: World, ward: Tablet, workbook: Workbook) -> None:
    sent = ward.event(edition_hash="e" * 64)
    ward.results(sent)
    row = quarantined().get()
    event = actions.place(quarantined=row, by=world.lena, at=NOW)

    actions.redact(workbook=workbook, event=event, reason=WHY, by=world.dee, at=NOW)

    assert QuarantinedWords.objects.count() == 0
    assert Redaction.objects.count() == 2
    assert [one["status"] for one in ward.results(sent)] == ["redacted"]


def test_removing_a_placed_answer_in_quarantine_removes_the_event_that_it_became(
    world: World, ward: Tablet, workbook: Workbook
) -> None:
    sent = ward.event(edition_hash="e" * 64)
    ward.results(sent)
    row = quarantined().get()
    event = actions.place(quarantined=row, by=world.lena, at=NOW)

    actions.redact_quarantined(quarantined=row, reason=WHY, by=world.dee, at=NOW)

    assert (QuarantinedWords.objects.count(), Payload.objects.filter(event=event).count()) == (0, 0)
    assert Redaction.objects.filter(event=event).count() == Redaction.objects.filter(quarantined=row).count() == 1
    assert queries.state_of(workbook).answer("c1-1", SELF).kind == "none"
    assert Workbook.objects.get(pk=workbook.pk).counts == {}
    assert ward.pull()["redacted"] == [str(event.event_id)]
    assert broken() == []


def test_the_database_deletes_no_other_words_and_keeps_the_reason(
    world: World, ward: Tablet, workbook: Workbook
) -> None:
    ward.results(ward.event(), ward.event("c1-2"))
    event = Event.objects.get(server_seq=1)
    actions.redact(workbook=workbook, event=event, reason=WHY, by=world.dee, at=NOW)

    with pytest.raises(DatabaseError, match="insert_only"), transaction.atomic():
        Payload.objects.all()._raw_delete("default")
    with pytest.raises(DatabaseError, match="insert_only"), transaction.atomic():
        Redaction.objects.update(reason="none")
    with pytest.raises(DatabaseError, match="insert_only"), transaction.atomic():
        Redaction.objects.all()._raw_delete("default")
