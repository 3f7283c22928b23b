"""What devices send: whether it can be read at all, and what is kept although it cannot."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from communitas.kit.rulebook import rule
from communitas.workbooks.rules.access import Writer, may_read
from communitas.workbooks.rules.events import Event, Json, Unreadable, from_payload
from communitas.workbooks.rules.registers import parse
from communitas.workbooks.rules.review import Review

PROTOCOL: Final = 1
OLDEST_PROTOCOL: Final = max(1, PROTOCOL - 3)
MOST_EVENTS: Final = 200
MOST_BYTES: Final = 1024 * 1024
DEEPEST: Final = 60  # brackets within brackets
DEVICE_LENGTH: Final = 40
NAME_LENGTH: Final = 80
PAGE: Final = 500


class Malformed(ValueError):
    """What came is no batch at all; `str()` is the sentence. Nothing of it is kept, and the device sends it again."""


class TooMuch(ValueError):
    """More at once than is taken; the device sends it in halves."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a device offered. `raw` is its JSON in plain ASCII; `event` is None where it is not readable."""

    raw: str
    event: Event | None
    event_id: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """A batch. `unsent` is how many answers still wait on the device after it."""

    device: str
    unsent: int
    items: tuple[Item, ...]


@rule
def protocol_is_known(spoken: str) -> bool:
    """This version of the app speaks to this installation: the newest protocol, or one of the three before it."""
    return spoken.isascii() and spoken.isdecimal() and len(spoken) < 6 and OLDEST_PROTOCOL <= int(spoken) <= PROTOCOL


def read_posted(content: bytes) -> Posted:
    """The batch in a body; Malformed, or TooMuch beyond 200 answers or one mebibyte.

    Whatever is one item of a readable list is kept, also when it is no event: see `Item`.
    """
    body = read_object(content)
    items = body.get("events")
    if not isinstance(items, list):
        raise Malformed("The list of answers is missing.")
    if len(items) > MOST_EVENTS:
        raise TooMuch(f"At most {MOST_EVENTS} answers are taken at once.")
    return Posted(device_of(body), count_of(body), tuple(read_item(item) for item in items))


def read_object(content: bytes, *, most: int = MOST_BYTES) -> dict[str, Any]:
    """The JSON object in a body; Malformed, or TooMuch beyond so many bytes."""
    if len(content) > most:
        raise TooMuch(f"At most {most // 1024} KiB are taken at once.")
    try:
        body = json.loads(content.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as problem:
        raise Malformed("This is not readable JSON.") from problem
    if not isinstance(body, dict) or _depth(body) > DEEPEST:
        raise Malformed("This is not a readable JSON object.")
    return body


def read_item(item: Json) -> Item:
    """One item of a batch, as an event where it is one."""
    raw = json.dumps(item, sort_keys=True, separators=(",", ":"))
    if not isinstance(item, Mapping):
        return Item(raw, None, problem="This is not an answer.")
    found = item.get("event_id")
    event_id = found[:60] if isinstance(found, str) and found.isascii() and found.isprintable() else ""
    try:
        return Item(raw, from_payload(item, author=""), event_id)
    except Unreadable as problem:
        return Item(raw, None, event_id, str(problem))


def device_of(body: Mapping[str, Json]) -> str:
    """The id under which the device is known; Malformed when it names none."""
    device = body.get("device")
    if not isinstance(device, str) or not 0 < len(device) <= DEVICE_LENGTH or not _is_plain(device):
        raise Malformed("The device does not say which one it is.")
    return device


def count_of(body: Mapping[str, Json]) -> int:
    """How many answers still wait on the device; 0 where it does not say so in a sensible way."""
    unsent = body.get("unsent", 0)
    sensible = isinstance(unsent, int) and not isinstance(unsent, bool) and 0 <= unsent < 1_000_000
    return unsent if sensible and isinstance(unsent, int) else 0


def name_of(body: Mapping[str, Json]) -> str:
    """What people call the device, shortened; empty where it has no name that can be kept."""
    name = body.get("name")
    if not isinstance(name, str):
        return ""
    return "".join(letter for letter in name.strip() if letter.isprintable())[:NAME_LENGTH]


def raw_hash(raw: str, salt: bytes) -> str:
    """SHA-256 of the salt followed by what came, for what is not an event; in hexadecimal."""
    return hashlib.sha256(salt + raw.encode("ascii")).hexdigest()


def readable_registers(registers: Collection[str], reader: Writer, review: Review) -> list[str]:
    """Those of these registers that the reader may read now; private notes are asked by their author instead."""
    return sorted(name for name in registers if name != "private_note" and may_read(parse(name), reader, review))


def view_tag(reader: Writer, review: Review) -> str:
    """A name for what this reader may read: when it changes, a device reads everything again.

    The same for the same person, role, state and reviewers who finished.
    """
    facts = [reader.person, reader.role, review.kind, review.is_discussed, review.state == "open"]
    seen = [*facts, *sorted(review.finished)]
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()[:16]


def twice_used(numbers: Collection[tuple[str, int, str]]) -> set[tuple[str, int]]:
    """The devices and numbers that two different events carry: (device, its number, event id) each."""
    first: dict[tuple[str, int], str] = {}
    return {
        (device, number)
        for device, number, event_id in numbers
        if first.setdefault((device, number), event_id) != event_id
    }


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _depth(found: Any) -> int:
    deepest, waiting = 0, [(found, 1)]
    while waiting:
        here, depth = waiting.pop()
        deepest = max(deepest, depth)
        held = here.values() if isinstance(here, dict) else here if isinstance(here, list) else ()
        waiting.extend((one, depth + 1) for one in held)
    return deepest


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable()
