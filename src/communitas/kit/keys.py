"""Numbers of rows for tables that are written with every keystroke: what a commit must write is what it costs."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    _Key = models.BigAutoField[int, int]
else:
    _Key = models.BigAutoField  # takes no types while it runs


class RowKey(_Key):
    """The number of a row in a table from which nothing is ever deleted, so that no number can come back.

    SQLite then need not keep the last number in a table of its own, and a table that takes over this number as its
    own key needs no index for it: two pages less in every commit. PostgreSQL sees an ordinary key.
    """

    def db_type_suffix(self, connection: BaseDatabaseWrapper) -> str | None:
        """Without AUTOINCREMENT on SQLite."""
        return None if connection.vendor == "sqlite" else super().db_type_suffix(connection)

    def rel_db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """Keys that point here are whole numbers by SQLite's own name, so that a primary key among them is its row."""
        return "integer" if connection.vendor == "sqlite" else super().rel_db_type(connection)
