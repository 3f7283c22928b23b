"""Counts of marks, from which every figure is computed."""

from collections.abc import Iterable
from dataclasses import dataclass

from communitas.benchmarking.rules.facts import NOT_APPLICABLE, Score


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each mark stands in a group of scores. Not applicable and not scored leave the denominator."""

    met: int = 0
    partly_met: int = 0
    not_met: int = 0
    not_applicable: int = 0
    not_scored: int = 0

    @property
    def n(self) -> int:
        """The denominator of every percentage: scored and applicable."""
        return self.met + self.partly_met + self.not_met

    @property
    def percent_met(self) -> float | None:
        """100 x met / n, unrounded; None when nothing was scored and applicable."""
        return 100 * self.met / self.n if self.n else None

    @property
    def percent_met_or_partly_met(self) -> float | None:
        """The second, separately named figure; never an average of marks."""
        return 100 * (self.met + self.partly_met) / self.n if self.n else None

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.met + other.met,
            self.partly_met + other.partly_met,
            self.not_met + other.not_met,
            self.not_applicable + other.not_applicable,
            self.not_scored + other.not_scored,
        )


def count(scores: Iterable[Score], *, top: int = 2) -> Counts:
    """Counts of the scores; `top` is the mark that counts as met, 0 is not met, anything between is partly met."""
    met = partly = unmet = not_applicable = not_scored = 0
    for score in scores:
        if score is None:
            not_scored += 1
        elif score == NOT_APPLICABLE:
            not_applicable += 1
        elif score == top:
            met += 1
        elif score == 0:
            unmet += 1
        else:
            partly += 1
    return Counts(met, partly, unmet, not_applicable, not_scored)
