"""A thread that has the write lock is never held up by what a waiting thread left behind."""

import gc
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler
from pytest_django.plugin import DjangoDbBlocker

from communitas.config.env import sqlite
from communitas.kit.sqlite3.base import DatabaseWrapper


def connect(path: Path, timeout: float) -> DatabaseWrapper:
    """A connection of its own, which any thread may close."""
    settings = sqlite(path) | {"CONN_HEALTH_CHECKS": False}
    settings["OPTIONS"] = settings["OPTIONS"] | {"timeout": timeout}
    connection = ConnectionHandler({"default": settings})["default"]
    connection.inc_thread_sharing()
    assert isinstance(connection, DatabaseWrapper)
    return connection


@pytest.fixture
def collector(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Collect garbage only when the test says so. It opens a database of its own."""
    gc.collect()
    gc.disable()
    with django_db_blocker.unblock():
        yield
    gc.enable()


@pytest.mark.usefixtures("collector")
def test_collecting_what_a_waiting_thread_left_does_not_wait_for_that_thread(tmp_path: Path) -> None:
    holder, waiting = connect(tmp_path / "one.sqlite3", 0.1), connect(tmp_path / "one.sqlite3", 0.1)
    kept: list[BaseException] = []
    outcome: list[str] = []
    begun = threading.Event()

    def wait_twice() -> None:
        try:
            begin(waiting)
        except OperationalError as problem:
            kept.append(problem)  # as whoever answers a request keeps it for a while
        waiting.connection.execute("PRAGMA busy_timeout = 5000")
        begun.set()
        try:
            begin(waiting)
            outcome.append("begun")
        except OperationalError as problem:
            outcome.append(str(problem))

    begin(holder)
    thread = threading.Thread(target=wait_twice)
    thread.start()
    begun.wait(10)
    threading.Event().wait(0.3)  # the second BEGIN waits by now
    kept.clear()
    gc.collect()
    holder.rollback()
    holder.set_autocommit(True)
    thread.join(20)

    assert outcome == ["begun"]
    waiting.rollback()
    for each in (holder, waiting):
        each.close()


def begin(connection: DatabaseWrapper) -> None:
    """Begin a transaction as `atomic` does."""
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
