"""Make the demo network's database, once for each version of the code that makes it."""

import hashlib
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import monotonic

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connections

PACKAGE = Path(__file__).resolve().parents[1]
Say = Callable[[str], None]
GOOD_FOR = 7  # days; then what was due this week is late, and the network is made anew


def make_unless_made(*, today: date, seed: int, fresh: bool, say: Say) -> None:
    """Build the network unless this code built it already for the seed; it is built beside and renamed when whole."""
    folder: Path = settings.VAR
    mark = folder / "made-of.txt"
    made_of = f"{fingerprint()} seed {seed}"
    if not fresh and mark.exists() and _still_good(mark.read_text(), made_of, today):
        return
    say("Making the demo network (about a minute, once)")
    started = monotonic()
    for leftover in (mark, *folder.glob("*.sqlite3*")):
        leftover.unlink(missing_ok=True)
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    beside = _beside(folder)
    django.setup()
    call_command("migrate", verbosity=0)
    from communitas.demo.network import build  # its models are ready only after setup

    build(today=today, seed=seed, say=say)
    connections.close_all()
    beside.rename(folder / "demo.sqlite3")
    mark.write_text(f"{made_of}\n{today.isoformat()}\n")
    say(f"Made in {monotonic() - started:.0f} seconds")


def _still_good(mark: str, made_of: str, today: date) -> bool:
    """A network is served again while the same code makes it and it is still in the middle of its year."""
    same, _, day = mark.strip().partition("\n")
    return same == made_of and bool(day) and abs((today - date.fromisoformat(day)).days) < GOOD_FOR


def _beside(folder: Path) -> Path:
    """Point this process at a file of its own. It need not survive a power cut: then the network is made anew."""
    database = settings.DATABASES["default"]
    database["NAME"] = folder / "building.sqlite3"
    command = database["OPTIONS"]["init_command"]
    database["OPTIONS"]["init_command"] = command.replace("synchronous=FULL", "synchronous=OFF")
    return folder / "building.sqlite3"


def fingerprint() -> str:
    """A hash of what decides how the network looks: the tables and the demo's own files."""
    digest = hashlib.sha256()
    parts = [*PACKAGE.glob("*/migrations/*.py"), *PACKAGE.glob("demo/**/*.py"), *PACKAGE.glob("demo/data/**/*.yaml")]
    for path in sorted(parts):
        digest.update(path.relative_to(PACKAGE).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
