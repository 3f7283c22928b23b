"""Reviews: their states and moves, and the conditions under which they are sent, opened and closed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from communitas.kit.exceptions import NotAllowed
from communitas.kit.moves import Move, Moves
from communitas.kit.rulebook import rule, sentence
from communitas.workbooks.rules.events import Score

ReviewKind = Literal["self_review", "peer_review"]

SELF_REVIEW: Final = Moves(
    "Self-review",
    {"open": "Open", "sent": "Sent", "reopened": "Reopened"},
    (
        Move(
            "send",
            "Send the self-review",
            ("open", "reopened"),
            "sent",
            ("community_lead",),
            "every criterion that applies has an answer, or the community lead says why some have none",
            "This self-review has already been sent.",
        ),
        Move(
            "reopen",
            "Reopen the self-review",
            "sent",
            "reopened",
            ("office",),
            sentence="Only a self-review that has been sent can be reopened.",
            needs_reason=True,
        ),
    ),
)

PEER_REVIEW: Final = Moves(
    "Peer-review",
    {
        "not_started": "Not started",
        "scoring": "Reviewers score alone",
        "agreeing": "The team agrees scores",
        "closed": "Closed",
        "reopened": "Reopened",
    },
    (
        Move(
            "begin",
            "Start scoring",
            "not_started",
            "scoring",
            ("reviewer", "lead_reviewer", "office"),
            "the team is appointed and the self-review was sent, or a reason is given to go on without it",
            "Scoring has already started.",
        ),
        Move(
            "open_discussion",
            "Open the discussion",
            "scoring",
            "agreeing",
            ("lead_reviewer",),
            "the lead reviewer decides; every reviewer's scores are shown to the team from here on",
            "The discussion opens while the reviewers are scoring.",
        ),
        Move(
            "close",
            "Close the peer-review",
            ("agreeing", "reopened"),
            "closed",
            ("lead_reviewer", "office"),
            "every criterion that applies has an agreed score, even if a reviewer was missing",
            "A peer-review closes after the discussion, when its agreed scores are complete.",
        ),
        Move(
            "reopen",
            "Reopen the peer-review",
            "closed",
            "reopened",
            ("office",),
            sentence="Only a closed peer-review can be reopened.",
            needs_reason=True,
            second_person=True,
        ),
    ),
)

TABLES: Final[dict[ReviewKind, Moves]] = {"self_review": SELF_REVIEW, "peer_review": PEER_REVIEW}
OPEN_STATES: Final[dict[ReviewKind, frozenset[str]]] = {
    "self_review": frozenset({"open", "reopened"}),
    "peer_review": frozenset({"scoring", "agreeing", "reopened"}),
}
DISCUSSED_STATES: Final = frozenset({"agreeing", "closed", "reopened"})


@dataclass(frozen=True, slots=True)
class Review:
    """The facts of one review that its rules ask for.

    `applicable` are the keys of the criteria that apply to the community; `finished` the reviewers who said
    that their own scoring is done; `self_scores` (peer-review only) the scores that the community sent.
    """

    kind: ReviewKind
    state: str
    workbook: str
    edition_hash: str
    applicable: frozenset[str]
    finished: frozenset[str] = frozenset()
    self_scores: Mapping[str, Score] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether answers are taken at this moment."""
        return self.state in OPEN_STATES[self.kind]

    @property
    def is_discussed(self) -> bool:
        """Whether the team sees each other's scores: the lead reviewer has opened the discussion."""
        return self.kind == "peer_review" and self.state in DISCUSSED_STATES


@rule
def may_send(missing: Collection[object], reason: str) -> bool:
    """A self-review is sent when every criterion has an answer, or the community lead says why not.

    `missing` is what `progress.missing` found; the screen lists it beside the refusal.
    """
    return not missing or bool(reason.strip())


@rule
def may_begin(*, team_is_appointed: bool, self_review_was_sent: bool, reason: str) -> bool:
    """Scoring starts when the team is appointed and the self-review was sent, or a reason is given.

    A self-review that the office has reopened counts as sent: the visit does not wait for the correction.
    """
    return team_is_appointed and (self_review_was_sent or bool(reason.strip()))


@rule
def may_close(missing_agreed: Collection[object]) -> bool:
    """A peer-review closes when every criterion has an agreed score, even if a reviewer was missing.

    `missing_agreed` is what `progress.missing` found in the agreed register.
    """
    return not missing_agreed


@rule
def agreed_score_is_explained(agreed: Score, self_score: Score, reason: str) -> bool:
    """An agreed score that differs from the self-score needs a reason.

    Where the community gave no score there is nothing to differ from.
    """
    return self_score is None or agreed == self_score or bool(reason.strip())


def send(state: str, *, missing: Collection[object], reason: str = "") -> str:
    """The state after sending a self-review; NotAllowed with the rule's sentence."""
    after = SELF_REVIEW.move(state, "send", reason=reason)
    _require(may_send(missing, reason), sentence(may_send))
    return after


def begin(state: str, *, team_is_appointed: bool, self_review_was_sent: bool, reason: str = "") -> str:
    """The state after the first reviewer starts scoring; NotAllowed with the rule's sentence."""
    after = PEER_REVIEW.move(state, "begin", reason=reason)
    allowed = may_begin(team_is_appointed=team_is_appointed, self_review_was_sent=self_review_was_sent, reason=reason)
    _require(allowed, sentence(may_begin))
    return after


def close(state: str, *, missing_agreed: Collection[object]) -> str:
    """The state after closing a peer-review; NotAllowed with the rule's sentence."""
    after = PEER_REVIEW.move(state, "close")
    _require(may_close(missing_agreed), sentence(may_close))
    return after


def _require(holds: bool, why: str) -> None:
    if not holds:
        raise NotAllowed(why)
