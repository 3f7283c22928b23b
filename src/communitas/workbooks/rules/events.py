"""An event: one thing that one person entered, kept for ever and never changed."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import rfc8785

from communitas.workbooks.rules.registers import Register, parse

# A mark of the edition's scale, not applicable, or not scored: benchmarking uses the same values higher up.
NOT_APPLICABLE: Final = "NA"
Score = int | Literal["NA"] | None

KINDS: Final = ("score", "comment", "attach", "retract", "resolve", "complete")
ORIGINS: Final = ("web", "offline", "paper", "xlsx", "factual_check", "import")
TEXT_LIMIT: Final = 20_000  # characters, as the editor counts them

_written: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_EXACT: Final = 2**53 - 1  # the largest whole number of RFC 8785

Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]
Key = tuple[str | None, str]  # criterion key or None, register as text


class Unreadable(ValueError):
    """The body is not an event at all; `str()` is the sentence."""


@dataclass(frozen=True, slots=True)
class Event:
    """One immutable event.

    `author` is the signed-in account that wrote it and `server_seq` the server's order: neither is part of
    the payload, so neither changes the hash. `made_at` is the device's clock as text, only ever shown.
    `value` is {"score": mark or "NA", "reason": text}, {"text": text}, {"file": sha256, "name": text},
    {"link": address, "name": text} or {}. A redacted event keeps its place and has an empty value.
    """

    event_id: str
    workbook: str
    edition_hash: str
    criterion_key: str | None
    register: str
    kind: str
    value: Mapping[str, Json] = field(hash=False)
    author: str
    device_id: str
    device_seq: int
    made_at: str
    supersedes: tuple[str, ...] = ()
    origin: str = "web"
    reason: str = ""
    transcribed_from: str = ""
    server_seq: int | None = None
    redacted: bool = False

    @property
    def key(self) -> Key:
        """Where in the workbook the event stands: its criterion and its register."""
        return (self.criterion_key, self.register)

    @property
    def score(self) -> Score:
        """The mark or "NA" of a score or a resolving event; None when it holds no score."""
        value = self.value.get("score")
        if value == NOT_APPLICABLE:
            return NOT_APPLICABLE
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    @property
    def text(self) -> str:
        """The words of a comment, empty when it holds none."""
        text = self.value.get("text")
        return text if isinstance(text, str) else ""

    @property
    def score_reason(self) -> str:
        """The reason given for the score, empty when there is none."""
        reason = self.value.get("reason")
        return reason if isinstance(reason, str) else self.reason


def payload(event: Event) -> dict[str, Any]:
    """What the device sends and the hash covers: everything but the author and the server's own fields."""
    return {
        "event_id": event.event_id,
        "workbook": event.workbook,
        "edition_hash": event.edition_hash,
        "criterion_key": event.criterion_key,
        "register": event.register,
        "kind": event.kind,
        "value": event.value,
        "supersedes": sorted(event.supersedes),
        "device_id": event.device_id,
        "device_seq": event.device_seq,
        "made_at": event.made_at,
        "origin": event.origin,
        "reason": event.reason,
        "transcribed_from": event.transcribed_from,
    }


def canonical(event: Event) -> bytes:
    """The payload as canonical JSON (RFC 8785); ValueError for a number or character without such a form."""
    said = payload(event)
    # Of texts and whole numbers under plain names Python's own writer makes the same bytes, several times as fast.
    return _written(said).encode() if _is_plain(event) else rfc8785.dumps(said)


def _is_plain(event: Event) -> bool:
    return (
        type(event.value) is dict
        and event.device_seq <= _EXACT
        and all(
            name.isascii() and (one is None or type(one) is str or (type(one) is int and -_EXACT <= one <= _EXACT))
            for name, one in event.value.items()
        )
    )


def event_hash(event: Event, salt: bytes) -> str:
    """SHA-256 of the salt followed by the canonical payload, in hexadecimal."""
    return hashlib.sha256(salt + canonical(event)).hexdigest()


def from_payload(body: Mapping[str, Json], *, author: str, server_seq: int | None = None) -> Event:
    """The event in a parsed body; Unreadable when a field is missing, of another type or cannot be stored.

    What is readable but out of place (wrong criterion, off the scale) is no matter of this function: see
    `checks.check`, whose findings go to quarantine instead of being refused.
    """
    criterion_key, value = body.get("criterion_key"), body.get("value")
    supersedes, device_seq = body.get("supersedes", ()), body.get("device_seq")
    if not isinstance(value, Mapping):
        raise Unreadable("The event's value is not readable.")
    if not isinstance(supersedes, list | tuple):
        raise Unreadable("The event's list of earlier answers is not readable.")
    if criterion_key is not None and not isinstance(criterion_key, str):
        raise Unreadable("The event's criterion is not readable.")
    if not isinstance(device_seq, int) or isinstance(device_seq, bool) or device_seq < 0:
        raise Unreadable("The event's number on its device is not readable.")
    event = Event(
        event_id=_text(body, "event_id"),
        workbook=_text(body, "workbook"),
        edition_hash=_text(body, "edition_hash"),
        criterion_key=criterion_key,
        register=_text(body, "register"),
        kind=_text(body, "kind"),
        value=value,
        supersedes=tuple(sorted({_name(earlier) for earlier in supersedes})),
        device_id=_text(body, "device_id"),
        device_seq=device_seq,
        made_at=_text(body, "made_at"),
        origin=_text(body, "origin", "web"),
        reason=_text(body, "reason", ""),
        transcribed_from=_text(body, "transcribed_from", ""),
        author=author,
        server_seq=server_seq,
    )
    try:
        canonical(event)
    except (ValueError, RecursionError) as problem:
        raise Unreadable("The event holds a number or a character that cannot be kept.") from problem
    if _has_null_character(payload(event)):  # PostgreSQL cannot store it, in text or in JSON
        raise Unreadable("The event holds a character that cannot be kept.")
    return event


def register_of(event: Event) -> Register:
    """The event's register; ValueError with a sentence when it names none."""
    return parse(event.register)


def _text(body: Mapping[str, Json], name: str, default: str | None = None) -> str:
    found = body.get(name, default)
    if not isinstance(found, str):
        raise Unreadable(f"The event's field '{name}' is not readable.")
    return found


def _name(earlier: Json) -> str:
    if not isinstance(earlier, str):
        raise Unreadable("The event's list of earlier answers is not readable.")
    return earlier


def _has_null_character(found: Json) -> bool:
    if isinstance(found, str):
        return "\0" in found
    if isinstance(found, Mapping):
        return any(_has_null_character(name) or _has_null_character(held) for name, held in found.items())
    return isinstance(found, Sequence) and any(_has_null_character(held) for held in found)
