"""The file of SQLite is checked, copied and mended by programs that know nothing of Django."""

import sqlite3

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "sqlite", reason="it is about the file of SQLite")
def test_every_table_and_index_is_plain_sql() -> None:
    wanted = "SELECT sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL ORDER BY type DESC"
    with connection.cursor() as cursor:
        made = [sql for (sql,) in cursor.execute(wanted).fetchall() if "sqlite_" not in sql]

    plain = sqlite3.connect(":memory:")
    for sql in made:
        plain.execute(sql)

    assert len(made) > 200
    assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    plain.close()
