"""Registers: the places in a workbook where answers stand side by side, so that none overwrites another."""

from dataclasses import dataclass
from typing import Final

# What stands in a register: one score that people must agree on, or a list where everything is kept.
SCORE_NAMES: Final = frozenset({"self", "reviewer", "agreed", "after_evidence"})
LIST_NAMES: Final = frozenset({"comment", "achievement", "improvement", "feedback", "private_note"})
# A side names the score beside which a comment stands, or the group whose view it is.
SIDES: Final = frozenset({"self", "agreed", "staff", "client_members"})
_WITH_OWNER: Final = frozenset({"reviewer", "comment"})


@dataclass(frozen=True, slots=True)
class Register:
    """A register's name and, for `reviewer` and `comment`, the person or the side that it belongs to."""

    name: str
    of: str = ""

    def __str__(self) -> str:
        """The register as events carry it, such as `reviewer:17`."""
        return f"{self.name}:{self.of}" if self.of else self.name

    @property
    def holds_score(self) -> bool:
        """Whether people must agree on one value here; the other registers keep a list."""
        return self.name in SCORE_NAMES

    @property
    def reviewer(self) -> str:
        """The person whose own register this is: their scores, or their comments while scoring alone."""
        if self.name == "reviewer":
            return self.of
        owner, _, person = self.of.partition(":")
        return person if self.name == "comment" and owner == "reviewer" else ""

    @property
    def is_of_self_review(self) -> bool:
        """Whether the register belongs to the community's own workbook, not to the team's."""
        return self.name == "self" or (self.name == "comment" and self.of in SIDES - {"agreed"})


SELF: Final = Register("self")
AGREED: Final = Register("agreed")
AFTER_EVIDENCE: Final = Register("after_evidence")
ACHIEVEMENT: Final = Register("achievement")
IMPROVEMENT: Final = Register("improvement")
FEEDBACK: Final = Register("feedback")
PRIVATE_NOTE: Final = Register("private_note")


def reviewer(person: str) -> Register:
    """The register of one reviewer's own scores."""
    return Register("reviewer", person)


def comment(side: str) -> Register:
    """The register of the comments of one side."""
    return Register("comment", side)


def reviewer_comment(person: str) -> Register:
    """The register of one reviewer's own comments, hidden and shown together with their scores."""
    return Register("comment", f"reviewer:{person}")


def parse(text: str) -> Register:
    """The register that the text names; ValueError with a sentence when there is none of that name."""
    name, colon, of = text.partition(":")
    register = Register(name, of)
    known = name in SCORE_NAMES | LIST_NAMES and bool(of) == bool(colon) == (name in _WITH_OWNER)
    if known and name == "comment":
        known = of in SIDES or (of.startswith("reviewer:") and bool(register.reviewer))
    if not known:
        raise ValueError(f"A workbook has no place called '{text}'.")
    return register
