"""A figure or the reason why there is none; never 0, 1 or NaN in place of what is not defined."""

from dataclasses import dataclass
from typing import Final

# Reasons, and what is printed in place of the figure. `{n}` is filled with the number of scores or pairs.
WORDS: Final[dict[str, str]] = {
    "none_applied": "None applied",
    "no_pairs": "No standards scored by both",
    "too_few": "Too few to show a percentage: only {n}",
    "too_few_to_calculate": "Too few to calculate: only {n}",
    "no_variation": "Every score was the same for all {n}; agreement beyond chance cannot be calculated",
    "no_differences": "No differences",
    "no_change": "No change",
    "small_group": "Hidden to protect small groups",
    "undefined": "Cannot be calculated from these scores",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` when it is defined and enough scores stand behind it; otherwise `reason`, a key of WORDS."""

    value: float | None
    n: int
    reason: str | None = None
    caution: str | None = None  # such as 'small_number': print it beside the value

    def __post_init__(self) -> None:
        if (self.value is None) == (self.reason is None):
            raise ValueError("A figure has either a value or a reason.")

    @property
    def words(self) -> str:
        """What is printed in place of a missing value; empty when there is one."""
        return "" if self.reason is None else WORDS[self.reason].format(n=self.n)


@dataclass(frozen=True, slots=True)
class Interval:
    """A likely range with both limits."""

    low: float
    high: float


def missing(reason: str, n: int) -> Figure:
    """A figure that is not there, and why."""
    return Figure(None, n, reason)
