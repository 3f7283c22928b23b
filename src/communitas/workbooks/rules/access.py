"""Who may write and read which register, and when."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from communitas.kit.rulebook import rule, sentence
from communitas.workbooks.rules.registers import Register
from communitas.workbooks.rules.review import Review

CONTRIBUTORS: Final = frozenset({"staff", "client_member", "community_lead"})
TEAM: Final = frozenset({"reviewer", "lead_reviewer"})


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who writes or reads: the person and the role in which they act on this review.

    Role: staff, client_member, community_lead, reviewer, lead_reviewer, office, or decider (who decides a
    factual-accuracy point and was not on the visit).
    """

    person: str
    role: str


@dataclass(frozen=True, slots=True)
class Writing:
    """One attempt to write: who, where, what kind of event and by which way it came."""

    writer: Writer
    register: Register
    kind: str
    origin: str
    review: Review
    withdraws_file: bool = False

    @property
    def is_of_the_office(self) -> bool:
        """The office may take a file from view at any time: it may hold what should never have been sent."""
        return self.withdraws_file and self.kind == "retract" and self.writer.role == "office"

    @property
    def is_factual_check(self) -> bool:
        """An accepted factual-accuracy point writes an agreed score without reopening anything."""
        return self.origin == "factual_check" and self.register.name == "agreed"


@rule
def review_is_open(writing: Writing) -> bool:
    """A review takes answers only while it is open."""
    if writing.is_of_the_office or writing.register.name == "private_note":  # a note is no answer to the review
        return True
    return writing.review.is_open or (writing.is_factual_check and writing.review.state == "closed")


@rule
def register_is_of_this_review(writing: Writing) -> bool:
    """The community's own answers stand in the self-review, the team's answers in the peer-review."""
    if writing.register.name == "private_note":
        return True
    return writing.register.is_of_self_review == (writing.review.kind == "self_review")


@rule
def writer_takes_part(writing: Writing) -> bool:
    """Answers come from the community in a self-review and from the review team in a peer-review."""
    role = writing.writer.role
    if writing.is_factual_check:
        return role in {"decider", "office"}
    if writing.is_of_the_office:
        return True
    if writing.review.kind == "self_review":
        return role in CONTRIBUTORS
    return role in TEAM or (role == "office" and writing.origin == "paper")


@rule
def view_is_of_ones_own_group(writing: Writing) -> bool:
    """The client members' view is written by client members, the staff's view by staff."""
    if writing.register.name != "comment" or writing.origin == "paper" or writing.is_of_the_office:
        return True
    side, role = writing.register.of, writing.writer.role
    if side == "client_members":
        return role == "client_member"
    return side != "staff" or role in {"staff", "community_lead"}


@rule
def reviewer_writes_alone(writing: Writing) -> bool:
    """A reviewer's own scores and comments are written by that reviewer, or keyed in from their paper."""
    owner = writing.register.reviewer
    return not owner or owner == writing.writer.person or writing.origin == "paper" or writing.is_of_the_office


@rule
def discussion_has_opened(writing: Writing) -> bool:
    """Agreed scores begin when the lead reviewer has opened the discussion."""
    return writing.register.name not in {"agreed", "after_evidence"} or writing.review.is_discussed


@rule
def lead_reviewer_agrees(writing: Writing) -> bool:
    """The agreed score is written by the lead reviewer, in the name of the team."""
    if writing.register.name not in {"agreed", "after_evidence"} or writing.is_factual_check:
        return True
    return writing.writer.role == "lead_reviewer" or writing.origin == "paper"


@rule
def lead_settles(writing: Writing) -> bool:
    """The community lead or, on a visit, the lead reviewer settles answers that differ.

    A reviewer settles their own register, where two of their own devices differ.
    """
    if writing.kind != "resolve" or writing.register.reviewer == writing.writer.person:
        return True
    lead = "community_lead" if writing.review.kind == "self_review" else "lead_reviewer"
    return writing.writer.role == lead


_WRITING_RULES: Final[tuple[Callable[[Writing], bool], ...]] = (
    register_is_of_this_review,
    review_is_open,
    writer_takes_part,
    view_is_of_ones_own_group,
    reviewer_writes_alone,
    discussion_has_opened,
    lead_reviewer_agrees,
    lead_settles,
)


def refusal(writing: Writing) -> tuple[str, str] | None:
    """The first rule that says no, as its name and its sentence; None when the writing is in order."""
    for writing_rule in _WRITING_RULES:
        if not writing_rule(writing):
            return (writing_rule.__name__, sentence(writing_rule))
    return None


@rule
def may_read(register: Register, reader: Writer, review: Review, *, author: str = "") -> bool:
    """A reviewer's scores are hidden until that reviewer finishes or the lead reviewer opens the discussion.

    A private note is only ever its author's (`author` is needed for it alone), whoever asks. A self-review
    reaches the team once it was sent. Whether the reader may open this workbook at all is for the policy.
    """
    if register.name == "private_note":
        return bool(author) and author == reader.person
    if register.is_of_self_review:
        return reader.role not in TEAM or review.kind == "peer_review" or review.state != "open"
    owner = register.reviewer
    return not owner or owner == reader.person or owner in review.finished or review.is_discussed
