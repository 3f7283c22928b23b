"""Copying and restoring a SQLite database. The SQL that only SQLite understands in a backup stands here."""

import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from communitas.kit.backup import tables
from communitas.kit.backup.elsewhere import elsewhere
from communitas.kit.backup.problems import Refused

FILE = "database.sqlite3"


class Sqlite:
    """One file. It is copied in one statement, and put in place by one rename."""

    name = "sqlite"

    def __init__(self) -> None:
        self.target = Path(connection.settings_dict["NAME"])
        self._loaded: Path | None = None

    @property
    def version(self) -> str:
        """The version of the database program."""
        return sqlite3.sqlite_version

    def room_beside(self) -> Path:
        """Where the copy is loaded so that a rename can put it in place."""
        return self.target.absolute().parent

    def copy(self, folder: Path) -> tuple[dict[str, int], dict[str, list[str]]]:
        """Copy one moment while others go on writing; the rows of each table and the migrations in the copy.

        VACUUM INTO reads in one transaction of the write-ahead log: writers neither wait for it nor change it.
        """
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(folder / FILE)])
        with elsewhere({"NAME": _copied(folder / FILE, folder / "counting.sqlite3")}):
            found = tables.count(tables.names()), tables.applied()
        for leftover in folder.glob("counting.sqlite3*"):
            leftover.unlink()
        return found

    @contextmanager
    def loaded(
        self, folder: Path, room: Path, migrations: Mapping[str, list[str]], *, to_stay: bool = False
    ) -> Iterator[None]:
        """Within the block, queries go to a copy of the backup's database in `room`, thrown away at the end."""
        self._loaded = _copied(folder / FILE, room / f".{self.target.name}.loading-{os.getpid()}")
        try:
            with elsewhere({"NAME": self._loaded}):
                yield
        finally:
            for leftover in room.glob(f"{self._loaded.name}*"):
                leftover.unlink()

    def problems(self) -> Iterator[str]:
        """What SQLite itself finds wrong with the loaded copy."""
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            for (said,) in cursor.fetchall():
                if said != "ok":
                    yield f"{FILE}: {said}"
            cursor.execute("PRAGMA foreign_key_check")
            for table, row, parent, _ in cursor.fetchall():
                yield f"{FILE}: row {row} of {table} names a row of {parent} that is not there"

    @contextmanager
    def sole_user(self) -> Iterator[None]:
        """Refused while another program has the target open; within the block none can begin to use it."""
        connection.close()
        self.target.absolute().parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.target, timeout=1, isolation_level=None)) as alone:
            try:
                # A database in write-ahead mode can leave it only when nobody else has it open.
                alone.execute("PRAGMA journal_mode=DELETE").fetchone()
                alone.execute("PRAGMA locking_mode=EXCLUSIVE").fetchone()
                alone.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as locked:
                raise Refused(
                    f"{self.target} is in use. Stop the web server and the task worker, then restore."
                ) from locked
            yield

    def any_rows(self) -> bool:
        """Whether anything of ours stands in the target. Ask before `sole_user`."""
        if not self.target.exists():
            return False
        found = tables.any_rows()
        connection.close()
        return found

    def put_in_place(self, mark: str, *, keep: bool) -> str:
        """Let the loaded copy take the target's place at once; where the earlier file is now, or nothing."""
        if self._loaded is None:
            raise RuntimeError("nothing is loaded")
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        kept = self.target.with_name(f"{self.target.name}.before-{mark}")
        if keep:
            os.link(self.target, kept)
        with self._loaded.open("rb+") as handle:
            os.fsync(handle.fileno())
        self._loaded.replace(self.target)
        return str(kept) if keep else ""


def _copied(source: Path, to: Path) -> Path:
    shutil.copyfile(source, to)
    return to
