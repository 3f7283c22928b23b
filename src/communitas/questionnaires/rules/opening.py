"""When a questionnaire takes answers, and how a person answers only once without being known."""

from datetime import date
from typing import Final

from communitas.kit.exceptions import NotAllowed
from communitas.kit.moves import Move, Moves
from communitas.kit.rulebook import rule, sentence

OPEN, CLOSED, RELEASED = "open", "closed", "released"
OPENING: Final = Moves(
    name="Opening of a questionnaire",
    states={OPEN: "open", CLOSED: "closed", RELEASED: "released"},
    moves=(
        Move(
            "close",
            "Close early",
            OPEN,
            CLOSED,
            by=("community_lead", "office"),
            sentence="Only a questionnaire that is open can be closed.",
        ),
        Move(
            "extend",
            "Change the window",
            (OPEN, CLOSED),
            OPEN,
            by=("office",),
            sentence="The window changes only until the answers are released.",
        ),
        Move(
            "release",
            "Release the answers",
            (OPEN, CLOSED),
            RELEASED,
            by=("office",),
            when="at or after the end of the window",
            sentence="These answers were released already. Released figures never change.",
        ),
    ),
)
QUESTIONNAIRE: Final = Moves(
    name="Questionnaire",
    states={"draft": "draft", "published": "published", "superseded": "superseded"},
    moves=(
        Move(
            "publish",
            "Publish",
            "draft",
            "published",
            by=("office",),
            sentence="Only a draft is published. A published questionnaire never changes; copy it to a new version.",
        ),
        Move(
            "supersede",
            "Supersede",
            "published",
            "superseded",
            by=("office",),
            sentence="Only a published questionnaire is followed by a new version.",
        ),
    ),
)
MOST_SLIPS: Final = 200
WAYS: Final = ("link", "kiosk", "signed_in", "paper", "audit")
LATE: Final = (
    "The answers to this questionnaire have been released, so nothing can be added. "
    "Please keep the paper out: do not type it in, and destroy it as your community does with confidential paper."
)


@rule
def refuse_reply(state: str, opens_on: date, closes_on: date, today: date, *, by_office: bool = False) -> None:
    """Answers are taken while the window is open; the office types in paper until the answers are released."""
    if state == RELEASED:
        raise NotAllowed(LATE)
    if by_office:
        return
    if state != OPEN or today > closes_on:
        raise NotAllowed("This questionnaire is closed. Thank you for wanting to answer.")
    if today < opens_on:
        raise NotAllowed(f"This questionnaire opens on {opens_on:%d %B %Y}.")


@rule
def refuse_window(opens_on: date, closes_on: date) -> None:
    """A window ends after it begins."""
    if closes_on <= opens_on:
        raise NotAllowed(sentence(refuse_window))


@rule
def refuse_slips(wanted: int) -> None:
    """Between 1 and 200 slips are printed at a time."""
    if not 1 <= wanted <= MOST_SLIPS:
        raise NotAllowed(sentence(refuse_slips))


@rule
def refuse_withdrawal(state: str) -> None:
    """Answers can be taken back until they are released; then nothing links them to anybody."""
    if state == RELEASED:
        raise NotAllowed(
            "These answers have been released. Only counts are left, and nothing links them to you any more, "
            "so they cannot be taken back."
        )


def month_of(day: date) -> date:
    """The first of the month: no finer time is kept of an answer."""
    return day.replace(day=1)
