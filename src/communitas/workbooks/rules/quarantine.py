"""Answers that came too late or out of place: why they wait, in words, and what can be decided about them."""

from dataclasses import dataclass
from typing import Final

from communitas.kit.exceptions import NotAllowed
from communitas.kit.moves import Move, Moves
from communitas.kit.rulebook import rule, sentence
from communitas.workbooks.rules.registers import Register
from communitas.workbooks.rules.review import ReviewKind

DECIDERS: Final = ("community_lead", "lead_reviewer", "office")
QUARANTINE: Final = Moves(
    "Quarantined answer",
    {
        "waiting": "Waits for a decision",
        "placed": "Placed",
        "kept": "Kept as a note",
        "declined": "Declined",
    },
    (
        Move(
            "place",
            "Place it",
            ("waiting", "kept"),
            "placed",
            DECIDERS,
            "the review is open, and the answer fits the criterion and its scale",
            "This answer has been decided already.",
        ),
        Move(
            "keep",
            "Keep it as a note",
            "waiting",
            "kept",
            DECIDERS,
            "it counts nowhere and stays readable",
            "This answer has been decided already.",
        ),
        Move(
            "decline",
            "Decline it",
            ("waiting", "kept"),
            "declined",
            DECIDERS,
            "it is hidden from the list and never deleted",
            "This answer has been decided already.",
            needs_reason=True,
        ),
        Move(
            "undo",
            "Look at it again",
            ("declined", "kept"),
            "waiting",
            DECIDERS,
            sentence="Only a declined answer or a note waits again.",
        ),
    ),
)

# Codes of checks that mean the same to people, under the name by which the whole protocol knows them.
_NAMES: Final = {"review_is_open": "late", "writer_takes_part": "not_on_the_team"}
NO_WORKBOOK: Final = "no_workbook"
UNREADABLE: Final = "unreadable"
STOPPED: Final = "stopped_device"
SENTENCES: Final = {
    NO_WORKBOOK: "This answer is kept at the office: its workbook is not one in which you write.",
    STOPPED: "This answer came from a device that was stopped, so somebody looks at it first.",
    "late": "This answer came when the review did not take answers.",
    "not_on_the_team": "This answer came from somebody who does not take part in this review now.",
}


@dataclass(frozen=True, slots=True)
class Why:
    """Why an answer waits: a code for machines and a sentence for people."""

    code: str
    sentence: str


def why(code: str, words: str = "") -> Why:
    """Why an answer waits, from the code and the sentence of the check that found it."""
    name = _NAMES.get(code, code)
    return Why(name, SENTENCES.get(name, words))


@rule
def placing_needs_an_answer(*, is_readable: bool, has_workbook: bool) -> bool:
    """Only an answer that can be read and belongs to a workbook can be placed; anything else is kept or declined."""
    return is_readable and has_workbook


def place(state: str, *, is_readable: bool, has_workbook: bool) -> str:
    """The state after placing; NotAllowed with the rule's sentence."""
    after = QUARANTINE.move(state, "place")
    if not placing_needs_an_answer(is_readable=is_readable, has_workbook=has_workbook):
        raise NotAllowed(sentence(placing_needs_an_answer))
    return after


@rule
def role_for(register: Register, kind: ReviewKind, *, settles: bool) -> str:
    """A placed answer is written in its author's name, in the role in which its place is written.

    The decider vouches for it: the author may have left the team since. `settles` is for an answer that settled others.
    """
    if kind == "peer_review":
        return "lead_reviewer" if settles or not register.reviewer else "reviewer"
    if register.of == "client_members":
        return "client_member"
    return "community_lead" if settles else "staff"
