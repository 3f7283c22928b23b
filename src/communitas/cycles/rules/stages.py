"""The stages of an enrolment: a table of moves for each pathway."""

from enum import StrEnum
from typing import Final

from communitas.kit.moves import Move, Moves

OFFICE: Final = "office"
LEAD: Final = "community_lead"
LEAD_REVIEWER: Final = "lead_reviewer"


class Pathway(StrEnum):
    """How a community takes part in a cycle."""

    DEVELOPMENTAL = "developmental"
    PEER_REVIEW = "peer_review"
    ACCREDITATION = "accreditation"


class Stage(StrEnum):
    """Where an enrolment stands: what is being done now, or how it ended."""

    ENROLLED = "enrolled"
    SELF_REVIEW = "self_review"
    VISIT = "visit"
    DRAFTING = "drafting"
    FACT_CHECK = "fact_check"
    FINAL = "final"
    ACTION_PLAN = "action_plan"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    MERGED = "merged"


WORDS: Final = {
    Stage.ENROLLED: "Enrolled",
    Stage.SELF_REVIEW: "Self-review",
    Stage.VISIT: "Peer-review visit",
    Stage.DRAFTING: "Draft report",
    Stage.FACT_CHECK: "Factual check",
    Stage.FINAL: "Final report",
    Stage.ACTION_PLAN: "Action plan",
    Stage.COMPLETED: "Completed",
    Stage.WITHDRAWN: "Withdrawn",
    Stage.CLOSED: "Closed",
    Stage.MERGED: "Merged",
}
ENDED: Final = frozenset({Stage.COMPLETED, Stage.WITHDRAWN, Stage.CLOSED, Stage.MERGED})

_REVIEWED: Final = (
    Stage.ENROLLED,
    Stage.SELF_REVIEW,
    Stage.VISIT,
    Stage.DRAFTING,
    Stage.FACT_CHECK,
    Stage.FINAL,
    Stage.ACTION_PLAN,
    Stage.COMPLETED,
)
_IN_ORDER: Final = {
    Pathway.DEVELOPMENTAL: (Stage.ENROLLED, Stage.VISIT, Stage.COMPLETED),
    Pathway.PEER_REVIEW: _REVIEWED,
    Pathway.ACCREDITATION: _REVIEWED,
}


def stages_of(pathway: Pathway) -> tuple[Stage, ...]:
    """The stages of a pathway in order, from enrolled to completed."""
    return _IN_ORDER[pathway]


def _running(pathway: Pathway) -> tuple[str, ...]:
    return tuple(stage for stage in stages_of(pathway) if stage not in ENDED)


def _endings(pathway: Pathway) -> tuple[Move, ...]:
    return (
        Move(
            "withdraw",
            "Withdraw from the cycle",
            _running(pathway),
            Stage.WITHDRAWN,
            by=(OFFICE, LEAD),
            when="the cycle has not been completed",
            sentence="A community withdraws only from a cycle that is still under way.",
            needs_reason=True,
        ),
        Move(
            "close",
            "Close the enrolment",
            _running(pathway),
            Stage.CLOSED,
            by=(OFFICE,),
            when="the community closes",
            sentence="An enrolment is closed only while its cycle is still under way.",
            needs_reason=True,
        ),
        Move(
            "merge",
            "Merge into another enrolment",
            _running(pathway),
            Stage.MERGED,
            by=(OFFICE,),
            when="the community joins another one",
            sentence="An enrolment is merged only while its cycle is still under way.",
            needs_reason=True,
        ),
        Move(
            "reinstate",
            "Take back into the cycle",
            (Stage.WITHDRAWN, Stage.CLOSED, Stage.MERGED),
            Stage.ENROLLED,
            by=(OFFICE,),
            when="the cycle is still open",
            sentence="Only an enrolment that was withdrawn, closed or merged is taken back.",
            needs_reason=True,
        ),
    )


def _states(pathway: Pathway) -> dict[str, str]:
    states = (*stages_of(pathway), Stage.WITHDRAWN, Stage.CLOSED, Stage.MERGED)
    return {stage.value: WORDS[stage] for stage in states}


