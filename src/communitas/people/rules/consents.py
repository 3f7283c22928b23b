"""What a person may agree to, in the words they agreed to. Nothing else depends on any of them."""

from dataclasses import dataclass
from typing import Final

from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import rule, sentence


@dataclass(frozen=True, slots=True)
class Purpose:
    """One purpose: its key, its short name, and the whole wording that is kept with each answer."""

    key: str
    name: str
    wording: str


PURPOSES: Final = (
    Purpose(
        "name_to_visits",
        "My name to visit teams",
        "People of a community that I visit, or that visits mine, may read my display name with my role.",
    ),
    Purpose(
        "news",
        "News of the network",
        "The office may write to my address about events and news of the network, beside what my role needs.",
    ),
    Purpose(
        "quotes",
        "Being quoted",
        "Words that I write in a questionnaire or workbook may be quoted without my name in reports of the network.",
    ),
)


@rule
def purpose(key: str) -> Purpose:
    """Consent is asked for a named purpose, and can be taken back as easily as it was given."""
    for found in PURPOSES:
        if found.key == key:
            return found
    raise NotAllowed(sentence(purpose))
