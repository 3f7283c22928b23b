"""Feedback on the visit, both ways: the host on the team, each member of the team on the visit."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from communitas.kit.exceptions import NotAllowed
from communitas.kit.moves import Move, Moves
from communitas.kit.rulebook import rule

HOST: Final = "host"
TEAM: Final = "team"
SIDES: Final = {HOST: "The community", TEAM: "The team"}
SCALE: Final = {4: "Yes, very much", 3: "Mostly", 2: "Partly", 1: "Not really"}
QUESTIONS: Final[Mapping[str, Mapping[str, str]]] = {
    HOST: {
        "prepared": "The team knew our self-review.",
        "listened": "The team listened to client members and staff alike.",
        "safe": "The day felt safe and friendly.",
        "clear": "What the team told us at the end was clear and fair.",
    },
    TEAM: {
        "informed": "We knew beforehand what we needed to know.",
        "free": "We could talk freely with client members and staff.",
        "time": "The timetable left enough time.",
        "welcome": "We were made welcome.",
    },
}
WORDS: Final = {"good": "What was good about the visit?", "better": "What should be different next time?"}

FEEDBACK: Final = Moves(
    "Feedback on a visit",
    {"closed": "Not open yet", "open": "Open", "released": "Shown to the other side"},
    (
        Move(
            "open",
            "Open the feedback",
            "closed",
            "open",
            (),
            "the visit took place",
            "Feedback is given after the visit.",
        ),
        Move(
            "answer",
            "Send feedback",
            "open",
            None,
            ("community_lead", "reviewer", "lead_reviewer"),
            "each answers once",
            "Feedback is given after the visit, until both sides have answered or the time for it is over.",
        ),
        Move(
            "release",
            "Show the feedback",
            "open",
            "released",
            (),
            "both sides have answered, or the time for it is over",
            "Feedback is shown once both sides have answered or the time for it is over.",
        ),
    ),
)


def state_of(*, closes_at: datetime | None, now: datetime) -> str:
    """Where the feedback of a visit stands. `closes_at` is None before the visit took place."""
    if closes_at is None:
        return "closed"
    return "open" if now < closes_at else "released"


@rule
def both_have_answered(*, host: int, team: Collection[int], answered: Collection[int]) -> bool:
    """Feedback is shown to the other side once the host and everybody on the team have answered."""
    return host > 0 and bool(team) and set(team) <= set(answered)


def refuse_answers(side: str, answers: Mapping[str, int]) -> None:
    """NotAllowed where a question is missing or an answer is none of the scale."""
    if set(answers) != set(QUESTIONS[side]) or not set(answers.values()) <= set(SCALE):
        raise NotAllowed("Please answer each question with one of the four words.")
