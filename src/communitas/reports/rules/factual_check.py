"""The host's factual check of a draft report, point by point, and what is decided on each point."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from communitas.kit.exceptions import NotAllowed
from communitas.kit.moves import Move, Moves
from communitas.kit.rulebook import rule, sentence
from communitas.standards.rules.edition import Scale

OPEN: Final = "open"
ACCEPTED: Final = "accepted"
DECLINED: Final = "declined"
NOTED: Final = "noted"
WITHDRAWN: Final = "withdrawn"

POINT: Final = Moves(
    "Point of a factual check",
    {OPEN: "Open", ACCEPTED: "Accepted", DECLINED: "Declined", NOTED: "Noted", WITHDRAWN: "Withdrawn"},
    (
        Move(
            "accept",
            "Accept the point",
            OPEN,
            ACCEPTED,
            by=("office",),
            when="by someone who was not on the visit",
            sentence="A point is accepted while it is open.",
            needs_reason=True,
        ),
        Move(
            "decline",
            "Decline the point",
            OPEN,
            DECLINED,
            by=("office",),
            when="by someone who was not on the visit",
            sentence="A point is declined while it is open.",
            needs_reason=True,
        ),
        Move(
            "note",
            "Take note of the comment",
            OPEN,
            NOTED,
            by=("office",),
            when="it is a comment of the review team, by someone who was not on the visit",
            sentence="A comment is noted while it is open.",
        ),
        Move(
            "withdraw",
            "Withdraw the point",
            OPEN,
            WITHDRAWN,
            by=("community_lead", "reviewer", "lead_reviewer"),
            when="the factual check has not been sent",
            sentence="A point is withdrawn while it is open.",
        ),
        Move(
            "reopen",
            "Decide again",
            (ACCEPTED, DECLINED, NOTED),
            OPEN,
            by=("office",),
            when="the report has not been signed",
            sentence="Only a decided point is decided again.",
            needs_reason=True,
        ),
    ),
)

Answer = int | Literal["NA"]


@dataclass(frozen=True, slots=True)
class Point:
    """What the host says about one place of the draft.

    `about` is the code of a criterion, or '' for another place; `asked` is the score that the host thinks
    right, None where only words are in question.
    """

    text: str
    about: str = ""
    asked: Answer | None = None
    state: str = OPEN


@rule
def refuse_point(point: Point, scale: Scale, applicable: frozenset[str]) -> None:
    """A point of a factual check says what is wrong, and asks for a score only where a criterion applies."""
    if not point.text.strip():
        raise NotAllowed(sentence(refuse_point))
    on_scale = point.asked is None or point.asked == "NA" or scale.holds(point.asked)
    if (point.about and point.about not in applicable) or not on_scale:
        raise NotAllowed(sentence(refuse_point))
    if point.asked is not None and not point.about:
        raise NotAllowed(f"{sentence(refuse_point)} Please name the criterion.")


@rule
def refuse_score_change(point: Point, *, agreed: Answer | None, new: Answer, scale: Scale, reason: str) -> None:
    """Only an accepted point changes the agreed score, as a new entry with a reason beside the old one.

    `agreed` is the score that stands. The one who decides may give another score than the host asked for.
    """
    said = sentence(refuse_score_change)
    if point.state != ACCEPTED or not point.about or not reason.strip():
        raise NotAllowed(said)
    if new != "NA" and not scale.holds(new):
        raise NotAllowed(f"{said} The score is not on the scale.")
    if new == agreed:
        raise NotAllowed(f"{said} The score is the same as before.")


def open_points(points: Sequence[Point]) -> int:
    """How many points have not been decided."""
    return sum(point.state == OPEN for point in points)


def in_words(points: Sequence[Point]) -> str:
    """What became of the factual check, in one sentence for the report."""
    counted = [point for point in points if point.state != WITHDRAWN]
    if not counted:
        return "The community raised no points about the draft."
    accepted = sum(point.state == ACCEPTED for point in counted)
    declined = sum(point.state == DECLINED for point in counted)
    raised = "1 point" if len(counted) == 1 else f"{len(counted)} points"
    left = f", {open_points(counted)} still open" if open_points(counted) else ""
    return f"The community raised {raised} about the draft: {accepted} accepted, {declined} declined{left}."
