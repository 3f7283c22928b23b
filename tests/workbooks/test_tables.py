"""What one answer costs the disk: the indexes of its tables, and the keys of their rows."""

import pytest
from django.db import connection

from communitas.workbooks.models import Event, Head, Payload, Workbook
from tests.cast import World


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
