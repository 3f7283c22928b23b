"""The national figures of a cycle: frozen, released by a second person, and never published twice."""

from collections.abc import Collection
from typing import Final

from communitas.kit.exceptions import NotAllowed
from communitas.kit.moves import Move, Moves
from communitas.kit.rulebook import rule, sentence

FROZEN: Final = "frozen"
RELEASED: Final = "released"
SUPERSEDED: Final = "superseded"

RELEASE: Final = Moves(
    "National figures",
    {FROZEN: "Frozen, not public", RELEASED: "Released", SUPERSEDED: "Frozen anew since"},
    (
        Move(
            "release",
            "Release the figures",
            FROZEN,
            RELEASED,
            by=("office",),
            when="the last check of disclosure control found nothing",
            sentence="Only frozen figures that were not frozen anew since can be released.",
            second_person=True,
        ),
        Move(
            "supersede",
            "Freeze the figures anew",
            FROZEN,
            SUPERSEDED,
            by=("office",),
            sentence="The figures of this cycle were released. Please write a correction in words instead.",
        ),
    ),
)


@rule
def refuse_without_scores(communities: int) -> None:
    """Figures are frozen once at least one community of the cycle has a signed report or imported scores."""
    if not communities:
        raise NotAllowed(sentence(refuse_without_scores))


@rule
def refuse_second_publication(states: Collection[str]) -> None:
    """The figures of a cycle are released once, because two versions would show what a single community changed."""
    if RELEASED in states:
        raise NotAllowed(sentence(refuse_second_publication))


@rule
def refuse_what_failed(failures: Collection[str]) -> None:
    """Figures are released only when the last check of disclosure control found nothing."""
    if failures:
        raise NotAllowed(sentence(refuse_what_failed))


@rule
def refuse_other_figures(signed: str, found: str) -> None:
    """The second person releases exactly the figures that the first one proposed."""
    if signed != found:
        raise NotAllowed(sentence(refuse_other_figures))


@rule
def refuse_while_reopened(communities: Collection[str]) -> None:
    """The figures of a cycle are released only when none of its reviews is reopened.

    `communities` are the names of those whose self-review or peer-review is open again.
    """
    if communities:
        names = ", ".join(sorted(communities))
        raise NotAllowed(f"{sentence(refuse_while_reopened)} Open again: {names}.")


@rule
def refuse_overtaken(*, corrected: Collection[str], taken_back: int) -> None:
    """Figures are released only while all marks that they count still stand; after a correction they are frozen anew.

    `corrected` are the names of communities whose counted marks changed since the figures were frozen; `taken_back` is
    how many have no marks any more. Nobody outside the office has seen frozen figures, so freezing them anew tells
    nothing of a single community.
    """
    if corrected or taken_back:
        names = f" Corrected since: {', '.join(sorted(corrected))}." if corrected else ""
        raise NotAllowed(f"{sentence(refuse_overtaken)}{names}")


@rule
def refuse_used_import(released: bool) -> None:
    """Imported scores can be undone until national figures are released from them."""
    if released:
        raise NotAllowed(sentence(refuse_used_import))
