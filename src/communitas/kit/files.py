"""Files are kept once, under their tenant and their sha256."""

import hashlib
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, default_storage

from communitas.kit.models import StoredFile, Tenant


def put(*, tenant: Tenant, content: bytes, name: str, media_type: str, at: datetime) -> StoredFile:
    """Keep the bytes; the same bytes under the same name are the same file."""
    digest = hashlib.sha256(content).hexdigest()
    path = _path(tenant.slug, digest)
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(content))
    stored, _ = StoredFile.objects.get_or_create(
        tenant=tenant,
        sha256=digest,
        name=name[:200],
        defaults={"media_type": media_type, "size": len(content), "kept_at": at},
    )
    return stored


def put_file(*, tenant: Tenant, path: Path, sha256: str, name: str, media_type: str, at: datetime) -> StoredFile:
    """Keep the file at a path, whose hash the caller has just read; it goes piece by piece and is on the disk after."""
    place = _path(tenant.slug, sha256)
    if default_storage.exists(place) and digest_of(default_storage.open(place)) != sha256:
        default_storage.delete(place)  # a machine that stopped while it wrote leaves half a file behind
    if not default_storage.exists(place):
        with path.open("rb") as handle:
            default_storage.save(place, File(handle))
        _force_to_disk(place)
    stored, _ = StoredFile.objects.get_or_create(
        tenant=tenant,
        sha256=sha256,
        name=name[:200],
        defaults={"media_type": media_type, "size": path.stat().st_size, "kept_at": at},
    )
    return stored


def pieces(stored: StoredFile, part: range | None = None) -> Iterator[bytes]:
    """The bytes of a kept file, or of a part of it, piece by piece.

    ValueError at once when the whole file no longer matches its hash.
    """
    place = _path(stored.tenant.slug, stored.sha256)
    if digest_of(default_storage.open(place)) != stored.sha256:
        raise ValueError(f"{stored.name} no longer matches its hash")
    return _pieces(place, part if part is not None else range(stored.size))


def _pieces(place: str, part: range) -> Iterator[bytes]:
    with default_storage.open(place) as handle:
        handle.seek(part.start)
        for start in range(part.start, part.stop, File.DEFAULT_CHUNK_SIZE):
            yield handle.read(min(File.DEFAULT_CHUNK_SIZE, part.stop - start))


def digest_of(handle: File[bytes]) -> str:
    """The sha256 of an open file, read piece by piece; the file is closed."""
    digest = hashlib.sha256()
    with handle:
        for piece in handle.chunks():
            digest.update(piece)
    return digest.hexdigest()


def _force_to_disk(place: str) -> None:
    if isinstance(default_storage, FileSystemStorage):
        with open(default_storage.path(place), "rb") as handle:  # noqa: PTH123  # a path of the storage is a text
            os.fsync(handle.fileno())


def read(stored: StoredFile) -> bytes:
    """The bytes of a kept file; ValueError when they no longer match their hash."""
    with default_storage.open(_path(stored.tenant.slug, stored.sha256)) as handle:
        content: bytes = handle.read()
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        raise ValueError(f"{stored.name} no longer matches its hash")
    return content


def matches(stored: StoredFile) -> bool:
    """Whether the bytes of a kept file are there and still have its hash."""
    return found_hash(stored) == stored.sha256


def found_hash(stored: StoredFile) -> str:
    """The sha256 of the bytes that lie there now; empty when the file is gone."""
    try:
        return digest_of(default_storage.open(_path(stored.tenant.slug, stored.sha256)))
    except FileNotFoundError:
        return ""


def relative_path(slug: str, digest: str) -> str:
    """Where a tenant's file of this hash stands in the folder of files."""
    return _path(slug, digest)


def _path(slug: str, digest: str) -> str:
    return f"{slug}/{digest[:2]}/{digest}"
