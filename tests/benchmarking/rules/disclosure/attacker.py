"""Someone who knows the published cells, who contributed to what, and the true results of two communities.

It shares no code with the protection. Communities that stand in the same groups are one kind to it; all it knows
becomes linear bounds on how many of a kind gave a mark on a criterion. A mark is recovered when the bounds leave
everyone else of a kind a single mark.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from communitas.benchmarking.rules.disclosure.lattice import CellKey, Cells
from communitas.benchmarking.rules.disclosure.values import AlmostAll, Percent, Protected
from communitas.benchmarking.rules.facts import ScoreKind

NAMES = ("not_met", "partly_met", "met")
Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Sum:
    """So many answers of these members on these criteria are one of these marks; None where that side is open."""

    criteria: tuple[str, ...]
    members: frozenset[int]
    marks: tuple[int, ...]
    least: float | None
    most: float | None


class Attacker:
    """Attacks one kind of score of one release."""

    def __init__(
        self,
        cells: Cells,
        values: Mapping[CellKey, Protected],
        *,
        few: int = 0,
        kind: ScoreKind = "agreed",
        sums: Iterable[Sum] = (),
    ) -> None:
        """`few` is the number of exceptions up to which our rule bands a criterion, where it is known to be in use.

        `sums` are what else is known, such as what a median says of how many marks there must be.
        """
        self.few = few
        self.cells = cells
        self.codes = [code for _, codes in cells.sections for code in codes]
        self.marks = {code: cells.marks[kind, code] for code in self.codes}
        self.kinds = self._kinds()
        self.kind_of = {i: k for k, members in enumerate(self.kinds) for i in members}
        self.shape = (len(self.codes), len(self.kinds), 3)
        self.sizes = np.array(
            [[sum(self.marks[code][i] is not None for i in kind) for kind in self.kinds] for code in self.codes]
        )
        bounds = [
            (row.ravel(), limit)
            for key, value in values.items()
            if key.kind == kind
            for row, limit in self._bounds(key, value)
        ]
        bounds += [(row.ravel(), limit) for each in sums for row, limit in self._of_sum(each)]
        self.rows = np.array([row for row, _ in bounds]) if bounds else None
        self.upper = np.array([limit for _, limit in bounds]) if bounds else None
        self.sums = np.kron(np.eye(len(self.codes) * len(self.kinds)), np.ones(3))
        self.possible: list[Array] = []  # other networks that would have been published alike

    def recovers(self) -> Iterator[tuple[str, int]]:
        """Criteria and kinds in which the marks of everyone but the two are known."""
        for c, code in enumerate(self.codes):
            for k, members in enumerate(self.kinds):
                answered = [i for i in members if self.marks[code][i] is not None]
                for mark in range(3):
                    different = [i for i in answered if self.marks[code][i] != mark]
                    if len(different) > 2 or len(answered) == len(different):
                        continue
                    if self._is_certain(c, k, mark, different):
                        yield code, k

    def is_misled(self) -> bool:
        """Whether something that is believed is not true: then nothing that follows from it counts."""
        truth = np.zeros(self.shape)
        for c, code in enumerate(self.codes):
            for i, mark in enumerate(self.marks[code]):
                if mark is not None:
                    truth[c, self.kind_of[i], mark] += 1
        if self.rows is None or self.upper is None:
            return False
        return bool((self.rows @ truth.ravel() > self.upper + 1e-9).any())

    def _is_certain(self, c: int, k: int, mark: int, colluders: list[int]) -> bool:
        least = np.zeros(self.shape)
        for i in colluders:
            for d, code in enumerate(self.codes):
                given = self.marks[code][i]
                if given is not None:
                    least[d, self.kind_of[i], given] += 1
        others = [other for other in range(3) if other != mark]
        enough = len(colluders) + 1 - 1e-6
        if any(each[c, k, others].sum() >= enough and (each >= least).all() for each in self.possible):
            return False
        goal = np.zeros(self.shape)
        goal[c, k, others] = -1
        result = linprog(
            goal.ravel(),
            A_ub=self.rows,
            b_ub=self.upper,
            A_eq=self.sums,
            b_eq=self.sizes.ravel(),
            bounds=[(low, None) for low in least.ravel()],
            method="highs",
        )
        if result.x is None or result.fun is None:
            return False
        if -result.fun < enough:
            return True
        self.possible.append(result.x.reshape(self.shape))
        return False

    def _kinds(self) -> list[list[int]]:
        kinds: dict[tuple[bool, ...], list[int]] = {}
        for i in range(len(self.cells.operators)):
            kinds.setdefault(tuple(i in declared.members for declared in self.cells.groups), []).append(i)
        return list(kinds.values())

    def _of_sum(self, each: Sum) -> Iterator[tuple[Array, float]]:
        row = np.zeros(self.shape)
        chosen = [self.codes.index(code) for code in each.criteria]
        inside = [k for k, kind in enumerate(self.kinds) if kind[0] in each.members]
        row[np.ix_(chosen, inside, each.marks)] = 1
        if each.most is not None:
            yield row, each.most
        if each.least is not None:
            yield -row, -each.least

    def _bounds(self, key: CellKey, value: Protected) -> Iterator[tuple[Array, float]]:
        where = np.zeros(self.shape)
        chosen = [self.codes.index(code) for code in self.cells.criteria_of(key.subject)]
        members = next(declared.members for declared in self.cells.groups if declared.group == key.group)
        inside = [k for k, kind in enumerate(self.kinds) if kind[0] in members]
        n = int(self.sizes[np.ix_(chosen, inside)].sum())
        if isinstance(value, AlmostAll):
            rest = [other for other in range(3) if other != NAMES.index(value.mark)]
            for c in chosen:  # the few are communities, each with at most one answer on a criterion
                row = where.copy()
                row[np.ix_([c], inside, rest)] = 1
                yield row, value.at_most
        elif isinstance(value, Percent):
            for mark, name in enumerate(NAMES):
                shown = getattr(value, name)
                fitting = [x for x in range(n + 1) if abs(100 * x / n - shown) <= value.rounded_to / 2 + 1e-9]
                row = where.copy()
                row[np.ix_(chosen, inside, [mark])] = 1
                yield row, max(fitting)
                yield -row, -min(fitting)
                if self.few and key.subject.level == "criterion":  # else it would be a band
                    others = where.copy()
                    others[np.ix_(chosen, inside, [other for other in range(3) if other != mark])] = -1
                    yield others, -float(self.few + 1)
