"""The name that others see."""

import unicodedata
from typing import Final

from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import rule, sentence

LONGEST: Final = 60


def normalised(typed: str) -> str:
    """The name as it is kept: one way to write each letter, single spaces, none around it."""
    return " ".join(unicodedata.normalize("NFC", typed).split())


def suggested(full_name: str) -> str:
    """What a client member's account is called unless they choose otherwise: the first name alone."""
    return normalised(full_name).partition(" ")[0]


@rule
def refuse_display_name(typed: str) -> None:
    """A display name has 1 to 60 characters that can be read, and is not an address or a long number.

    Client members choose it themselves; a nickname is welcome. Addresses and numbers would say more about a
    person than others need to know, and invisible characters could imitate somebody else.
    """
    name = normalised(typed)
    hidden = any(unicodedata.category(letter) in {"Cc", "Cf", "Co", "Cs"} for letter in name)
    spells = any(letter.isalpha() for letter in name)
    digits = sum(letter.isdigit() for letter in name)
    if not 1 <= len(name) <= LONGEST or hidden or not spells or digits > 4 or "@" in name or "://" in name:
        raise NotAllowed(sentence(refuse_display_name))
