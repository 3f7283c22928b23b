"""What the address of a database becomes."""

import pytest
from django.db import connection

from communitas.config.env import postgresql


def test_an_address_of_postgresql_is_taken_apart_and_the_rest_goes_to_its_library() -> None:
    found = postgresql(
        "postgres://of%20ours:p%40ss@db.example:5433/net?sslmode=verify-full&options=-c%20work_mem%3D8MB"
    )

    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == ("of ours", "p@ss", "db.example", "5433")
    assert found["NAME"] == "net"
    assert found["OPTIONS"] == {"sslmode": "verify-full", "options": "-c join_collapse_limit=4 -c work_mem=8MB"}


def test_a_socket_can_stand_behind_the_question_mark() -> None:
    assert postgresql("postgres://me@/net?host=/run/postgresql")["HOST"] == "/run/postgresql"


@pytest.mark.postgres
@pytest.mark.django_db
def test_postgresql_tries_the_orders_of_four_joins_at_once() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW join_collapse_limit")
        assert cursor.fetchone() == ("4",)
