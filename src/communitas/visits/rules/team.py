"""The seats of a review team and what is still empty, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from communitas.kit.rulebook import rule

LEAD: Final = "lead"
STAFF: Final = "staff"
CLIENT_MEMBER: Final = "client_member"
SPECIALIST: Final = "specialist"

SEATS: Final = {
    LEAD: "lead reviewer",
    STAFF: "staff reviewer",
    CLIENT_MEMBER: "client member",
    SPECIALIST: "specialist",
}
FREED: Final = frozenset({"declined", "lapsed", "withdrew", "removed"})  # answers after which a seat is empty again
_NUMBERS: Final = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


def _usual_team() -> Mapping[str, int]:
    return {LEAD: 1, STAFF: 2, CLIENT_MEMBER: 1}


@dataclass(frozen=True, slots=True)
class TeamShape:
    """How many seats of each kind a visit has: a setting. An accreditation visit adds a specialist."""

    seats: Mapping[str, int] = field(default_factory=_usual_team)

    @property
    def size(self) -> int:
        """All seats together."""
        return sum(self.seats.values())


@dataclass(frozen=True, slots=True)
class Place:
    """One person on one seat: asked, accepted, absent (on the day), or one of FREED.

    A place that waits for an answer is taken; so is that of somebody who could not come on the day.
    """

    person: str
    seat: str
    answer: str = "asked"

    @property
    def is_taken(self) -> bool:
        """Whether the person holds the seat."""
        return self.answer not in FREED

    @property
    def is_coming(self) -> bool:
        """Whether the person was asked or said yes, and nothing has come between."""
        return self.is_taken and self.answer != "absent"


def empty_seats(shape: TeamShape, team: Iterable[Place]) -> dict[str, int]:
    """How many seats of each kind are empty; kinds that are full are left out."""
    taken = [place.seat for place in team if place.is_taken]
    return {seat: left for seat, wanted in shape.seats.items() if (left := wanted - taken.count(seat)) > 0}


def empty_seats_in_words(shape: TeamShape, team: Iterable[Place]) -> tuple[str, ...]:
    """One sentence for each kind of seat that is empty, such as 'The client member's seat is empty.'"""
    return tuple(
        f"The {SEATS[seat]}'s seat is empty." if shape.seats[seat] == 1 else _some_empty(seat, left)
        for seat, left in empty_seats(shape, team).items()
    )


def is_complete(shape: TeamShape, team: Iterable[Place]) -> bool:
    """Whether every seat is taken by somebody who has accepted it."""
    return not empty_seats(shape, [place for place in team if place.answer == "accepted"])


@rule
def may_appoint(team: Iterable[Place]) -> bool:
    """A team is appointed when it has a lead reviewer; other empty seats are shown and chased."""
    return any(place.seat == LEAD and place.is_taken for place in team)


@rule
def leads_the_team(person: str, team: Iterable[Place]) -> bool:
    """Where somebody sits on the lead reviewer's seat, that person alone leads the team and agrees its scores.

    Where the seat is empty, any lead reviewer on the team does. `team` are the places that were accepted.
    """
    leads = [place.person for place in team if place.seat == LEAD]
    return not leads or person in leads


def _some_empty(seat: str, left: int) -> str:
    number = _NUMBERS[left] if left < len(_NUMBERS) else str(left)
    return f"{number} {SEATS[seat]} {'seat is' if left == 1 else 'seats are'} empty."
