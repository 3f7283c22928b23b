"""The local report of one review: from the draft to the signed version, and on to the next version."""

from collections.abc import Collection, Hashable
from typing import Final

from communitas.kit.exceptions import NotAllowed
from communitas.kit.moves import Move, Moves
from communitas.kit.rulebook import rule, sentence

DRAFTING: Final = "drafting"
WITH_HOST: Final = "with_host"
DECIDING: Final = "deciding"
WAITING: Final = "waiting"
FINAL: Final = "final"
SUPERSEDED: Final = "superseded"

LOCAL_REPORT: Final = Moves(
    "Local report",
    {
        DRAFTING: "Being written",
        WITH_HOST: "Factual check",
        DECIDING: "Deciding the points",
        WAITING: "Waiting for a second person to sign",
        FINAL: "Final",
        SUPERSEDED: "Superseded by a new version",
    },
    (
        Move(
            "edit",
            "Save the summary",
            (DRAFTING, DECIDING),
            None,
            by=("lead_reviewer", "office"),
            when="every change is kept with its author, who then neither decides points nor signs",
            sentence="A report is edited while it is being written or its points are decided.",
        ),
        Move(
            "deliver",
            "Deliver the draft to the host",
            DRAFTING,
            WITH_HOST,
            by=("lead_reviewer", "office"),
            when="the agreed scores are complete",
            sentence="A draft is delivered once, when it has been written.",
        ),
        Move(
            "answer",
            "Send the factual check",
            WITH_HOST,
            DECIDING,
            by=("community_lead",),
            when="the time to answer runs",
            sentence="The factual check is sent once, while the draft is with the host.",
        ),
        Move(
            "end_fact_check",
            "Go on without an answer",
            WITH_HOST,
            DECIDING,
            by=("office",),
            when="the time to answer is over",
            sentence="The office goes on without an answer only while the draft is with the host.",
        ),
        Move(
            "decide_point",
            "Decide a point",
            DECIDING,
            None,
            by=("office",),
            when="by someone who was not on the visit",
            sentence="Points are decided after the factual check and before the report is final.",
        ),
        Move(
            "finish",
            "Sign as the first person",
            DECIDING,
            WAITING,
            by=("office",),
            when="every point is decided, by somebody who did not write the report",
            sentence="A report is signed first after its points were decided.",
        ),
        Move(
            "return",
            "Return to the points",
            WAITING,
            DECIDING,
            by=("office",),
            sentence="A report returns to its points only while it waits to be signed.",
            needs_reason=True,
        ),
        Move(
            "sign",
            "Sign as the second person",
            WAITING,
            FINAL,
            by=("office",),
            when="by a second person who did not write it",
            sentence="A report becomes final after the first person signed it.",
            second_person=True,
        ),
        Move(
            "supersede",
            "Replace by a new version",
            FINAL,
            SUPERSEDED,
            by=("office",),
            when="a new version is signed",
            sentence="Only a final report is replaced by a new version.",
            needs_reason=True,
            second_person=True,
        ),
    ),
)


def is_signed(state: str) -> bool:
    """Whether the version is signed and therefore never changes."""
    return state in {FINAL, SUPERSEDED}


@rule
def refuse_change(state: str) -> None:
    """A signed report never changes; a correction is a new version with a reason."""
    if is_signed(state):
        raise NotAllowed(sentence(refuse_change))


@rule
def refuse_beginning(*, closed: bool) -> None:
    """A draft begins when the peer-review is closed."""
    if not closed:
        raise NotAllowed(sentence(refuse_beginning))


@rule
def refuse_delivery(*, unscored: int) -> None:
    """A draft is delivered when every criterion that applies has an agreed score."""
    if unscored:
        missing = "1 criterion has" if unscored == 1 else f"{unscored} criteria have"
        raise NotAllowed(f"{sentence(refuse_delivery)} {missing} none yet.")


@rule
def refuse_late_answer(*, delivered: bool, window_open: bool) -> None:
    """The host answers after the draft was delivered and while the time to answer runs."""
    if not delivered or not window_open:
        raise NotAllowed(sentence(refuse_late_answer))


@rule
def refuse_going_on(*, window_open: bool) -> None:
    """The office goes on without an answer only when the host's time to answer is over."""
    if window_open:
        raise NotAllowed(sentence(refuse_going_on))


@rule
def refuse_decider(*, by: Hashable, team: Collection[Hashable], authors: Collection[Hashable]) -> None:
    """A point is decided by someone who was not on the visit and did not write the report.

    `team` are the people of the visit, also those who withdrew; `authors` everyone who wrote in the draft.
    """
    if by in team or by in authors:
        raise NotAllowed(sentence(refuse_decider))


@rule
def refuse_finish(*, open_points: int) -> None:
    """A report is signed when every point of the factual check is decided."""
    if open_points:
        still = "1 point is" if open_points == 1 else f"{open_points} points are"
        raise NotAllowed(f"{sentence(refuse_finish)} {still} still open.")


@rule
def refuse_signature(*, by: Hashable, proposed_by: Hashable | None, authors: Collection[Hashable]) -> None:
    """A report is signed by two people, neither of whom wrote it.

    `proposed_by` is the first of them, None while there is none.
    """
    if by == proposed_by or by in authors:
        raise NotAllowed(sentence(refuse_signature))


@rule
def refuse_other_words(*, signed_first: str, found: str) -> None:
    """The second person signs exactly what the first one signed.

    Both are hashes of the document without its signatures and its date.
    """
    if signed_first != found:
        raise NotAllowed(sentence(refuse_other_words))


@rule
def refuse_new_version(state: str, *, reason: str) -> None:
    """A new version of a report follows a final one and gives the reason."""
    if state != FINAL or not reason.strip():
        raise NotAllowed(sentence(refuse_new_version))


@rule
def refuse_empty_correction(*, accepted: int, rewritten: bool) -> None:
    """A new version of a report changes something: a point that was accepted, or its words."""
    if not accepted and not rewritten:
        raise NotAllowed(sentence(refuse_empty_correction))
