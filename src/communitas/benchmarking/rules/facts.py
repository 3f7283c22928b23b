"""A fact: what one community scored on one criterion, frozen from a signed report or read from a file."""

from dataclasses import dataclass
from typing import Final, Literal

NOT_APPLICABLE: Final = "NA"
Score = int | Literal["NA"] | None  # None: not scored, which is not the same as not applicable
ScoreKind = Literal["self", "agreed"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One score of one community; `criterion` is the code within the edition, `comment` what stands beside it."""

    community: str
    criterion: str
    kind: ScoreKind
    score: Score
    comment: str = ""
