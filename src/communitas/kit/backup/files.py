"""The people's files in a backup: copied under the same paths, each checked against the hash that is its name."""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from django.conf import settings

from communitas.kit.backup.manifest import Part, chunks_of, part_of
from communitas.kit.backup.problems import NotGood
from communitas.kit.files import relative_path
from communitas.kit.models import StoredFile

FOLDER = "files"
LIST = "files.json"
_HASH = re.compile(r"[0-9a-f]{64}")


def copy(folder: Path, *, like: Path | None) -> tuple[dict[str, Part], list[str]]:
    """Copy every kept file, and what is wrong with any. What an earlier backup `like` holds already is linked."""
    source, copied, wrong = Path(settings.MEDIA_ROOT), {}, []
    for path in _all(source):
        name = path.relative_to(source).as_posix()
        to = folder / FOLDER / name
        to.parent.mkdir(parents=True, exist_ok=True)
        try:
            part = _link(like / FOLDER / name, to, path.stat().st_size) if like else None
            copied[name] = part or _copy(path, to)
        except FileNotFoundError:  # a piece of a file on its way, whose file is whole by now
            to.unlink(missing_ok=True)
            continue
        if _HASH.fullmatch(path.name) and copied[name].sha256 != path.name:
            wrong.append(f"{FOLDER}/{name} no longer matches the hash that is its name")
    listed = {name: [part.size, part.sha256] for name, part in copied.items()}
    (folder / LIST).write_text(json.dumps(listed, indent=0), encoding="utf-8")
    return copied, wrong


def listed(folder: Path) -> dict[str, Part]:
    """The files that a backup says it holds. Paths that lead out of the folder are refused."""
    found = {name: Part(size, digest) for name, (size, digest) in json.loads((folder / LIST).read_text()).items()}
    outside = [name for name in found if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts]
    if outside:
        raise NotGood([f"{LIST} names a path outside the backup: {name}" for name in outside])
    return found


def damaged(folder: Path, found: dict[str, Part]) -> Iterator[str]:
    """What is wrong with the files of a backup, read again from its folder."""
    for name, part in found.items():
        path = folder / FOLDER / name
        if not path.is_file():
            yield f"{FOLDER}/{name} is missing"
        elif path.stat().st_size != part.size:
            yield f"{FOLDER}/{name} has {path.stat().st_size:,} bytes instead of {part.size:,}"
        elif part_of(path) != part:
            yield f"{FOLDER}/{name} was changed: its hash is another"


def missing(found: dict[str, Part]) -> Iterator[str]:
    """Files that the database names and the backup does not hold."""
    for slug, digest, name in StoredFile.objects.order_by("pk").values_list("tenant__slug", "sha256", "name"):
        path = relative_path(slug, digest)
        if path not in found or found[path].sha256 != digest:
            yield f"{FOLDER}/{path} ('{name}') is named by the database and is not in the backup"


def bring_back(folder: Path, found: dict[str, Part]) -> int:
    """Copy into the installation what it does not hold already; how many those were."""
    target, brought = Path(settings.MEDIA_ROOT), 0
    for name, part in found.items():
        to = target / name
        if to.is_file() and to.stat().st_size == part.size and part_of(to) == part:
            continue
        to.parent.mkdir(parents=True, exist_ok=True)
        beside = to.with_name(f".{to.name}.restoring")
        _copy(folder / FOLDER / name, beside)
        beside.replace(to)
        brought += 1
    return brought


def _all(source: Path) -> Iterator[Path]:
    """Every file of the folder; those that are still being written begin with a full stop."""
    if source.is_dir():
        yield from (path for path in sorted(source.rglob("*")) if path.is_file() and not path.name.startswith("."))


def _copy(path: Path, to: Path) -> Part:
    digest, size = hashlib.sha256(), 0
    with to.open("wb") as handle:
        for chunk in chunks_of(path):
            digest.update(chunk)
            size += handle.write(chunk)
        handle.flush()
        os.fsync(handle.fileno())
    shutil.copymode(path, to)
    return Part(size, digest.hexdigest())


def _link(earlier: Path, to: Path, size: int) -> Part | None:
    """Link what an earlier backup holds under the same hash; None when it does not."""
    if not _HASH.fullmatch(earlier.name) or not earlier.is_file() or earlier.stat().st_size != size:
        return None
    part = part_of(earlier)
    if part.sha256 != earlier.name:
        return None
    try:
        os.link(earlier, to)
    except OSError:  # another disk, or one without links: then it is copied
        return None
    return part
