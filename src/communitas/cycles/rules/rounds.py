"""A cycle as a whole: when it opens and closes, and its windows as data."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date
from typing import Any, Final

from communitas.cycles.rules.due import Windows
from communitas.kit.exceptions import NotAllowed
from communitas.kit.moves import Move, Moves
from communitas.kit.rulebook import rule, sentence

ROUND: Final = Moves(
    "States of a cycle",
    {"planned": "planned", "open": "open", "closed": "closed"},
    (
        Move("open", "Open the cycle", "planned", "open", by=("office",), sentence="A cycle is opened once."),
        Move(
            "close",
            "Close the cycle",
            "open",
            "closed",
            by=("office",),
            when="each enrolment has come to an end",
            sentence="Only an open cycle is closed.",
        ),
        Move(
            "reopen",
            "Open the cycle again",
            "closed",
            "open",
            by=("office",),
            sentence="Only a closed cycle is opened again.",
            needs_reason=True,
        ),
    ),
)
WEEKEND: Final = frozenset({5, 6})  # where a network has not said which days are off


def windows_of(*settings: Mapping[str, Any]) -> Windows:
    """The windows of the first settings that have each; names that are no window are passed over."""
    merged: dict[str, Any] = {}
    for each in settings:
        merged = {**each, **merged}
    known = {field.name for field in fields(Windows)}
    return Windows(**{name: int(value) for name, value in merged.items() if name in known})


def as_settings(windows: Windows) -> dict[str, int]:
    """The windows as the plain values that are kept with a cycle."""
    return asdict(windows)


@rule
def refuse_opening(*, name: str, taken: bool, opens_on: date, closes_on: date, published: bool) -> None:
    """A cycle has a name of its own, closes after it opens, and uses a published edition."""
    said = sentence(refuse_opening)
    if not name.strip():
        raise NotAllowed(f"{said} Please give it a name.")
    if taken:
        raise NotAllowed(f"{said} There is a cycle with this name.")
    if closes_on <= opens_on:
        raise NotAllowed(f"{said} It closes too early.")
    if not published:
        raise NotAllowed(f"{said} This edition is still a draft.")


@rule
def refuse_closing(still_open: Sequence[str]) -> None:
    """A cycle is closed when each of its enrolments has come to an end."""
    if still_open:
        named = ", ".join(still_open[:5])
        more = f" and {len(still_open) - 5} more" if len(still_open) > 5 else ""
        raise NotAllowed(f"{sentence(refuse_closing)} Still under way: {named}{more}.")


@rule
def refuse_in_closed_cycle(state: str) -> None:
    """An enrolment changes only while its cycle is open."""
    if state == "closed":
        raise NotAllowed(f"{sentence(refuse_in_closed_cycle)} The office can open the cycle again.")
