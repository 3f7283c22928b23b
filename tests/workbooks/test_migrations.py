"""What one answer costs the disk: its indexes; and that the answers which stood before keep their heads and guards."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps

from communitas.workbooks import queries
from communitas.workbooks.models import Event, Head, Payload, Workbook
from tests.cast import World
from tests.workbooks.conftest import Answer
from tests.workbooks.invariants import broken

BEFORE, NOW = "0011_spreadsheets", "0015_one_table_of_heads"


@pytest.mark.django_db(transaction=True)
def test_answers_of_before_keep_their_heads_their_words_and_their_guards(world: World, put: Answer) -> None:
    workbook = queries.self_reviews().get(pk=world.workbook.pk)
    first = put(workbook, world.stefan, "c1-1", 1, comment="We do this.")
    put(workbook, world.mina, "c1-1", 2, seen=[first[0].event_id], role="client_member")
    put(workbook, world.mina, "c1-2", 0, role="client_member")
    stood, heads = queries.state_of(workbook), set(Head.objects.values_list("event", flat=True))
    try:
        former = _migrated(BEFORE).get_model("workbooks", "Head").objects.order_by("event")
        places = list(former.values_list("criterion_key", "register", "workbook"))
    finally:
        _migrated(NOW)

    assert sorted(places) == [
        ("c1-1", "comment:self", workbook.pk),
        ("c1-1", "self", workbook.pk),
        ("c1-2", "self", workbook.pk),
    ]
    assert set(Head.objects.values_list("event", flat=True)) == heads
    assert queries.state_of(workbook) == stood
    assert broken() == []
    for model, change in ((Event, {"origin": "paper"}), (Payload, {"salt": "00"})):
        with pytest.raises(DatabaseError, match="insert_only"), transaction.atomic():
            model.objects.update(**change)
    put(workbook, world.mina, "c1-3", 2, role="client_member")
    assert (Event.objects.count(), broken()) == (5, [])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("table", "indexes"),
    [
        (
            Event,
            [
                ["device_id", "device_seq"],  # only of what came from devices
                ["event_id"],
                ["id"],
                ["workbook_id", "criterion_key", "register"],
                ["workbook_id", "server_seq"],
            ],
        ),
        (Payload, [["event_id"]]),
        (Head, [["event_id"]]),
    ],
)
def test_an_answer_writes_no_index_that_nobody_asks_for(
    table: type[Event | Payload | Head], indexes: list[list[str]]
) -> None:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table._meta.db_table).values()

    ordered = {tuple(each["columns"]) for each in found if each["index"] or each["unique"] or each["primary_key"]}
    assert sorted(ordered) == [tuple(each) for each in indexes]


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps no second index of a key")
@pytest.mark.parametrize("table", [Event, Payload, Head])
def test_the_key_of_a_row_is_its_place_on_sqlite(table: type[Event | Payload | Head]) -> None:
    name, key = table._meta.db_table, table._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [name])
        [(sql,)] = cursor.fetchall()

    assert f'"{key}" integer NOT NULL PRIMARY KEY' in sql
    assert "AUTOINCREMENT" not in sql


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads a table of three rows as a whole")
def test_numbers_of_a_device_are_found_by_their_index(world: World, workbook: Workbook) -> None:
    asked = Event.objects.filter(device_id__gt="", device_id__in={"d"}, device_seq__in={1, 2}, author=world.stefan)

    assert "events_by_device" in asked.order_by().explain()


def _migrated(name: str) -> StateApps:
    executor = MigrationExecutor(connection)
    return executor.migrate([("workbooks", name)]).apps
