"""Emptying the database after a test with a live server, although the database refuses to delete guarded rows.

Only tests do this. On SQLite the triggers are set aside for the moment and put back as they were. PostgreSQL's TRUNCATE
does not ask row triggers, but makes new files for every table, which takes a quarter of a second: whoever may sets the
triggers aside and deletes from the few tables that hold something.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.backends.postgresql.creation import DatabaseCreation

_flush = BaseDatabaseOperations.execute_sql_flush
_Creation: Any = DatabaseCreation  # its stubs leave out what every backend has
_destroy = _Creation._destroy_test_db


def _without_triggers(self: BaseDatabaseOperations, sql_list: Iterable[str]) -> None:
    if connection.vendor != "sqlite":
        _end_what_is_left()
        if not _deleted(list(sql_list)):
            _flush(self, sql_list)
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        try:
            _flush(self, sql_list)
        finally:
            for _name, sql in triggers:
                cursor.execute(sql)


def _deleted(sql_list: Sequence[str]) -> bool:
    """Whether the tables that TRUNCATE would empty were emptied row by row."""
    [statement] = sql_list  # one for all tables
    tables = re.findall(r'"\w+"', statement)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if not statement.startswith("TRUNCATE ") or cursor.fetchone() != (True,):
            return False
        cursor.execute("SET LOCAL session_replication_role = replica")  # neither guards nor foreign keys are asked
        rows = " UNION ALL ".join(f"(SELECT '{each}' FROM {each} LIMIT 1)" for each in tables)  # noqa: S608  # their names
        cursor.execute(rows)
        cursor.execute("; ".join(f"DELETE FROM {name}" for (name,) in cursor.fetchall()))  # noqa: S608  # quoted names
    return True


def _end_what_is_left() -> None:
    # A page that was closed may have left a request under way, whose locks and TRUNCATE's would wait for each other.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def _destroy_although_a_browser_is_left(self: Any, test_database_name: str, verbosity: int) -> None:
    with self._nodb_cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [test_database_name]
        )
    _destroy(self, test_database_name, verbosity)


def allow_flushing() -> None:
    """Let pytest-django empty the database between tests with a live server, and remove it after the last."""
    _Creation._destroy_test_db = _destroy_although_a_browser_is_left
    BaseDatabaseOperations.execute_sql_flush = _without_triggers  # type: ignore[method-assign]  # for tests alone
