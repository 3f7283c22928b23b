"""Rules of a pair that two people may set aside: which, and what of a refusal is left then."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from communitas.visits.rules.conflicts import Refusal

DISTANCE: Final = "within_distance"  # a limit of plans alone: a team that is put together by hand knows none
DERIVED: Final = frozenset({"not_own_organisation", "not_formerly_there"})
"""The rules behind a conflict that follows from where somebody belongs, or did lately: plans know it as `conflict`."""
SET_ASIDE: Final = {
    "not_own_organisation": "works for the organisation of the host",
    "not_formerly_there": "had a role at the host or in its organisation not long ago",
    "no_repeat": "their community visited the host in recent cycles",
    DISTANCE: "lives farther away than the limit of plans",
}
"""The rules that may be set aside, each with what is so all the same. What a person declared is never among them."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """What two people set aside for one person at one visit, and why. People stand as the ids of their accounts."""

    rules: frozenset[str]
    reason: str
    proposed_by: int
    confirmed_by: int


def left_over(refusals: Iterable[Refusal], aside: SetAside | None) -> list[Refusal]:
    """The refusals that nobody set aside; of rules that nobody may set aside, all."""
    gone = aside.rules & SET_ASIDE.keys() if aside else frozenset[str]()
    return [refusal for refusal in refusals if refusal.rule not in gone]


def used(refusals: Iterable[Refusal], aside: SetAside | None) -> list[str]:
    """The names of the rules that were set aside and would have stood in the way."""
    if aside is None:
        return []
    broken = {refusal.rule for refusal in refusals} | {DISTANCE}
    return sorted(aside.rules & SET_ASIDE.keys() & broken)
