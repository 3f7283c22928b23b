"""The private half of the installation's keys."""

import hashlib
import hmac

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.utils.encoding import force_bytes

from communitas.workbooks.models import ServerKey


def private_half(key: ServerKey) -> rsa.RSAPrivateKey:
    """The private key. ValueError when the installation's secret has changed and the old one is not among the kept."""
    problem = None
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            found = serialization.load_pem_private_key(key.private.encode("ascii"), secret_for(secret))
        except ValueError as wrong:
            problem = wrong
            continue
        if isinstance(found, rsa.RSAPrivateKey):
            return found
    raise ValueError("The key cannot be opened with this installation's secret.") from problem


def secret_for(secret: str | bytes) -> bytes:
    """The words under which private keys are kept, made of the installation's secret."""
    return hmac.new(force_bytes(secret), b"communitas.workbooks.server_key", hashlib.sha256).hexdigest().encode()
