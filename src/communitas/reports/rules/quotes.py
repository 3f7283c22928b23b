"""Quotations in a national report: with the community's consent, redacted, and read by two."""

import re
from collections.abc import Collection
from typing import Final

from communitas.kit.exceptions import NotAllowed
from communitas.kit.moves import Move, Moves
from communitas.kit.rulebook import rule, sentence

ASKED: Final = "asked"
CONSENTED: Final = "consented"
AGREED: Final = "agreed"
REFUSED: Final = "refused"
WITHDRAWN: Final = "withdrawn"
LONGEST: Final = 400
_LEFT_OUT = re.compile(r"\[[^\]]*\]")

QUOTE: Final = Moves(
    "Quotation",
    {
        ASKED: "Waiting for consent",
        CONSENTED: "Consented, to be read by two",
        AGREED: "May be quoted",
        REFUSED: "Not to be quoted",
        WITHDRAWN: "Withdrawn",
    },
    (
        Move(
            "consent",
            "Agree to be quoted",
            ASKED,
            CONSENTED,
            by=("community_lead",),
            sentence="Only words that wait for consent are consented to.",
        ),
        Move(
            "refuse",
            "Do not agree",
            ASKED,
            REFUSED,
            by=("community_lead",),
            sentence="Only words that wait for consent are refused.",
        ),
        Move(
            "pass",
            "They name nobody",
            CONSENTED,
            AGREED,
            by=("office",),
            when="two people have read it who did not redact it",
            sentence="Only words to which the community consented are read for the report.",
        ),
        Move(
            "turn_down",
            "Do not quote this",
            CONSENTED,
            REFUSED,
            by=("office",),
            sentence="Only words to which the community consented are turned down.",
            needs_reason=True,
        ),
        Move(
            "withdraw",
            "Withdraw the consent",
            (ASKED, CONSENTED, AGREED),
            WITHDRAWN,
            by=("community_lead", "office"),
            sentence="These words are not to be quoted already.",
        ),
    ),
)


@rule
def refuse_words(text: str) -> None:
    """A quotation has between 1 and 400 letters."""
    if not 1 <= len(text.strip()) <= LONGEST:
        raise NotAllowed(sentence(refuse_words))


@rule
def refuse_added_words(*, comment: str, text: str) -> None:
    """A quotation says what the comment says; what is left out or replaced stands in square brackets."""
    rest = _plain(comment)
    for part in _LEFT_OUT.split(text):
        words = _plain(part)
        place = rest.find(words)
        if place < 0:
            raise NotAllowed(sentence(refuse_added_words))
        rest = rest[place + len(words) :]


@rule
def refuse_reader(*, redacted_by: int, readers: Collection[int | None], by: int) -> None:
    """Two different people read a quotation, and neither is the one who redacted it."""
    if by == redacted_by or by in readers:
        raise NotAllowed(sentence(refuse_reader))


@rule
def refuse_uncounted(final: bool) -> None:
    """Words are quoted for a theme once the themes of their comment are agreed or settled."""
    if not final:
        raise NotAllowed(sentence(refuse_uncounted))


def _plain(words: str) -> str:
    return " ".join(words.split())
