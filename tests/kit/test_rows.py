"""The guards that migrations promise stand in the database after all of them ran.

On SQLite a later migration that rebuilds a guarded table would silently drop its triggers: it must guard it again.
"""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

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


def _standing() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(STANDING[connection.vendor])
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db
def test_every_promised_guard_stands_in_the_database() -> None:
    promised = _promised()
    assert len(promised) > 20
    assert sorted(promised - _standing()) == []


@pytest.mark.django_db
def test_no_name_of_a_guard_is_cut_short() -> None:
    assert [name for name in _promised() if len(name) > LONGEST] == []


def test_a_trigger_is_named_for_its_table_its_rule_and_its_verb() -> None:
    assert InsertOnly("kit_auditline").trigger_names() == {
        "kit_auditline_insert_only_update",
        "kit_auditline_insert_only_delete",
    }


@pytest.mark.django_db
def test_a_lifted_guard_is_gone_until_it_is_set_again() -> None:
    guard = InsertOnly("kit_auditline")
    lifted, state, editor = Lifted(guard), ProjectState(), connection.schema_editor()

    lifted.database_forwards("kit", editor, state, state)
    between = _standing()
    guard.database_forwards("kit", editor, state, state)

    assert not guard.trigger_names() & between
    assert guard.trigger_names() <= _standing()
