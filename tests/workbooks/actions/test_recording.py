"""The one door: idempotent, checked, in one order, with heads and counts that equal the fold."""

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from communitas.people.models import Account
from communitas.workbooks import actions, queries
from communitas.workbooks.models import Event, Head, Payload, Workbook
from communitas.workbooks.queries.progress import counts_of
from communitas.workbooks.rules import fold
from communitas.workbooks.rules.events import Event as RuleEvent
from communitas.workbooks.rules.events import event_hash
from tests.cast import NOW, World

pytestmark = pytest.mark.django_db


def score(workbook: Workbook, number: int, key: str = "c1-1", value: Any = 2, **changes: Any) -> RuleEvent:
    made: dict[str, Any] = {
        "event_id": str(UUID(int=number, version=4)),
        "workbook": str(workbook.pk),
        "edition_hash": workbook.edition_hash,
        "criterion_key": key,
        "register": "self",
        "kind": "score",
        "value": {"score": value},
        "author": "",
        "device_id": "d",
        "device_seq": number,
        "made_at": (NOW + timedelta(seconds=number)).isoformat(),
    }
    return RuleEvent(**(made | changes))


def record(workbook: Workbook, *events: RuleEvent, by: Account, role: str = "staff") -> list[actions.Outcome]:
    return actions.record_events(workbook=workbook, events=events, role=role, by=by, at=NOW)


def test_event_is_stored_with_its_words_salt_and_hash(world: World, workbook: Workbook) -> None:
    event = score(workbook, 1)

    [outcome] = record(workbook, event, by=world.stefan)

    row = Event.objects.select_related("payload").get()
    assert (outcome.status, outcome.server_seq) == ("stored", 1)
    assert (row.author, row.server_seq, str(row.event_id)) == (world.stefan, 1, event.event_id)
    assert row.hash == event_hash(event, bytes.fromhex(row.payload.salt)) == outcome.hash
    assert queries.all_events(workbook) == [replace(event, author=str(world.stefan.pk), server_seq=1)]


def test_same_event_again_is_a_duplicate(world: World, workbook: Workbook) -> None:
    first = record(workbook, score(workbook, 1), by=world.stefan)

    again = record(workbook, score(workbook, 1), score(workbook, 1), by=world.stefan)

    assert [outcome.status for outcome in again] == ["duplicate", "duplicate"]
    assert again[0].hash == first[0].hash
    assert Event.objects.count() == 1


def test_other_event_under_a_known_id_is_refused(world: World, workbook: Workbook) -> None:
    record(workbook, score(workbook, 1), by=world.stefan)

    [outcome] = record(workbook, score(workbook, 1, value=0), by=world.stefan)

    assert (outcome.status, outcome.problem and outcome.problem.code) == ("refused", "id_clash")
    assert Event.objects.count() == 1


def test_id_of_another_workbook_is_refused(world: World, workbook: Workbook) -> None:
    other = queries.self_reviews().get(pk=world.twin.workbook.pk)
    record(other, score(other, 1), by=world.theo, role="community_lead")

    [outcome] = record(workbook, score(workbook, 1), by=world.stefan)

    assert outcome.problem is not None
    assert outcome.problem.code == "id_clash"


def test_what_is_out_of_place_is_not_stored_and_the_rest_is(world: World, workbook: Workbook) -> None:
    events = [score(workbook, 1), score(workbook, 2, key="no such"), score(workbook, 3, key="c1-2", value=7)]

    outcomes = record(workbook, *events, by=world.stefan)

    assert [outcome.status for outcome in outcomes] == ["stored", "refused", "refused"]
    assert [outcome.problem.code for outcome in outcomes if outcome.problem] == ["unknown_criterion", "off_the_scale"]


def test_server_numbers_have_no_gaps(world: World, workbook: Workbook) -> None:
    record(workbook, score(workbook, 1), score(workbook, 2, value=9), score(workbook, 3), by=world.stefan)
    record(workbook, score(workbook, 4), by=world.lena, role="community_lead")

    assert list(Event.objects.values_list("server_seq", flat=True)) == [1, 2, 3]
    assert Workbook.objects.get(pk=workbook.pk).last_seq == 3


def test_closed_review_takes_nothing(world: World, workbook: Workbook) -> None:
    workbook.review.state = "sent"
    workbook.review.save()

    [outcome] = record(workbook, score(workbook, 1), by=world.stefan)

    assert outcome.problem is not None
    assert outcome.problem.code == "review_is_open"


@pytest.mark.parametrize("seed", range(5))
def test_heads_and_counts_equal_the_fold_of_all_events(world: World, workbook: Workbook, seed: int) -> None:
    chance = random.Random(seed)
    events: list[RuleEvent] = []
    for number in range(1, 60):
        key, register = chance.choice(["c1-1", "c1-2", "c2-3"]), chance.choice(["self", "self", "comment:self"])
        same = [one.event_id for one in events if one.key == (key, register)]
        seen = tuple(sorted(chance.sample(same, min(len(same), chance.randint(0, 3)))))
        kind = "retract" if seen and chance.random() < 0.2 else "score" if register == "self" else "comment"
        value = {"score": {"score": chance.choice([0, 1, 2])}, "comment": {"text": f"Words {number}"}, "retract": {}}
        made = score(workbook, number, key=key, register=register, kind=kind, value=value[kind], supersedes=seen)
        events.append(made)
    chance.shuffle(events)
    while events:
        batch, events = events[:7], events[7:]
        record(workbook, *batch, by=chance.choice([world.stefan, world.mina]))

    folded = fold.fold(queries.all_events(workbook))
    kept = {key: heads for key, heads in queries.state_of(workbook).heads.items() if heads}
    assert kept == {key: heads for key, heads in folded.heads.items() if heads}
    stored = Workbook.objects.get(pk=workbook.pk).counts
    assert {place: line for place, line in stored.items() if line != [0, 0]} == counts_of(workbook)


def test_queries_do_not_grow_with_the_batch(world: World, workbook: Workbook) -> None:
    record(workbook, score(workbook, 1), by=world.stefan)  # the edition is read
    counts = []
    for numbers in ([2], range(10, 40)):
        with CaptureQueriesContext(connection) as queries_made:
            record(workbook, *(score(workbook, number, key="c1-2") for number in numbers), by=world.stefan)
        counts.append(len([one for one in queries_made if "standards_" not in one["sql"]]))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("model", [Event, Payload])
def test_database_refuses_to_change_or_delete(world: World, workbook: Workbook, model: Any) -> None:
    record(workbook, score(workbook, 1), by=world.stefan)
    field = {"origin": "paper"} if model is Event else {"salt": "00"}

    with pytest.raises(DatabaseError, match="insert_only"), transaction.atomic():
        model.objects.update(**field)
    Head.objects.all().delete()
    with pytest.raises(DatabaseError, match="insert_only"), transaction.atomic():
        model.objects.all()._raw_delete(model.objects.db)
