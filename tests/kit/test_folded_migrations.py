"""Migrations that were folded into one have done its work already: in a database, and in a backup of it."""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from communitas.kit.backup import tables

pytestmark = pytest.mark.django_db
OURS = {"benchmarking", "cycles", "kit", "members", "questionnaires", "reports", "standards", "visits", "workbooks"}


@pytest.fixture
def folds() -> set[tuple[str, str]]:
    """The migrations that stand for others; the database forgets them, as if it had run those others one by one."""
    loaded = MigrationLoader(None).disk_migrations or {}
    found = {key for key, migration in loaded.items() if migration.replaces}
    for app, name in found:
        MigrationRecorder(connection).record_unapplied(app, name)
    return {key for key in found if key[0] in OURS}


def test_a_database_that_ran_them_has_nothing_left_to_run(folds: set[tuple[str, str]]) -> None:
    assert {app for app, _ in folds} == OURS
    assert not folds & set(MigrationRecorder(connection).applied_migrations())
    assert not tables.unapplied()


def test_a_backup_that_names_them_is_known_and_one_from_between_is_not(folds: set[tuple[str, str]]) -> None:
    before = tables.applied()
    between = before | {"reports": before["reports"][:-1]}

    assert tables.unknown(before) == []
    assert folds <= tables.standing(before)
    assert len(tables.unknown(between)) > 1
    assert ("reports", "0001_tables") not in tables.standing(between)
