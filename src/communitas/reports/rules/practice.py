"""The library of good practice: how an achievement gets in, and what may stand there."""

import re
from collections.abc import Iterable
from typing import Final

from communitas.kit.exceptions import NotAllowed
from communitas.kit.moves import Move, Moves
from communitas.kit.rulebook import rule, sentence

OFFERED: Final = "offered"
SHARED: Final = "shared"
RETURNED: Final = "returned"
WITHDRAWN: Final = "withdrawn"
FEW: Final = 5  # fewer communities of a type could be told apart
LONGEST: Final = 2_000

LIBRARY: Final = Moves(
    "An achievement in the library of good practice",
    {OFFERED: "Offered", SHARED: "In the library", RETURNED: "Returned", WITHDRAWN: "Withdrawn"},
    (
        Move(
            "accept",
            "Take it into the library",
            OFFERED,
            SHARED,
            by=("office",),
            sentence="Only what is offered is taken into the library.",
        ),
        Move(
            "return",
            "Give it back",
            OFFERED,
            RETURNED,
            by=("office",),
            sentence="Only what is offered is given back.",
            needs_reason=True,
        ),
        Move(
            "offer",
            "Offer it again",
            (OFFERED, RETURNED, WITHDRAWN),
            OFFERED,
            by=("community_lead",),
            sentence="What stands in the library is withdrawn before its words change.",
        ),
        Move(
            "withdraw",
            "Withdraw it",
            (OFFERED, SHARED, RETURNED),
            WITHDRAWN,
            by=("community_lead", "office"),
            sentence="This was withdrawn already.",
        ),
    ),
)


@rule
def refuse_offer(*, signed: bool, known: bool, words: str) -> None:
    """An achievement of a final report is offered to the library in words of at most 2,000 letters."""
    if not signed or not known or not words.strip() or len(words) > LONGEST:
        raise NotAllowed(sentence(refuse_offer))


@rule
def refuse_second_offer(*, offered: bool) -> None:
    """An achievement is offered to the library once; it can be withdrawn and offered again."""
    if offered:
        raise NotAllowed(sentence(refuse_second_offer))


@rule
def refuse_names(words: str, names: Iterable[str]) -> None:
    """The words of the library name no person and no community."""
    found = named(words, names)
    if found:
        raise NotAllowed(f"{sentence(refuse_names)} Please say it without: {', '.join(found)}.")


@rule
def refuse_own_decision(*, offered_by: int, by: int) -> None:
    """Somebody else than who offered it decides what stands in the library."""
    if offered_by == by:
        raise NotAllowed(sentence(refuse_own_decision))


@rule
def shows_type(communities: int) -> bool:
    """The library tells the type of a community where at least five communities of the network have it."""
    return communities >= FEW


def named(words: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names that occur in the words as whole words, in their order. Capitals of names count: 'hope' is not Hope."""
    return tuple(
        dict.fromkeys(
            name for name in names if name.strip() and re.search(rf"(?<!\w){re.escape(name.strip())}(?!\w)", words)
        )
    )
