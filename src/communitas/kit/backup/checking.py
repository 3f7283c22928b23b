"""A backup is good when it was loaded beside the real database and everything that must hold held there."""

from collections.abc import Callable, Iterator
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from communitas.kit import invariants
from communitas.kit.backup import files, tables
from communitas.kit.backup.manifest import Manifest, Part, refuse_damaged_parts
from communitas.kit.backup.postgresql import Postgresql
from communitas.kit.backup.problems import NotGood, Refused
from communitas.kit.backup.sqlite import Sqlite

Say = Callable[[str], None]
Engine = Sqlite | Postgresql
MOST_TOLD = 20


def engine() -> Engine:
    """The engine of this installation's database."""
    return Postgresql() if connection.vendor == "postgresql" else Sqlite()


def refuse_another_kind(manifest: Manifest) -> None:
    """A backup is restored into the kind of database that it was made of, by a program that knows its tables."""
    if manifest.engine != connection.vendor:
        raise Refused(
            f"This backup is of {manifest.engine} and this installation uses {connection.vendor}. "
            "Set DATABASE_URL to a database of the backup's kind."
        )
    unknown = tables.unknown(manifest.migrations)
    if unknown:
        raise Refused(
            f"This backup was made by a newer version ({manifest.version}): this program does not know "
            f"{', '.join(unknown[:3])}{' and others' if len(unknown) > 3 else ''}. Install that version first."
        )


def check(
    folder: Path, manifest: Manifest, *, of: Engine, room: Path | None, say: Say, then: Callable[[], None] | None = None
) -> None:
    """Load the backup beside the real database and ask everything; NotGood with what does not hold.

    `then` is called while the copy is loaded, brought up to this program's tables, and found good.
    """
    say("Checking the hash of each part")
    refuse_damaged_parts(folder, manifest)
    found = files.listed(folder)
    _refuse(files.damaged(folder, found))
    say("Loading the copy beside the real database")
    with of.loaded(folder, room or folder, manifest.migrations, to_stay=then is not None):
        _refuse(of.problems())
        _refuse(_other_counts(manifest))
        if tables.unapplied():
            say("Bringing the copy up to this version")
            call_command("migrate", verbosity=0, interactive=False)
        _refuse(_not_holding(found, say))
        if then is not None:
            then()


def _other_counts(manifest: Manifest) -> Iterator[str]:
    present = set(connection.introspection.table_names())
    for table in manifest.tables.keys() - present:
        yield f"the table {table} is missing"
    for table, rows in tables.count(manifest.tables.keys() & present).items():
        if rows != manifest.tables[table]:
            yield f"the table {table} has {rows:,} rows instead of {manifest.tables[table]:,}"


def _not_holding(found: dict[str, Part], say: Say) -> Iterator[str]:
    yield from files.missing(found)
    for name, title in invariants.titles(but={"files"}).items():
        say(f"Checking: {title[:1].lower()}{title[1:]}")
        yield from (one.what for one in invariants.broken(name))


def _refuse(problems: Iterator[str]) -> None:
    told = list(problems)
    if len(told) > MOST_TOLD:
        told = [*told[:MOST_TOLD], f"and {len(told) - MOST_TOLD} more of this kind"]
    if told:
        raise NotGood(told)
