"""What a reminder says: the office's words with what is true of each enrolment put in."""

from collections.abc import Mapping
from typing import Final

from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import rule, sentence

PLACES: Final = ("{community}", "{cycle}", "{stage}", "{due}", "{next}")
LONGEST: Final = 4000


def fill(message: str, values: Mapping[str, str]) -> str:
    """The message with each known place filled; other braces stay as they are.

    The text is walked once, so that a community called '{due}' does not pull in a date.
    """
    for place in PLACES:
        message = message.replace(place, f"\x00{place[1:-1]}\x00")
    parts = message.split("\x00")
    return "".join(values.get(part, "") if number % 2 else part for number, part in enumerate(parts))


@rule
def refuse_reminder(*, message: str, chosen: int) -> None:
    """A reminder has words, and goes to at least one community."""
    if not chosen:
        raise NotAllowed(f"{sentence(refuse_reminder)} Please choose whom to remind.")
    if not message.strip():
        raise NotAllowed(f"{sentence(refuse_reminder)} Please write the message.")
    if len(message) > LONGEST:
        raise NotAllowed(f"The message is longer than {LONGEST} letters. Please shorten it.")
