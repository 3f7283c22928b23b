"""Membership of a community: its type and its term."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import rule, sentence


class MembershipType(StrEnum):
    """What a community takes part in; decides its rights and the wording of its certificates."""

    ASSOCIATE = "associate"
    DEVELOPMENTAL = "developmental"
    FULL = "full"
    ACCREDITED = "accredited"

    @property
    def word(self) -> str:
        """The type as people read it, in English."""
        return "accredited pathway" if self is MembershipType.ACCREDITED else self.value


@dataclass(frozen=True, slots=True)
class Term:
    """A half-open period: from `start_on` until the day before `end_on`; without an end it goes on."""

    start_on: date
    end_on: date | None = None

    def __post_init__(self) -> None:
        if self.end_on is not None and self.end_on <= self.start_on:
            raise ValueError("A term ends after it starts.")

    def holds_on(self, day: date) -> bool:
        """Whether the day lies in the term."""
        return self.start_on <= day and (self.end_on is None or day < self.end_on)

    def overlaps(self, other: "Term") -> bool:
        """Whether the two terms share a day."""
        ends_before = self.end_on is not None and self.end_on <= other.start_on
        starts_after = other.end_on is not None and other.end_on <= self.start_on
        return not ends_before and not starts_after


def current(memberships: tuple[tuple[MembershipType, Term], ...], day: date) -> MembershipType | None:
    """The type of the membership that holds on a day; None where none does."""
    return next((kind for kind, term in memberships if term.holds_on(day)), None)


@rule
def refuse_overlap(new: Term, others: tuple[Term, ...]) -> None:
    """A community has one membership at a time."""
    if any(new.overlaps(other) for other in others):
        raise NotAllowed(sentence(refuse_overlap))
