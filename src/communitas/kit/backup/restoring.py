"""Restore a backup: checked, loaded beside the real database, renewed, then put in place at once."""

from datetime import datetime
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction

from communitas.kit import audit
from communitas.kit.backup import files, manifest
from communitas.kit.backup.checking import Say, check, engine, refuse_another_kind
from communitas.kit.backup.facts import Restored
from communitas.kit.backup.manifest import Manifest
from communitas.kit.backup.problems import NotGood, Refused
from communitas.kit.events import publish
from communitas.kit.models import Tenant


def verify(folder: Path, *, room: Path, say: Say) -> Manifest:
    """Restore a backup to scratch, check it there, and throw the scratch away; Refused when it is not good."""
    made = manifest.read(folder)
    refuse_another_kind(made)
    try:
        check(folder, made, of=engine(), room=room, say=say)
    except NotGood as problem:
        raise Refused(_damaged(problem)) from problem
    return made


def restore(folder: Path, *, replace: bool, at: datetime, say: Say) -> Manifest:
    """Put a backup in the place of this installation's database and files.

    Refused when the backup is not good, when another program uses the database, or when it holds rows and `replace` was
    not asked. Until the last step the installation stays as it was; the earlier database is kept aside.
    """
    made = manifest.read(folder)
    refuse_another_kind(made)
    of = engine()
    filled = of.any_rows()
    if filled and not replace:
        raise Refused("This installation holds data. Say --replace to put the backup in its place.")

    def put_in_place() -> None:
        _renew(made, at)
        brought = files.bring_back(folder, files.listed(folder))
        say(f"Brought back {brought:,} files that were not there")
        kept = of.put_in_place(f"{at:%Y%m%dT%H%M%S}", keep=filled)
        if kept:
            say(f"The database that was there is kept as {kept}; remove it when all is well")

    try:
        with of.sole_user():
            check(folder, made, of=of, room=of.room_beside(), say=say, then=put_in_place)
    except NotGood as problem:
        raise Refused(_damaged(problem)) from problem
    ContentType.objects.clear_cache()
    return made


@transaction.atomic
def _renew(made: Manifest, at: datetime) -> None:
    """Nobody stays signed in by an older copy; the apps renew what must not come back; each trail tells of it."""
    Session.objects.all().delete()
    publish(Restored(made_at=datetime.fromisoformat(made.made_at), at=at))
    for tenant in Tenant.objects.order_by("pk"):
        audit.record(tenant=tenant, verb="backup.restore", obj=tenant, by=None, at=at, reason=made.made_at)


def _damaged(problem: NotGood) -> str:
    return "This backup is not good:\n  " + "\n  ".join(problem.problems)
