"""Counts of people and answers to questionnaires."""

from collections.abc import Sequence
from dataclasses import dataclass

from communitas.benchmarking.rules.disclosure.parameters import Parameters
from communitas.benchmarking.rules.disclosure.values import HIDDEN, Hidden
from communitas.kit.rulebook import rule


@rule
def people(count: int, parameters: Parameters, *, impossible: bool = False) -> int | Hidden:
    """A count of people is hidden below the threshold, else rounded to fives; zero shows only where none can be."""
    if impossible and count == 0:
        return 0
    if count < parameters.people:
        return HIDDEN
    step = parameters.rounding
    return (2 * count + step) // (2 * step) * step


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """Counts of people that add up to a total, each rounded from its own unrounded count."""

    total: int | Hidden
    parts: tuple[int | Hidden, ...]


@rule
def people_table(counts: Sequence[int], parameters: Parameters) -> PeopleTable:
    """Counts beside their total: the hidden ones together must be left with more than one possible number.

    Rounded counts leave a little room, but several of them can use it up. Then the smallest part that is shown is
    hidden too (of equal ones the first), and the total when no part is left.
    """
    parts = [people(count, parameters) for count in counts]
    total = people(sum(counts), parameters)
    while not isinstance(total, Hidden) and HIDDEN in parts and not _has_room(total, parts, parameters):
        shown = [(count, i) for i, count in enumerate(counts) if not isinstance(parts[i], Hidden)]
        if shown:
            parts[min(shown)[1]] = HIDDEN
        else:
            total = HIDDEN
    return PeopleTable(total, tuple(parts))


def _has_room(total: int, parts: Sequence[int | Hidden], parameters: Parameters) -> bool:
    """Whether the hidden parts together could be more than one number of people."""
    lowest, highest = possible(total, parameters)
    shown = [possible(part, parameters) for part in parts if not isinstance(part, Hidden)]
    least = max(lowest - sum(high for _, high in shown), 0)
    most = highest - sum(low for low, _ in shown)
    return most > least


def possible(shown: int, parameters: Parameters) -> tuple[int, int]:
    """The least and the most people that would be shown as this number."""
    half = (parameters.rounding - 1) // 2  # rounding is odd or even: a half goes up
    low = shown - parameters.rounding // 2
    return max(low, parameters.people), shown + half
