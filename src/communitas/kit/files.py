"""Files are kept once, under their tenant and their sha256."""

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

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


def read(stored: StoredFile) -> bytes:
    """The bytes of a kept file; ValueError when they no longer match their hash."""
    with default_storage.open(_path(stored.tenant.slug, stored.sha256)) as handle:
        content: bytes = handle.read()
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        raise ValueError(f"{stored.name} no longer matches its hash")
    return content


def _path(slug: str, digest: str) -> str:
    return f"{slug}/{digest[:2]}/{digest}"
