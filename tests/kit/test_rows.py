"""The guards that migrations promise stand in the database after all of them ran.

On SQLite a later migration that rebuilds a guarded table would silently drop its triggers: it must guard it again.
"""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from communitas.kit.rows import Guard, InsertOnly, Lifted

STANDING = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}
LONGEST = 63  # characters that PostgreSQL keeps of a name


def _promised() -> set[str]:
    names: set[str] = set()
    loader = MigrationLoader(connection)
    for key in sorted(loader.disk_migrations):
        for operation in loader.disk_migrations[key].operations:
            if isinstance(operation, Lifted):
                names -= operation.trigger_names()
            elif isinstance(operation, Guard):
                names |= operation.trigger_names()
    return names


@pytest.mark.django_db
def test_every_promised_guard_stands_in_the_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute(STANDING[connection.vendor])
        standing = {name for (name,) in cursor.fetchall()}

    promised = _promised()
    assert len(promised) > 20
    assert sorted(promised - standing) == []


@pytest.mark.django_db
def test_no_name_of_a_guard_is_cut_short() -> None:
    assert [name for name in _promised() if len(name) > LONGEST] == []


def test_a_trigger_is_named_for_its_table_its_rule_and_its_verb() -> None:
    assert InsertOnly("kit_auditline").trigger_names() == {
        "kit_auditline_insert_only_update",
        "kit_auditline_insert_only_delete",
    }
