"""Django's backend for SQLite, whose waiting threads cannot be held up by each other's leftovers.

A thread that waits for the write lock holds its connection's own lock all that time. When it waited in vain, Django
leaves the cursor of its BEGIN to the garbage collector, which runs in any thread, also in the one that has the write
lock: that one then waits for the first connection's lock while its thread waits for the write lock again, until one of
them gives up after `timeout` seconds. Under sixty-four writers hardly any answer came through any more.

What a page asks again and again is put into SQLite's own form once: Django looks through the whole text of a query each
time for the places of its values.
"""

from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base

MOST_KEPT = 1000  # queries whose form is remembered
LONGEST = 10_000  # characters: a longer one names hundreds of values, and hardly comes again


@lru_cache(maxsize=MOST_KEPT)
def _in_form(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class SQLiteCursorWrapper(base.SQLiteCursorWrapper):
    """As Django's, with the form of short queries kept."""

    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        """The query with SQLite's marks for its values."""
        if param_names is None and len(query) <= LONGEST:
            return _in_form(query)
        return super().convert_query(query, param_names=param_names)


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's; what begins a transaction is closed by the thread that opened it, whether it succeeds or not.

    Each takes the write lock at its beginning: one that reads first and then writes fails when others write meanwhile.
    """

    def create_cursor(self, name: str | None = None) -> Any:
        """A cursor of ours; SQLite knows no named ones."""
        return self.connection.cursor(factory=SQLiteCursorWrapper)

    def _start_transaction_under_autocommit(self) -> None:
        with self.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE")
