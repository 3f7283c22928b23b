"""Names with which people sign in where they have no e-mail address."""

import re
from collections.abc import Collection
from typing import Final

from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import rule, sentence

SHORTEST: Final = 3
LONGEST: Final = 30
_USERNAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])")


def normalised(typed: str) -> str:
    """The username as it is kept and compared: small letters, without spaces around it."""
    return typed.strip().casefold()


@rule
def refuse_username(typed: str, taken: Collection[str] = ()) -> None:
    """A username has 3 to 30 small letters, digits, dots, hyphens or underscores, and is nobody else's.

    It starts and ends with a letter or digit and has no @, so that it is never taken for an address.
    `taken` are the usernames of the installation, normalised.
    """
    name = normalised(typed)
    if not SHORTEST <= len(name) <= LONGEST or not _USERNAME.fullmatch(name):
        raise NotAllowed(sentence(refuse_username))
    if name in taken:
        raise NotAllowed(f"{sentence(refuse_username)} '{name}' is taken.")
