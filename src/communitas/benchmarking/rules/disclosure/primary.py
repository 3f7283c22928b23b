"""The first look at a cell, by itself: may it be shown at all, and how."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import floor

from communitas.benchmarking.rules.disclosure.parameters import Parameters
from communitas.benchmarking.rules.disclosure.values import HIDDEN, MARK_NAMES, AlmostAll, Percent, Protected
from communitas.kit.rulebook import rule


@dataclass(frozen=True)
class Answers:
    """The valid answers behind a cell: how often each community gave marks 0, 1 and 2."""

    by_community: Mapping[int, tuple[int, int, int]]

    @property
    def communities(self) -> int:
        """n of the rules: the contributors."""
        return len(self.by_community)

    @cached_property
    def totals(self) -> tuple[int, int, int]:
        """How often each mark was given."""
        rows = self.by_community.values()
        return (sum(row[0] for row in rows), sum(row[1] for row in rows), sum(row[2] for row in rows))

    @cached_property
    def is_single(self) -> bool:
        """Whether no community gave more than one answer, as on one criterion."""
        return all(sum(row) == 1 for row in self.by_community.values())

    def exceptions(self, mark: int) -> int:
        """How many communities gave some other mark. When all of these pool what they know, the rest is known."""
        return sum(1 for row in self.by_community.values() if sum(row) > row[mark])


def answers(marks: Iterable[Sequence[int | None]], members: frozenset[int]) -> Answers:
    """Gather the valid marks of the members over one or several criteria."""
    found: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in marks:
        for i in members:
            mark = row[i]
            if mark is not None:
                found[i][mark] += 1
    return Answers({i: (row[0], row[1], row[2]) for i, row in sorted(found.items())})


@rule
def publishable(cell: Answers, operators: Sequence[str], parameters: Parameters, *, pooled: bool) -> Protected:
    """A criterion is shown from ten communities; a section from five, if nobody gave more than half of the answers.

    This is before cells are compared with each other. `pooled` cells hold several answers of a community; 'nobody' is
    no community and no legal operator with all of its own. When all but a few communities gave one mark, only that is
    said: the few are one more than may pool what they know. With only as many, two who are the exceptions would see
    from the band itself that everybody else gave the mark.
    """
    if cell.communities < (parameters.communities if pooled else parameters.criterion):
        return HIDDEN
    if pooled and dominated(cell, operators, parameters):
        return HIDDEN
    for mark in (2, 1, 0):
        if cell.exceptions(mark) <= parameters.few:
            return AlmostAll(MARK_NAMES[mark], parameters.few)
    return percentages(cell, parameters.step(cell.communities))


def percentages(cell: Answers, step: int) -> Percent:
    """The three percentages of a cell with answers, to multiples of `step`."""
    answered = sum(cell.totals)
    not_met, partly_met, met = (rounded(total, answered, step) for total in cell.totals)
    return Percent(met, partly_met, not_met, step)


def is_steady(cell: Answers, step: int) -> bool:
    """Whether rounding hides an exchange: two answers more or less of any mark would give the same percentages."""
    answered = sum(cell.totals)
    return all(
        rounded(max(total - 2, 0), answered, step) == rounded(min(total + 2, answered), answered, step)
        for total in cell.totals
    )


def dominated(cell: Answers, operators: Sequence[str], parameters: Parameters) -> bool:
    """Whether one community, or one legal operator with all its communities, gave too large a share."""
    held: defaultdict[str, int] = defaultdict(int)
    for i, row in cell.by_community.items():
        held[operators[i]] += sum(row)
    return 100 * max(held.values()) > parameters.dominance * sum(held.values())


def rounded(part: int, whole: int, step: int) -> int:
    """The percentage to the nearest multiple of `step`, halves up, in whole-number arithmetic."""
    return (200 * part + step * whole) // (2 * step * whole) * step


def rounded_number(value: float, step: int) -> int:
    """A number to the nearest multiple of `step`, halves up."""
    return floor(value / step + 0.5) * step
