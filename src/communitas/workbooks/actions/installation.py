"""The epoch of this installation, and the key pair to which devices seal what they cannot send."""

import base64
import hashlib
from datetime import datetime
from uuid import uuid4

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.db import transaction
from django.db.models import Model

from communitas.kit import audit
from communitas.kit.models import Tenant
from communitas.people.models import Account
from communitas.workbooks.models import Epoch, ServerKey
from communitas.workbooks.queries.installation import secret_for

BITS = 3072


def epoch(*, by: Account | None = None, at: datetime) -> str:
    """The epoch that counts now; the first one is made when it is first asked for."""
    newest = Epoch.objects.first() or renew_epoch(by=by, at=at)
    return str(newest.name)


@transaction.atomic
def renew_epoch(*, by: Account | None = None, at: datetime) -> Epoch:
    """Begin a new epoch, as a restore does: every device then offers again what it still holds.

    Where a person did it, the trail of every network says so.
    """
    made = Epoch.objects.create(name=uuid4(), began_at=at)
    _tell("epoch.renew", made, by=by, at=at)
    return made


@transaction.atomic
def server_key(*, by: Account | None = None, at: datetime) -> ServerKey:
    """The key that is given out now; the first one is made when it is first asked for, which takes a moment."""
    newest = ServerKey.objects.first()
    return newest or renew_server_key(by=by, at=at)


@transaction.atomic
def renew_server_key(*, by: Account | None = None, at: datetime) -> ServerKey:
    """Make a new key pair. What was sealed to older ones can still be opened."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    public = private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    kept = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(secret_for(settings.SECRET_KEY)),
    )
    made = ServerKey.objects.create(
        key_id=hashlib.sha256(public).hexdigest(),
        spki=base64.b64encode(public).decode("ascii"),
        private=kept.decode("ascii"),
        made_at=at,
    )
    _tell("server_key.renew", made, by=by, at=at)
    return made


def _tell(verb: str, obj: Model, *, by: Account | None, at: datetime) -> None:
    for tenant in Tenant.objects.order_by("pk") if by else ():
        audit.record(tenant=tenant, verb=verb, obj=obj, by=by, at=at)
