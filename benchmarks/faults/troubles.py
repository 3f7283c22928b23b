"""The database is full, read-only, busy or gone: nothing is acknowledged that is not kept, and nothing is lost."""

import os
import shutil
import sqlite3
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, LiteralString

import psycopg

from benchmarks.faults.databases import Database, postgresql, sqlite
from benchmarks.faults.office import Device, Office
from benchmarks.faults.recorder import Recorder, check, limit
from benchmarks.results import Result, at_most, for_information

DEVICES = 20
TROUBLED = "benchmarks.faults.troubled"
Trouble = Callable[[Office, Database], Any]


def run(tries: int, busy: float) -> list[Result]:
    """So many posts in each trouble, on both databases; a busy database is busy for so many seconds."""
    results = []
    with TemporaryDirectory() as name, sqlite(Path(name)) as database:
        results += _each(Path(name), database, tries, busy)
    with TemporaryDirectory() as name, postgresql() as server:
        if server:
            results += _each(Path(name), server, tries, busy)
    return results


def _each(folder: Path, database: Database, tries: int, busy: float) -> list[Result]:
    office = Office(folder, database.url, threads=16)
    told = office.found(writers=DEVICES)
    troubles: dict[str, Trouble] = {
        "read-only": lambda office, database: _set_so(office, "read-only"),
        "full": _full_file if database.file else _full_tablespace,
        "gone": _file_gone if database.file else _closed_to_all,
        "busy": lambda office, database: _locked(database, busy),
    }
    results = []
    for name, trouble in troubles.items():
        found = _in_trouble(office, database, told, tries, trouble)
        results.append(
            for_information(f"{database.name} {name}", 0, "", "not tried: wants a mount of its own")
            if found is None
            else at_most(f"{database.name} {name}: false acknowledgements", found[0], "", 0, found[1])
        )
    return results


def _in_trouble(
    office: Office, database: Database, told: dict[str, Any], tries: int, trouble: Trouble
) -> tuple[int, str] | None:
    devices = [Device(person, told["edition_hash"], told["keys"]) for person in told["people"][:DEVICES]]
    recorder, statuses, waiting = Recorder(), Counter[int](), []
    office.start()
    try:
        with trouble(office, database) as able:
            if able is False:
                return None

            def bring(number: int) -> None:
                device = devices[number % DEVICES]
                event = device.event(number)
                recorder.invoke([event["event_id"]])
                status, done = device.send(office.port, [event], timeout=60)
                statuses[status] += 1
                recorder.answer(status, done)
                if not done:
                    waiting.append((device, event))

            with ThreadPoolExecutor(DEVICES) as crowd:
                list(crowd.map(bring, range(tries)))
        believed = recorder.acknowledged()
        if office.process is None:
            office.start()
        for device, event in waiting:  # the trouble is over: what was not acknowledged is sent again
            _send_again(office, device, event, recorder)
    finally:
        office.stop()
    found = check(recorder, database, ok=believed, everything=True)
    answers = ", ".join(f"{count} times {status or 'no answer'}" for status, count in sorted(statuses.items()))
    wrong = found.lost + found.doubled + found.missing
    return wrong, f"{answers}; all sent again afterwards: {limit(wrong, tries)}"


def _send_again(office: Office, device: Device, event: dict[str, Any], recorder: Recorder) -> None:
    for _ in range(20):
        status, done = device.send(office.port, [event])
        recorder.answer(status, done)
        if done:
            return
        time.sleep(0.5)


@contextmanager
def _set_so(office: Office, trouble: str) -> Iterator[None]:
    """The server's own connection is told to be in trouble, as SQLite and PostgreSQL would be by themselves."""
    office.stop()
    office.settings = TROUBLED
    os.environ["TROUBLE"] = trouble
    try:
        office.start()
        yield
    finally:
        office.stop()
        office.settings = "communitas.config.settings.prod"
        del os.environ["TROUBLE"]


def _full_file(office: Office, database: Database) -> Any:
    return _set_so(office, "full")


@contextmanager
def _full_tablespace(office: Office, database: Database) -> Iterator[bool]:
    """The events' table stands on a small disk that somebody else has filled."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        small = ["/usr/bin/mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", name]
        mounted = os.geteuid() == 0 and subprocess.run(small, check=False, capture_output=True).returncode == 0
        if not mounted:
            yield False
            return
        place = Path(name) / "space"
        place.mkdir()
        shutil.chown(place, "postgres")
        try:
            _on(database, f"CREATE TABLESPACE small LOCATION '{place}'")
            _on(database, "ALTER TABLE workbooks_event SET TABLESPACE small")
            _on(database, "ALTER TABLE workbooks_payload SET TABLESPACE small")
            with suppress(OSError), (Path(name) / "filler").open("wb") as filler:
                while True:
                    filler.write(bytes(65536))
                    filler.flush()
            yield True
            (Path(name) / "filler").unlink()
            _on(database, "ALTER TABLE workbooks_event SET TABLESPACE pg_default")
            _on(database, "ALTER TABLE workbooks_payload SET TABLESPACE pg_default")
            _on(database, "DROP TABLESPACE small")
        finally:
            subprocess.run(["/usr/bin/umount", name], check=False)


@contextmanager
def _file_gone(office: Office, database: Database) -> Iterator[None]:
    """Somebody has moved the file away."""
    assert database.file is not None
    office.stop()
    away = database.file.with_name("away.sqlite3")
    with closing(sqlite3.connect(database.file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.file.rename(away)
    office.start()
    try:
        yield
    finally:
        office.stop()
        for left in database.file.parent.glob(f"{database.file.name}*"):
            left.unlink()
        away.rename(database.file)


@contextmanager
def _closed_to_all(office: Office, database: Database) -> Iterator[None]:
    """The database takes no connections, and ends those that stand."""
    elsewhere = Database(database.name, database.url.rsplit("/", 1)[0] + "/template1")
    _on(elsewhere, "ALTER DATABASE postgres ALLOW_CONNECTIONS false")
    _on(elsewhere, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'postgres'")
    try:
        yield
    finally:
        _on(elsewhere, "ALTER DATABASE postgres ALLOW_CONNECTIONS true")


@contextmanager
def _locked(database: Database, seconds: float) -> Iterator[None]:
    """Somebody else holds what an answer wants to write, for a while."""
    held, over = threading.Event(), threading.Event()

    def hold() -> None:
        if database.file:
            with closing(sqlite3.connect(database.file, isolation_level=None, timeout=60)) as connection:
                connection.execute("BEGIN IMMEDIATE")
                held.set()
                over.wait(seconds)
                connection.execute("ROLLBACK")
        else:
            with psycopg.connect(database.url.replace("postgres://", "postgresql://")) as connection:
                connection.execute("LOCK TABLE workbooks_event IN ACCESS EXCLUSIVE MODE")
                held.set()
                over.wait(seconds)
                connection.rollback()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(60)
    try:
        yield
    finally:
        over.set()
        holder.join()


def _on(database: Database, sql: LiteralString) -> None:
    with psycopg.connect(database.url.replace("postgres://", "postgresql://"), autocommit=True) as connection:
        connection.execute(sql)
