"""The audit trail: one line for each act, chained by hash so that a changed row shows."""

import hashlib
from datetime import UTC, datetime
from typing import Any

import rfc8785
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction

from communitas.kit.models import AuditLine, Tenant


@transaction.atomic
def record(
    *,
    tenant: Tenant,
    verb: str,
    obj: models.Model,
    by: AbstractBaseUser | None,
    at: datetime,
    reason: str = "",
    detail: dict[str, Any] | None = None,
) -> AuditLine:
    """Append a line to the tenant's trail. `verb` reads 'edition.publish'; `detail` holds plain JSON, ids not names.

    The tenant's row is locked until the end of the transaction, so that lines are numbered without gaps.
    """
    Tenant.objects.select_for_update().get(pk=tenant.pk)
    last = AuditLine.objects.filter(tenant=tenant).order_by("-number").first()
    line = AuditLine(
        tenant=tenant,
        number=last.number + 1 if last else 1,
        at=at,
        by_id=by.pk if by is not None else None,
        verb=verb,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        object_name=str(obj)[:200],
        reason=reason,
        detail=detail or {},
        hash_before=last.hash if last else "",
    )
    line.hash = line_hash(line)
    line.save(force_insert=True)
    return line


def line_hash(line: AuditLine) -> str:
    """sha256 of the line's canonical JSON (RFC 8785), which holds the hash of the line before it."""
    content = {
        "tenant": line.tenant_id,
        "number": line.number,
        "at": line.at.astimezone(UTC).isoformat(),  # as the database gives it back, whatever zone it came in
        "by": line.by_id,
        "verb": line.verb,
        "object": f"{line.object_type}:{line.object_id}",
        "name": line.object_name,
        "reason": line.reason,
        "detail": line.detail,
        "before": line.hash_before,
    }
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()


def first_broken_line(tenant: Tenant) -> int | None:
    """The number of the first line that does not fit the chain, or None when the whole trail holds."""
    before, expected = "", 1
    for line in AuditLine.objects.filter(tenant=tenant).order_by("number").iterator():
        if line.number != expected or line.hash_before != before or line.hash != line_hash(line):
            return expected
        before, expected = line.hash, expected + 1
    return None
