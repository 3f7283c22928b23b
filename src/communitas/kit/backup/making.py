"""Make a backup: copied beside its place, checked, then renamed, so that what has the name is good."""

import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from communitas.kit.backup import files, manifest
from communitas.kit.backup.checking import Say, check, engine
from communitas.kit.backup.manifest import Manifest, part_of
from communitas.kit.backup.problems import NotGood, Refused

NOT_GOOD = "not-good"


def make(out: Path, *, like: Path | None, version: str, at: datetime, say: Say) -> Manifest:
    """Make the backup `out`, which must be absent or an empty folder.

    A copy that is found wrong is kept beside it with the ending '.not-good', and NotGood tells what is wrong.
    """
    _refuse_filled(out)
    if like is not None:
        manifest.read(like)
    out = out.absolute()
    out.parent.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    try:
        made = _write(place, like=like, version=version, at=at, say=say)
        _flush(place)
        place.rename(out)
        _sync(out.parent)
    except NotGood:
        shutil.rmtree(out.with_name(f"{out.name}.{NOT_GOOD}"), ignore_errors=True)
        place.rename(out.with_name(f"{out.name}.{NOT_GOOD}"))
        raise
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return made


def _write(place: Path, *, like: Path | None, version: str, at: datetime, say: Say) -> Manifest:
    of = engine()
    say("Copying the database")
    counts, migrations = of.copy(place)  # the database first: files are only added, so each that it names is there
    say("Copying the files")
    copied, wrong = files.copy(place, like=like)
    made = Manifest(
        made_at=at.astimezone(UTC).isoformat(),
        version=version,
        engine=of.name,
        database_version=of.version,
        migrations=migrations,
        tables=counts,
        files=len(copied),
        bytes_of_files=sum(part.size for part in copied.values()),
        parts={name: part_of(place / name) for name in _parts(place)},
    )
    manifest.write(place, made)
    if wrong:
        raise NotGood(wrong)
    room = Path(tempfile.mkdtemp(prefix=".check.", dir=place.parent))
    try:
        check(place, made, of=of, room=room, say=say)
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return made


def _parts(place: Path) -> list[str]:
    """Every file of the backup but the people's own, which stand in a list that is itself a part."""
    found = (path.relative_to(place) for path in sorted(place.rglob("*")) if path.is_file())
    return [path.as_posix() for path in found if path.parts[0] != files.FOLDER]


def _refuse_filled(out: Path) -> None:
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise Refused(f"{out} is not a folder. Name one that is absent or empty.")
    if out.is_dir() and any(out.iterdir()):
        raise Refused(f"{out} is not empty. Name a folder that is absent or empty.")


def _flush(place: Path) -> None:
    """Bring what was written to the disk before it gets its name."""
    for path in [*(one for one in place.rglob("*") if files.FOLDER not in one.parts or one.is_dir()), place]:
        _sync(path)


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
