"""The audit of one table of counts: what can a reader work out about the cells that were hidden?

Source: US Federal Committee on Statistical Methodology, Statistical Policy Working Paper 22. One hidden cell more in
each row and column is not enough, so each hidden cell is bounded by linear programming (scipy's HiGHS).
"""

from collections.abc import Sequence
from dataclasses import dataclass

Cell = tuple[int, int]  # row and column, from 0


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a hidden cell must lie between; `high` is None where nothing bounds it."""

    cell: Cell
    low: int
    high: int | None

    @property
    def is_disclosed(self) -> bool:
        """Whether only one value is left."""
        return self.low == self.high


def primary_cells(table: Sequence[Sequence[int]], *, threshold: int, zero_is_safe: bool = True) -> tuple[Cell, ...]:
    """The cells below the threshold, row by row; zeros too unless they are safe."""
    return tuple(
        (i, j)
        for i, row in enumerate(table)
        for j, count in enumerate(row)
        if count < threshold and not (zero_is_safe and count == 0)
    )


def audit(
    table: Sequence[Sequence[int]], hidden: Sequence[Cell], *, margins_published: bool = True
) -> tuple[Bounds, ...]:
    """The least and greatest count of each hidden cell, given the others and, when published, all totals.

    Counts are whole and not negative. The bounds are exact, for the corners of such a problem are whole numbers.
    """
    if not margins_published:
        return tuple(Bounds(cell, 0, None) for cell in hidden)
    rows = sorted({i for i, _ in hidden})
    columns = sorted({j for _, j in hidden})
    equations = [[float(cell[0] == i) for cell in hidden] for i in rows]
    equations += [[float(cell[1] == j) for cell in hidden] for j in columns]
    left = [sum(table[i][j] for i, j in hidden if i == row) for row in rows]
    left += [sum(table[i][j] for i, j in hidden if j == column) for column in columns]
    return tuple(
        Bounds(cell, _extreme(equations, left, k, sign=1), _extreme(equations, left, k, sign=-1))
        for k, cell in enumerate(hidden)
    )


def protects(bounds: Sequence[Bounds], primary: Sequence[Cell], *, threshold: int) -> bool:
    """Whether each cell of `primary` is hidden, could have more than one value, and could reach the threshold."""
    known = {each.cell: each for each in bounds}
    return all(
        cell in known and not known[cell].is_disclosed and ((high := known[cell].high) is None or high >= threshold)
        for cell in primary
    )


def _extreme(equations: list[list[float]], left: list[int], position: int, *, sign: int) -> int:
    from scipy.optimize import linprog

    goal = [0.0] * len(equations[0])
    goal[position] = sign
    found = linprog(goal, A_eq=equations, b_eq=left, bounds=(0, None), method="highs")
    if found.fun is None:
        raise ValueError("the totals are too large to be bounded.")
    return round(sign * float(found.fun))
