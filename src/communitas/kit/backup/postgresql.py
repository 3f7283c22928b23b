"""Copying and restoring a PostgreSQL database. The SQL that only PostgreSQL understands in a backup stands here.

A logical copy: each table as CSV out of one transaction that sees one moment. It needs no program beside ours, and no
right beyond those of the owner of the tables (decision record 0008).
"""

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from communitas.kit.backup import tables
from communitas.kit.backup.elsewhere import elsewhere
from communitas.kit.backup.manifest import CHUNK
from communitas.kit.backup.problems import NotGood, Refused

FOLDER = "database"
SEQUENCES = "sequences.json"
SCRATCH = "communitas_check"
_LOCK = 7_230_156  # any number: it means 'the schema of the check' among our own sessions


class Postgresql:
    """One schema. It is copied table by table out of one moment, and put in place by one transaction."""

    name = "postgresql"

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_schema()")
            self.target = cursor.fetchone()[0]

    @property
    def version(self) -> str:
        """The version of the database program."""
        return ".".join(map(str, connection.get_database_version()))

    def room_beside(self) -> None:
        """The copy is loaded into the database itself, so it needs no folder."""

    def copy(self, folder: Path) -> tuple[dict[str, int], dict[str, list[str]]]:
        """Copy one moment while others go on writing; the rows of each table and the migrations in the copy."""
        (folder / FOLDER).mkdir()
        with connection.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            try:
                found = tables.names()
                for table in found:
                    self._write(cursor, table, folder / FOLDER / f"{table}.csv.gz")
                counts, applied = tables.count(found), tables.applied()
                cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()")
                (folder / FOLDER / SEQUENCES).write_text(json.dumps(dict(cursor.fetchall()), indent=1))
            finally:
                cursor.execute("ROLLBACK")
        return counts, applied

    @contextmanager
    def loaded(
        self, folder: Path, room: Path | None, migrations: Mapping[str, list[str]], *, to_stay: bool = False
    ) -> Iterator[None]:
        """Within the block, queries go to a schema of its own with the backup's rows, thrown away at the end.

        A copy that is only looked at borrows the shape of the tables that are there, when it is the same, without the
        guards; one that is to stay is made by the migrations, as any installation is.
        """
        borrow = not to_stay and tables.applied() == migrations
        options = dict(connection.settings_dict["OPTIONS"])
        given = options.get("options", "")
        with elsewhere({"OPTIONS": {**options, "options": f"{given} -c search_path={SCRATCH}"}}):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
                if not cursor.fetchone()[0]:
                    raise Refused("Another backup or restore is under way in this database. Try again when it is done.")
                _drop_scratch(cursor)
                cursor.execute("CREATE SCHEMA communitas_check")
            try:
                if borrow:
                    keys = _borrow(self.target)
                    _fill(folder / FOLDER, sequences=False)
                    _add(keys)
                else:
                    _migrate_to(migrations)
                    _fill(folder / FOLDER, sequences=True)
                yield
            finally:
                with connection.cursor() as cursor:
                    _drop_scratch(cursor)

    def problems(self) -> Iterator[str]:
        """Nothing: every constraint was asked while the rows were loaded."""
        return iter(())

    @contextmanager
    def sole_user(self) -> Iterator[None]:
        """Refused while another program is connected. One that comes later finds the restored rows."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
            others = cursor.fetchone()[0]
        if others:
            raise Refused(
                f"The database is in use by {others} other connections. "
                "Stop the web server and the task worker, then restore."
            )
        yield

    def any_rows(self) -> bool:
        """Whether anything of ours stands in the target."""
        return tables.any_rows()

    def put_in_place(self, mark: str, *, keep: bool) -> str:
        """Let the loaded tables take the target's place in one transaction; where the earlier ones are now."""
        quote = connection.ops.quote_name
        aside = f"before_{mark}"
        ours = tables.names()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '10s'")
            cursor.execute(f"CREATE SCHEMA {quote(aside)}")
            _move(cursor, ours, self.target, aside)
            _move(cursor, ours, SCRATCH, self.target)
            if not keep:
                cursor.execute(f"DROP SCHEMA {quote(aside)} CASCADE")
        return f"schema {aside}" if keep else ""

    def _write(self, cursor: Any, table: str, path: Path) -> None:
        columns = ", ".join(map(connection.ops.quote_name, _columns(cursor, table)))
        statement = f"COPY {connection.ops.quote_name(table)} ({columns}) TO STDOUT WITH (FORMAT csv, HEADER)"
        with path.open("wb") as raw, gzip.GzipFile("", "wb", 3, raw, mtime=0) as handle, cursor.copy(statement) as rows:
            for some in rows:
                handle.write(some)