def _reviewed(pathway: Pathway, name: str) -> Moves:
    return Moves(
        name,
        _states(pathway),
        (
            Move(
                "open_self_review",
                "Open the self-review",
                Stage.ENROLLED,
                Stage.SELF_REVIEW,
                by=(OFFICE,),
                when="its window opens",
                sentence="The self-review opens once, for an enrolment that has not begun.",
            ),
            Move(
                "send_self_review",
                "Send the self-review",
                Stage.SELF_REVIEW,
                Stage.VISIT,
                by=(LEAD,),
                when="the self-review is complete and its window is open",
                sentence="A self-review is sent while it is open.",
            ),
            Move(
                "reopen_self_review",
                "Reopen the self-review",
                Stage.VISIT,
                Stage.SELF_REVIEW,
                by=(OFFICE,),
                when="the visit has not been closed",
                sentence="A self-review is reopened after it was sent and before the visit is closed.",
                needs_reason=True,
            ),
            Move(
                "close_visit",
                "Close the visit",
                Stage.VISIT,
                Stage.DRAFTING,
                by=(LEAD_REVIEWER, OFFICE),
                when="the agreed scores are complete",
                sentence="A visit is closed after the self-review was sent.",
            ),
            Move(
                "reopen_visit",
                "Reopen the visit",
                Stage.DRAFTING,
                Stage.VISIT,
                by=(OFFICE,),
                when="the draft has not been delivered",
                sentence="A visit is reopened only before the draft report has been delivered.",
                needs_reason=True,
                second_person=True,
            ),
            Move(
                "deliver_draft",
                "Deliver the draft report",
                Stage.DRAFTING,
                Stage.FACT_CHECK,
                by=(OFFICE, LEAD_REVIEWER),
                when="the draft is written",
                sentence="A draft report is delivered once, after the visit was closed.",
            ),
            Move(
                "end_fact_check",
                "End the factual check",
                Stage.FACT_CHECK,
                Stage.FINAL,
                by=(LEAD, OFFICE),
                when="the host has answered, or the time to answer is over",
                sentence="A factual check ends after the draft was delivered.",
            ),
            Move(
                "sign_report",
                "Sign the final report",
                Stage.FINAL,
                Stage.ACTION_PLAN,
                by=(OFFICE,),
                when="every point has been decided",
                sentence="A report is signed after its factual check has ended.",
                second_person=True,
            ),
            Move(
                "complete",
                "Complete the cycle",
                Stage.ACTION_PLAN,
                Stage.COMPLETED,
                by=(OFFICE, LEAD),
                when="the action plan answers every area for improvement",
                sentence="A cycle is completed with the action plan, after the report was signed.",
            ),
            *_endings(pathway),
        ),
    )


DEVELOPMENTAL: Final = Moves(
    "Stages of the developmental pathway",
    _states(Pathway.DEVELOPMENTAL),
    (
        Move(
            "prepare_visit",
            "Prepare the visit",
            Stage.ENROLLED,
            Stage.VISIT,
            by=(OFFICE,),
            when="a date is agreed",
            sentence="A developmental visit is prepared once its date is agreed.",
        ),
        Move(
            "close_visit",
            "Close the visit",
            Stage.VISIT,
            Stage.COMPLETED,
            by=(LEAD_REVIEWER, OFFICE),
            when="the visit has taken place",
            sentence="A developmental visit is closed after it was prepared.",
        ),
        *_endings(Pathway.DEVELOPMENTAL),
    ),
)
PEER_REVIEW: Final = _reviewed(Pathway.PEER_REVIEW, "Stages of the peer-review pathway")
ACCREDITATION: Final = _reviewed(Pathway.ACCREDITATION, "Stages of the accreditation pathway")

_TABLES: Final = {
    Pathway.DEVELOPMENTAL: DEVELOPMENTAL,
    Pathway.PEER_REVIEW: PEER_REVIEW,
    Pathway.ACCREDITATION: ACCREDITATION,
}


def moves_of(pathway: Pathway) -> Moves:
    """The table of moves of a pathway."""
    return _TABLES[pathway]


def progress(pathway: Pathway, stage: Stage) -> tuple[int, int]:
    """How many stages lie behind, and how many there are; none lie behind what ended early."""
    stages = stages_of(pathway)
    total = len(stages) - 1
    return (stages.index(stage) if stage in stages else 0, total)
