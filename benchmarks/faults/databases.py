"""The two databases under test, kept as safely as in production, and read from outside the server."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from django.db.backends.sqlite3._functions import register  # type: ignore[import-untyped]  # it has no types

from tests import postgres

SAFE = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "autovacuum": "on",
    "max_connections": "90",
}


@dataclass(frozen=True)
class Database:
    """One database: its name, its DATABASE_URL, and what can be asked of it while no server runs, or beside one."""

    name: str
    url: str
    file: Path | None = None

    def stored(self) -> dict[str, int]:
        """How many rows each event id has."""
        rows = self._ask("SELECT event_id, count(*) FROM workbooks_event GROUP BY event_id")
        return {str(row[0]).replace("-", ""): row[1] for row in rows}

    def quarantined(self) -> set[str]:
        """The ids of what waits for a decision."""
        return {str(row[0]).replace("-", "") for row in self._ask("SELECT event_id FROM workbooks_quarantined")}

    def problems(self) -> list[str]:
        """What the database itself finds wrong with its files; PostgreSQL would not have started."""
        if self.file is None:
            return []
        return [row[0] for row in self._ask("PRAGMA integrity_check") if row[0] != "ok"]

    def _ask(self, sql: LiteralString) -> list[tuple[Any, ...]]:
        if self.file is not None:
            with closing(sqlite3.connect(self.file, timeout=60)) as connection:
                register(connection)  # constraints may ask Django's own functions
                return connection.execute(sql).fetchall()
        with psycopg.connect(self.url.replace("postgres://", "postgresql://")) as connection:
            return connection.execute(sql).fetchall()


@contextmanager
def sqlite(folder: Path) -> Iterator[Database]:
    """A file in the folder."""
    file = folder / "communitas.sqlite3"
    yield Database("SQLite", f"sqlite:///{file}", file)


@contextmanager
def postgresql() -> Iterator[Database | None]:
    """A server of its own that syncs each commit; None where PostgreSQL is not installed."""
    programs = postgres.programs()
    if programs is None:
        yield None
        return
    with postgres.server(programs, SAFE) as address:
        yield Database("PostgreSQL", address)
