"""A sealed outbox: what a device could not send, readable by this installation alone, in a file of its own."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from communitas.kit.rulebook import rule
from communitas.workbooks.rules.sync import Malformed, read_object

VERSION: Final = 1
MOST_BYTES: Final = 8 * 1024 * 1024
MOST_INSIDE: Final = 5_000  # answers; more than one person writes in a visit


@dataclass(frozen=True, slots=True)
class Envelope:
    """What stands on the outside. Anybody can write it, so nothing of it is believed until the author has agreed."""

    key_id: str
    workbook: str
    account: str
    count: int
    iv: bytes
    sealed_key: bytes
    data: bytes


def read_envelope(content: bytes) -> Envelope:
    """The envelope of a `.wbk` file; Malformed with a sentence, TooMuch when it is larger than one."""
    body = read_object(content, most=MOST_BYTES)
    if body.get("wbk") != VERSION:
        raise Malformed("This is not a copy of answers that this office can open.")
    count = body.get("count")
    known = isinstance(count, int) and not isinstance(count, bool) and 0 < count <= MOST_INSIDE
    if not known or not isinstance(count, int):
        raise Malformed("This copy does not say how many answers it holds.")
    return Envelope(
        _text(body, "key_id"),
        _text(body, "workbook"),
        _text(body, "account"),
        count,
        _bytes(body, "iv"),
        _bytes(body, "sealed_key"),
        _bytes(body, "data"),
    )


@rule
def author_agrees(author: int, person: int) -> bool:
    """Answers that somebody brought back are added only by the person who wrote them."""
    return author == person


@rule
def author_is_gone(*, is_active: bool) -> bool:
    """A copy is handed in without its author only once the author's account is closed, and waits for a decision."""
    return not is_active


def _text(body: Mapping[str, Any], name: str) -> str:
    found = body.get(name)
    if not isinstance(found, str | int) or isinstance(found, bool) or len(str(found)) > 80:
        raise Malformed(f"This copy has no readable '{name}'.")
    return str(found)


def _bytes(body: Mapping[str, Any], name: str) -> bytes:
    try:
        return base64.b64decode(_text_of_any_length(body, name), validate=True)
    except (ValueError, binascii.Error) as wrong:
        raise Malformed(f"This copy has no readable '{name}'.") from wrong


def _text_of_any_length(body: Mapping[str, Any], name: str) -> str:
    found = body.get(name)
    if not isinstance(found, str):
        raise ValueError(name)
    return found
