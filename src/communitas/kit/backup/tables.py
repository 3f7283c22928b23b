"""The tables of the database to which queries go now, and the migrations that made them."""

from collections.abc import Iterable, Mapping

from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

MIGRATIONS = "django_migrations"


def names() -> list[str]:
    """Our tables that exist, in order; others in the same database are none of our business."""
    return sorted({*connection.introspection.django_table_names(only_existing=True, include_views=False), MIGRATIONS})


def count(tables: Iterable[str]) -> dict[str, int]:
    """The number of rows of each table."""
    counts: dict[str, int] = {}
    with connection.cursor() as cursor:
        for name in tables:
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608  # a quoted name
            counts[name] = cursor.fetchone()[0]
    return counts


def any_rows() -> bool:
    """Whether anything but the record of migrations stands in our tables, and what Django puts there by itself."""
    by_itself = {MIGRATIONS, "django_content_type", "auth_permission"}
    present = set(connection.introspection.table_names())
    return any(count(name for name in names() if name in present and name not in by_itself).values())


def applied() -> dict[str, list[str]]:
    """The migrations that were applied, by app."""
    found: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        found.setdefault(app, []).append(name)
    return found


def unapplied() -> bool:
    """Whether this program has migrations that were not applied here."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def standing(migrations: Mapping[str, list[str]]) -> set[tuple[str, str]]:
    """These migrations, and each of this program that stands for some of them, which were folded into it."""
    names = {(app, name) for app, applied in migrations.items() for name in applied}
    return names | {key for key, one in _loaded().items() if one.replaces and names.issuperset(one.replaces)}


def unknown(migrations: Mapping[str, list[str]]) -> list[str]:
    """Those migrations that this program does not have: a newer one applied them.

    Migrations that were folded into one are known where all of them were applied.
    """
    loaded = _loaded()
    known = set(loaded).union(*(loaded[key].replaces for key in standing(migrations) & loaded.keys()))
    return [f"{app}.{name}" for app, applied in migrations.items() for name in applied if (app, name) not in known]


def _loaded() -> dict[tuple[str, str], Migration]:
    return MigrationLoader(None, ignore_no_migrations=True).disk_migrations or {}
