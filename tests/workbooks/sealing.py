"""Seals an outbox as a device does, with the public key that the server gave out."""

import base64
import json
import secrets
from collections.abc import Sequence
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


def sealed(key: dict[str, str], events: Sequence[Any], **changes: Any) -> bytes:
    """A `.wbk` file; `key` as the token gives it, `changes` to the envelope."""
    public = serialization.load_der_public_key(base64.b64decode(key["spki"]))
    assert isinstance(public, rsa.RSAPublicKey)
    secret, iv = AESGCM.generate_key(256), secrets.token_bytes(12)
    oaep = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
    inside = json.dumps({"device": "tablet", "events": list(events)}).encode()
    envelope = {
        "wbk": 1,
        "key_id": key["id"],
        "count": len(events),
        "made_at": "2027-01-20T10:00:00Z",
        "iv": _text(iv),
        "sealed_key": _text(public.encrypt(secret, oaep)),
        "data": _text(AESGCM(secret).encrypt(iv, inside, None)),
    }
    return json.dumps(envelope | changes).encode()


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