def _fill(folder: Path, *, sequences: bool) -> None:
    found = {path.name.removesuffix(".csv.gz"): path for path in sorted(folder.glob("*.csv.gz"))}
    with transaction.atomic(), connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        strange = found.keys() - present
        if strange:
            raise NotGood([f"{FOLDER}/{name}.csv.gz is of a table that nobody knows" for name in sorted(strange)])
        cursor.execute(f"TRUNCATE {', '.join(map(connection.ops.quote_name, sorted(present)))}")
        for table, path in found.items():
            _triggers(cursor, table, "DISABLE")
            _read(cursor, table, path)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in found:
            _triggers(cursor, table, "ENABLE")
        if sequences:
            for name, last in json.loads((folder / SEQUENCES).read_text()).items():
                cursor.execute("SELECT setval(%s::regclass, %s, %s)", [f'"{name}"', last or 1, last is not None])


def _borrow(source: str) -> list[tuple[str, str, str]]:
    """Make empty tables of the shape that those of a schema have; the foreign keys they have there, for `_add`."""
    quote = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL search_path = {quote(source)}")  # so that tables are named without their schema
        found = tables.names()
        cursor.execute(
            "SELECT c.relname, k.conname, pg_get_constraintdef(k.oid) FROM pg_constraint k "
            "JOIN pg_class c ON c.oid = k.conrelid WHERE k.contype = 'f' AND c.relnamespace = %s::regnamespace "
            "ORDER BY k.oid",
            [quote(source)],
        )
        keys = [row for row in cursor.fetchall() if row[0] in found]
        for name in found:
            cursor.execute(f"CREATE TABLE {SCRATCH}.{quote(name)} (LIKE {quote(source)}.{quote(name)} INCLUDING ALL)")
    return keys


def _add(keys: Iterable[tuple[str, str, str]]) -> None:
    """Ask every foreign key of the rows that were loaded."""
    quote = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        for table, name, definition in keys:
            cursor.execute(f"ALTER TABLE {quote(table)} ADD CONSTRAINT {quote(name)} {definition}")


def _read(cursor: Any, table: str, path: Path) -> None:
    quote = connection.ops.quote_name
    with gzip.open(path, "rb") as handle:
        columns = handle.readline().decode().strip().split(",")
        named = ", ".join(quote(name.strip('"')) for name in columns)
        with cursor.copy(f"COPY {quote(table)} ({named}) FROM STDIN WITH (FORMAT csv)") as rows:
            while some := handle.read(CHUNK):
                rows.write(some)


def _columns(cursor: Any, table: str) -> list[str]:
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 "
        "AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
        [connection.ops.quote_name(table)],
    )
    return [name for (name,) in cursor.fetchall()]


def _triggers(cursor: Any, table: str, verb: str) -> None:
    """Our guards refuse rows that are as they should be, such as those of an edition that was published since."""
    cursor.execute(f"ALTER TABLE {connection.ops.quote_name(table)} {verb} TRIGGER USER")


def _migrate_to(migrations: Mapping[str, list[str]]) -> None:
    """Make the tables as they were when the backup was made."""
    executor = MigrationExecutor(connection)
    wanted = tables.standing(migrations)
    graph = executor.loader.graph
    last = [key for key in wanted if key in graph.nodes and not wanted & set(graph.node_map[key].children)]
    executor.migrate(sorted(last))


def _move(cursor: Any, ours: Iterable[str], source: str, to: str) -> None:
    quote = connection.ops.quote_name
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [source])
    there = {name for (name,) in cursor.fetchall()}
    for name in sorted(there & set(ours)):
        cursor.execute(f"ALTER TABLE {quote(source)}.{quote(name)} SET SCHEMA {quote(to)}")
    cursor.execute(
        "SELECT DISTINCT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        "JOIN pg_trigger t ON t.tgfoid = p.oid JOIN pg_class c ON c.oid = t.tgrelid "
        "JOIN pg_namespace m ON m.oid = c.relnamespace WHERE n.nspname = %s AND m.nspname = %s",
        [source, to],
    )
    for (name,) in cursor.fetchall():
        cursor.execute(f"ALTER FUNCTION {quote(source)}.{quote(name)}() SET SCHEMA {quote(to)}")


def _drop_scratch(cursor: Any) -> None:
    cursor.execute("SET client_min_messages = warning")
    cursor.execute("DROP SCHEMA IF EXISTS communitas_check CASCADE")
