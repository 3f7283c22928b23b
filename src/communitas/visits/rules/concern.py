"""A serious concern: apart from the report, in somebody's hands the same day, every step written down."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from communitas.cycles.rules.calendar import end_of_day, local_day
from communitas.kit.moves import Move, Moves
from communitas.kit.rulebook import rule

CONCERN: Final = Moves(
    "Serious concern",
    {
        "raised": "Waits for an answer",
        "escalated": "Passed on to the second person",
        "acknowledged": "In hand",
        "closed": "Closed",
    },
    (
        Move(
            "acknowledge",
            "I have it in hand",
            ("raised", "escalated"),
            "acknowledged",
            ("office",),
            "by the person named for safeguarding",
            "This concern is in somebody's hands already.",
        ),
        Move(
            "escalate",
            "Pass on to the second person",
            "raised",
            "escalated",
            (),
            "nobody has acknowledged it by the end of the day",
            "Only a concern that nobody has acknowledged is passed on.",
        ),
        Move(
            "add_step",
            "Write down a step",
            ("acknowledged",),
            None,
            ("office",),
            sentence="Say first that you have it in hand.",
            needs_reason=True,
        ),
        Move(
            "close",
            "Close the concern",
            "acknowledged",
            "closed",
            ("office",),
            "what came of it is written down",
            "Say first that you have it in hand.",
            needs_reason=True,
        ),
        Move(
            "reopen",
            "Open it again",
            "closed",
            "acknowledged",
            ("office",),
            sentence="Only a closed concern is opened again.",
            needs_reason=True,
        ),
    ),
)
WAITING: Final = frozenset({"raised", "escalated"})


def acknowledge_by(raised_at: datetime, *, hours: int, zone: ZoneInfo) -> datetime:
    """Until when somebody says that it is in hand: so many hours later, and never after the end of the day."""
    return min(raised_at + timedelta(hours=hours), escalates_at(raised_at, zone=zone))


def escalates_at(raised_at: datetime, *, zone: ZoneInfo) -> datetime:
    """The end of the day on which the concern was raised, by the network's clocks."""
    return end_of_day(local_day(raised_at, zone), zone)


@rule
def is_due_for_escalation(state: str, escalates_at: datetime, now: datetime) -> bool:
    """A concern that nobody has acknowledged by the end of its day goes to the office's second person."""
    return state == "raised" and now >= escalates_at


@rule
def says_what_was_seen(seen: str) -> bool:
    """A concern says what was seen or heard."""
    return bool(seen.strip())
