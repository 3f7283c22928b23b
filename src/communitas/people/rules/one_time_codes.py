"""Printed one-time codes, with which a person without e-mail signs in for the first time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import rule, sentence

# No 0 O, 1 I L, 2 Z, 5 S, 8 B, U V: a printed code is read aloud and copied by hand.
# Neither vowels: it spells nothing.
ALPHABET: Final = "CDFGHJKMNPQRTWXY34679"
LENGTH: Final = 10
GROUP: Final = 5
VALID_FOR: Final = timedelta(days=14)
MOST_TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class OneTimeCode:
    """What is known of a code, but not the code itself, of which only a hash is kept."""

    made_at: datetime
    wrong_tries: int = 0
    used_at: datetime | None = None

    @property
    def expires_at(self) -> datetime:
        """The moment from which it no longer works."""
        return self.made_at + VALID_FOR


def make_code(random_bytes: bytes) -> str:
    """A code such as 'CDFGH-JKMNP' from 16 random bytes or more; the same bytes give the same code."""
    if len(random_bytes) < 16:
        raise ValueError("A one-time code is made from at least 16 random bytes.")
    number = int.from_bytes(random_bytes, "big")
    letters = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "-".join("".join(letters[start : start + GROUP]) for start in range(0, LENGTH, GROUP))


def normalised(typed: str) -> str:
    """A typed code as it is compared: capital letters, without spaces and hyphens."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


@rule
def refuse_code(code: OneTimeCode, *, at: datetime) -> None:
    """A one-time code works once, for 14 days, and for no more than 5 wrong tries.

    Ask before comparing what was typed, so that a code that no longer works answers the same to everybody.
    """
    if code.used_at is not None or at >= code.expires_at or code.wrong_tries >= MOST_TRIES:
        raise NotAllowed(f"{sentence(refuse_code)} Please ask your community lead for a new one.")
