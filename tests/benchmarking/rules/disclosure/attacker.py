"""Someone who knows the published cells, who contributed to what, and the true results of two communities.

It shares no code with the protection. All it knows becomes linear bounds on how many communities of a type gave a mark
on a criterion; a mark is recovered when the bounds leave everyone else in a type a single mark.
"""

import itertools
from collections.abc import Iterator, Mapping

import numpy as np
from scipy.optimize import linprog

from communitas.benchmarking.rules.disclosure.lattice import CellKey, Cells
from communitas.benchmarking.rules.disclosure.values import AlmostAll, Percent, Protected

NAMES = ("not_met", "partly_met", "met")


class Attacker:
    """Attacks one kind of score of one release."""

    def __init__(self, cells: Cells, values: Mapping[CellKey, Protected]) -> None:
        self.cells = cells
        self.types = [declared.members for declared in cells.groups[1:]]
        self.codes = [code for _, codes in cells.sections for code in codes]
        self.marks = {code: cells.marks["agreed", code] for code in self.codes}
        self.sizes = np.array(
            [[sum(self.marks[code][i] is not None for i in members) for members in self.types] for code in self.codes]
        )
        rows: list[np.ndarray] = []
        upper: list[float] = []
        for key, value in values.items():
            if key.kind == "agreed":
                for row, limit in self._bounds(key, value):
                    rows.append(row)
                    upper.append(limit)
        self.rows, self.upper = np.array(rows), np.array(upper)

    def recovers(self) -> Iterator[tuple[str, int]]:
        """Criteria and types in which the marks of everyone but the two are known."""
        for c, code in enumerate(self.codes):
            for t, members in enumerate(self.types):
                answered = [i for i in members if self.marks[code][i] is not None]
                for mark in range(3):
                    different = [i for i in answered if self.marks[code][i] != mark]
                    if len(different) > 2 or len(answered) == len(different):
                        continue
                    if self._is_certain(c, t, mark, different):
                        yield code, t

    def _is_certain(self, c: int, t: int, mark: int, colluders: list[int]) -> bool:
        shape = (len(self.codes), len(self.types), 3)
        least = np.zeros(shape)
        for i in colluders:
            for d, code in enumerate(self.codes):
                given = self.marks[code][i]
                if given is not None:
                    least[d, next(u for u, members in enumerate(self.types) if i in members), given] += 1
        goal = np.zeros(shape)
        goal[c, t, [other for other in range(3) if other != mark]] = -1
        sums = np.zeros((shape[0] * shape[1], *shape))
        for row, (d, u) in enumerate(itertools.product(range(shape[0]), range(shape[1]))):
            sums[row, d, u, :] = 1
        result = linprog(
            goal.ravel(),
            A_ub=self.rows.reshape(len(self.rows), -1) if len(self.rows) else None,
            b_ub=self.upper if len(self.rows) else None,
            A_eq=sums.reshape(len(sums), -1),
            b_eq=self.sizes.ravel(),
            bounds=[(low, None) for low in least.ravel()],
            method="highs",
        )
        return bool(result.fun is not None and -result.fun < len(colluders) + 1 - 1e-6)

    def _bounds(self, key: CellKey, value: Protected) -> Iterator[tuple[np.ndarray, float]]:
        where = np.zeros((len(self.codes), len(self.types), 3))
        chosen = [self.codes.index(code) for code in self.cells.criteria_of(key.subject)]
        groups = [declared.group for declared in self.cells.groups[1:]]
        inside = range(len(groups)) if key.group.dimension == "network" else [groups.index(key.group)]
        n = int(self.sizes[np.ix_(chosen, list(inside))].sum())
        if isinstance(value, AlmostAll):
            others = [other for other in range(3) if other != NAMES.index(value.mark)]
            for c in chosen:  # the few are communities, each with at most one answer on a criterion
                row = where.copy()
                row[np.ix_([c], list(inside), others)] = 1
                yield row, value.at_most
        elif isinstance(value, Percent):
            for mark, name in enumerate(NAMES):
                shown = getattr(value, name)
                fitting = [x for x in range(n + 1) if abs(100 * x / n - shown) <= value.rounded_to / 2 + 1e-9]
                row = where.copy()
                row[np.ix_(chosen, list(inside), [mark])] = 1
                yield row, max(fitting)
                yield -row, -min(fitting)
