"""Setting aside what the database refuses, for tests that ask what happens when somebody got round it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


def open_every_lock() -> list[str]:
    """Let a test write into what is frozen; SQL that puts the guards back, for who does not roll back anyway."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still to come cannot be altered
            tables = connection.introspection.table_names(cursor)
            for table in tables:
                cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
            return [f'ALTER TABLE "{table}" ENABLE TRIGGER USER' for table in tables]
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        return [sql for _name, sql in triggers]


@contextmanager
def every_lock_open() -> Iterator[None]:
    """Let a test write into what is frozen while this lasts: for tests whose changes are really kept."""
    guards = open_every_lock()
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for statement in guards:
                cursor.execute(statement)
