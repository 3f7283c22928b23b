"""What communities score: driven by their strength and candour, the same again for the same seed."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from communitas.demo.network.luck import luck
from communitas.standards.rules.edition import Criterion, Level
from communitas.standards.rules.identity import key_of

Score = int | Literal["NA"]
MEAN_STRENGTH: Final = 0.68
MET: Final = {Level.ESSENTIAL: 0.89, Level.EXPECTED: 0.81, Level.DESIRABLE: 0.655}  # share met by the average one
NOT_APPLICABLE: Final = {Level.ESSENTIAL: 0.02, Level.EXPECTED: 0.05, Level.DESIRABLE: 0.08}
SLOPE: Final = 0.38  # how much of its strength shows in what a community meets
KEPT: Final = 0.72  # the chance that a criterion stands this year as it stood the year before
GROWTH: Final = 0.004  # what the network learns in a year


@dataclass(frozen=True)
class Scorer:
    """The scores of one community; `top` is the highest mark of the edition's scale."""

    seed: int
    code: str
    strength: float
    candour: float
    top: int = 2

    def agreed(self, criteria: Iterable[Criterion], *, year: int) -> dict[str, Score]:
        """What the visitors agree, by the key of each criterion."""
        return {key_of(criterion): self._agreed(criterion, year) for criterion in criteria}

    def own(self, agreed: Mapping[str, Score], *, year: int) -> dict[str, Score]:
        """What the community gave itself: higher where it is candid with itself too late, lower where it is modest."""
        return {key: self._own(key, score, year) for key, score in agreed.items()}

    def reviewer(self, agreed: Mapping[str, Score], who: str, *, year: int) -> dict[str, Score]:
        """What one reviewer gave alone: one in eight differs from what was agreed later."""
        return {key: self._reviewer(key, score, who, year) for key, score in agreed.items()}

    def _agreed(self, criterion: Criterion, year: int) -> Score:
        key = key_of(criterion)
        drawn = self._chance(key, year)
        if drawn.random() < NOT_APPLICABLE[criterion.level] and not criterion.applies_to:
            return "NA"
        hardness = luck(self.seed, "hardness", key).gauss(0, 0.05)
        likely = MET[criterion.level] + SLOPE * (self.strength - MEAN_STRENGTH) - hardness + GROWTH * year
        if drawn.random() < min(0.985, max(0.2, likely)):
            return self.top
        return 0 if self.top == 1 or drawn.random() < 0.22 else 1

    def _own(self, key: str, score: Score, year: int) -> Score:
        chance = luck(self.seed, "own", self.code, key, year)
        if score == "NA":
            return "NA" if chance.random() < 0.93 else self.top
        if chance.random() < 0.004:
            return "NA"
        if score < self.top:
            raised = chance.random() < min(0.75, max(0.08, 0.46 + 0.45 * self.candour))
            return score + 1 if raised else score
        lowered = chance.random() < 0.012 + 0.05 * max(0.0, -self.candour)
        return score - 1 if lowered else score

    def _reviewer(self, key: str, score: Score, who: str, year: int) -> Score:
        chance = luck(self.seed, "reviewer", who, self.code, key, year)
        if score == "NA" or chance.random() > 0.12:
            return score
        return score - 1 if score == self.top or (score and chance.random() < 0.5) else score + 1

    def _chance(self, key: str, year: int) -> random.Random:
        """The same chance as the year before for most criteria, so that trends mean something."""
        while year > 1 and luck(self.seed, "kept", self.code, key, year).random() < KEPT:
            year -= 1
        return luck(self.seed, "luck", self.code, key, year)
