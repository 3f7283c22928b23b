"""What may stand in a cell of a report: exact for the office, protected for everyone else."""

from dataclasses import dataclass, field
from typing import Literal

from communitas.benchmarking.rules.counts import Counts

MarkName = Literal["met", "partly_met", "not_met"]
MARK_NAMES: tuple[MarkName, ...] = ("not_met", "partly_met", "met")  # by value 0, 1, 2


@dataclass(frozen=True, slots=True)
class Exact:
    """Counts as they are; never leaves the office."""

    counts: Counts


@dataclass(frozen=True, slots=True)
class Percent:
    """Rounded percentages of the scored and applicable; they may not add up to 100. No number of communities."""

    met: int
    partly_met: int
    not_met: int
    rounded_to: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class AlmostAll:
    """All but at most a few communities gave this mark, and in a pooled cell this mark only.

    `at_most` counts communities, not answers; how many there really are, none included, is not said.
    """

    mark: MarkName
    at_most: int


@dataclass(frozen=True, slots=True)
class Hidden:
    """Hidden to protect small groups. One mark for every reason, an empty cell included."""


@dataclass(frozen=True, slots=True)
class Quarters:
    """The middle of a group's percentages and, in larger groups, its lower and upper quarter; never its ends."""

    median: int
    lower: int | None = None
    upper: int | None = None


HIDDEN = Hidden()
Protected = Percent | AlmostAll | Hidden
