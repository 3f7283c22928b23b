"""The design of a network's local reports: its colours, its cover, its words."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import rule, sentence

Cover = Literal["circles", "plain"]
MAIN: Final = "#1d5148"
ACCENT: Final = "#98420c"
LEAST_CONTRAST: Final = 4.5
# What words in the colours stand on: white print, the card and the ground of the page, and the wash of each colour.
GROUNDS: Final = ("#ffffff", "#fffdf9", "#f7f1e6")
WASHES: Final = {"main": "#dfece6", "accent": "#fde7d0"}
_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Design:
    """How a local report looks and what the network says in it; without a number it is the house's own look.

    `logo` is the sha256 of a kept file. The four marks and the charts keep their colours in every design.
    """

    number: int = 0
    main: str = MAIN
    accent: str = ACCENT
    cover: Cover = "circles"
    welcome: str = ""
    how_to_read: str = ""
    contact: str = ""
    logo: str = ""
    logo_words: str = ""


def known_colour(colour: str, otherwise: str) -> str:
    """The colour if it is written as #1d5148, else the other: a report is made whatever stands in the database."""
    return colour if _COLOUR.fullmatch(colour) else otherwise


def contrast(one: str, other: str) -> float:
    """The contrast of two colours such as '#1d5148', from 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(colour: str, kind: Literal["main", "accent"]) -> float:
    """The contrast of words in the colour with the least favourable ground they stand on."""
    return min(contrast(colour, ground) for ground in (*GROUNDS, WASHES[kind]))


@rule
def refuse_pale_colours(*, main: str, accent: str) -> None:
    """The colours of a report are dark enough to read: a contrast of at least 4.5 to 1 with what they stand on."""
    for kind, name, colour in (("main", "main", main), ("accent", "second", accent)):
        if not _COLOUR.fullmatch(colour):
            raise NotAllowed(
                f"{sentence(refuse_pale_colours)} {colour} is no colour that we know; write it as #1d5148."
            )
        found = least_contrast(colour, "main" if kind == "main" else "accent")
        if found < LEAST_CONTRAST:
            said = f"The {name} colour {colour} has {int(found * 10) / 10:.1f}. Please choose a darker one."
            raise NotAllowed(f"{sentence(refuse_pale_colours)} {said}")


@rule
def refuse_unnamed_logo(*, logo: bool, words: str) -> None:
    """A logo has words beside it that say whose it is, for people who do not see it."""
    if logo and not words.strip():
        raise NotAllowed(sentence(refuse_unnamed_logo))


@rule
def refuse_using_again(*, in_use: bool) -> None:
    """A design is taken up only when another one is in use."""
    if in_use:
        raise NotAllowed(sentence(refuse_using_again))


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
