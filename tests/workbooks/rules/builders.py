"""Small makers of events, editions and reviews for the tests of the workbook's rules."""

from typing import Any
from uuid import UUID

from communitas.standards.rules.edition import Criterion, Edition, Level, Section
from communitas.workbooks.rules.events import Event
from communitas.workbooks.rules.review import Review

EDITION = Edition(
    "Core standards",
    4,
    (
        Section(
            "Daily life",
            (
                Criterion("1.1", "There is a daily meeting", Level.ESSENTIAL, key="meeting"),
                Criterion("1.2", "Members cook together", Level.EXPECTED, key="cook"),
            ),
        ),
        Section("Garden", (Criterion("2.1", "There is a garden", Level.DESIRABLE, key="garden"),)),
    ),
)
ALL = frozenset({"meeting", "cook", "garden"})


def uuid(number: int) -> str:
    """A valid random-looking id that is the same in every run."""
    return str(UUID(int=number, version=4))


def event(number: int = 1, /, **changes: Any) -> Event:
    """A self-score 'met' by Mina, with the changes asked for; `supersedes` may be numbers of other events."""
    made: dict[str, Any] = {
        "event_id": uuid(number),
        "workbook": "wb-1",
        "edition_hash": "e4",
        "criterion_key": "meeting",
        "register": "self",
        "kind": "score",
        "value": {"score": 2},
        "author": "mina",
        "device_id": "device-1",
        "device_seq": number,
        "made_at": f"2026-03-01T10:{number % 60:02}:00Z",
    } | changes
    made["supersedes"] = tuple(uuid(one) if isinstance(one, int) else one for one in made.get("supersedes", ()))
    return Event(**made)


def self_review(state: str = "open", **changes: Any) -> Review:
    """A self-review of the whole small edition."""
    return Review(**({"kind": "self_review", "state": state, "workbook": "wb-1", "edition_hash": "e4"} | _all(changes)))


def peer_review(state: str = "agreeing", **changes: Any) -> Review:
    """A peer-review of the whole small edition."""
    return Review(**({"kind": "peer_review", "state": state, "workbook": "wb-1", "edition_hash": "e4"} | _all(changes)))


def _all(changes: dict[str, Any]) -> dict[str, Any]:
    return {"applicable": ALL} | changes
