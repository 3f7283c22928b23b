"""The epoch of this installation, and the key pair to which devices seal what they cannot send."""

import base64
import hashlib
import hmac
from datetime import datetime
from uuid import uuid4

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.db import transaction
from django.utils.encoding import force_bytes

from communitas.workbooks.models import Epoch, ServerKey

BITS = 3072


def epoch(*, at: datetime) -> str:
    """The epoch that counts now; the first one is made when it is first asked for."""
    newest = Epoch.objects.first() or renew_epoch(at=at)
    return str(newest.name)


def renew_epoch(*, at: datetime) -> Epoch:
    """Begin a new epoch, as a restore does: every device then offers again what it still holds."""
    return Epoch.objects.create(name=uuid4(), began_at=at)


@transaction.atomic
def server_key(*, at: datetime) -> ServerKey:
    """The key that is given out now; the first one is made when it is first asked for, which takes a moment."""
    newest = ServerKey.objects.first()
    return newest or renew_server_key(at=at)


def renew_server_key(*, at: datetime) -> ServerKey:
    """Make a new key pair. What was sealed to older ones can still be opened."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    public = private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    kept = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(_secret(settings.SECRET_KEY)),
    )
    return ServerKey.objects.create(
        key_id=hashlib.sha256(public).hexdigest(),
        spki=base64.b64encode(public).decode("ascii"),
        private=kept.decode("ascii"),
        made_at=at,
    )


def private_half(key: ServerKey) -> rsa.RSAPrivateKey:
    """The private key. ValueError when the installation's secret has changed and the old one is not among the kept."""
    problem = None
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            found = serialization.load_pem_private_key(key.private.encode("ascii"), _secret(secret))
        except ValueError as wrong:
            problem = wrong
            continue
        if isinstance(found, rsa.RSAPrivateKey):
            return found
    raise ValueError("The key cannot be opened with this installation's secret.") from problem


def _secret(secret: str | bytes) -> bytes:
    return hmac.new(force_bytes(secret), b"communitas.workbooks.server_key", hashlib.sha256).hexdigest().encode()
