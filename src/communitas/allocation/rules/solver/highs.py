"""Our few words to HiGHS (Huangfu and Hall 2018), so that nobody else needs to know how it is spoken to."""

import ctypes
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from math import inf

import highspy
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(slots=True)
class Rows:
    """Constraints `least <= sum(value x column) <= most`, gathered one by one."""

    starts: list[int] = field(default_factory=lambda: [0])
    columns: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    least: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)

    def add(self, columns: Sequence[int], *, least: float, most: float, values: Sequence[float] | None = None) -> None:
        """One more constraint; each value is 1 unless they are given."""
        self.columns += columns
        self.values += [1.0] * len(columns) if values is None else values
        self.starts.append(len(self.columns))
        self.least.append(least)
        self.most.append(most)

    @property
    def width(self) -> int:
        """The number of columns that the constraints speak of."""
        return max(self.columns, default=-1) + 1


def quiet() -> highspy.Highs:
    """A HiGHS that prints nothing and works in one thread, so that it answers the same each time."""
    _let_it_greet()
    highs = highspy.Highs()  # type: ignore[no-untyped-call]  # its constructor has no annotations
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    return highs


@cache
def _let_it_greet() -> None:
    """The first HiGHS of a process greets on standard output, past Python: nobody who works beside it wants that."""
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        highspy.Highs()  # type: ignore[no-untyped-call]  # its constructor has no annotations
        ctypes.CDLL(None).fflush(None)  # what C has kept back must not follow later
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def linear_program(costs: Floats, upper: Floats, rows: Rows) -> highspy.HighsLp:
    """Minimise costs x over 0 <= x <= upper and the rows."""
    program = highspy.HighsLp()
    program.num_col_ = len(costs)
    program.num_row_ = len(rows.least)
    program.col_cost_ = costs
    program.col_lower_ = np.zeros(len(costs))
    program.col_upper_ = upper
    program.row_lower_ = np.array(rows.least, dtype=np.float64)
    program.row_upper_ = np.array(rows.most, dtype=np.float64)
    matrix = program.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.num_col_ = len(costs)
    matrix.num_row_ = len(rows.least)
    matrix.start_ = np.array(rows.starts, dtype=np.int32)
    matrix.index_ = np.array(rows.columns, dtype=np.int32)
    matrix.value_ = np.array(rows.values, dtype=np.float64)
    return program


@dataclass(frozen=True, slots=True)
class Answer:
    """What an integer program came to: the columns that are chosen, their cost, and a bound under any choice."""

    chosen: tuple[int, ...]
    cost: float
    bound: float
    proven: bool  # nothing cheaper can be chosen


def solve_binary(rows: Rows, costs: Sequence[float]) -> tuple[int, ...] | None:
    """The columns of a cheapest choice, or None when no choice keeps the rows; columns without cost may follow."""
    width = max(rows.width, len(costs))
    answer = solve_integer(rows, np.array([*costs, *[0.0] * (width - len(costs))]))
    return None if answer is None else answer.chosen


def solve_integer(
    rows: Rows,
    costs: Floats,
    *,
    start: Sequence[int] = (),
    nodes: int = 0,
    gap: float = 0.0,
    seconds: float = inf,
) -> Answer | None:
    """Choose columns at least cost, or None when nothing was found.

    `start` is a choice known to be possible; `nodes` (0: any number) bounds the search tree.
    """
    highs = quiet()
    program = linear_program(costs, np.ones(len(costs)), rows)
    program.integrality_ = [highspy.HighsVarType.kInteger] * len(costs)
    highs.passModel(program)
    highs.setOptionValue("mip_rel_gap", gap)
    highs.setOptionValue("mip_abs_gap", 1e-6)
    if nodes:
        highs.setOptionValue("mip_max_nodes", nodes)
    if seconds < inf:
        highs.setOptionValue("time_limit", max(0.01, seconds))
    if start:
        solution = highspy.HighsSolution()
        given = np.zeros(len(costs))
        given[list(start)] = 1.0
        solution.col_value = given
        highs.setSolution(solution)
    highs.run()
    info = highs.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    values = np.asarray(highs.getSolution().col_value)
    proven = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    chosen = tuple(int(column) for column in np.flatnonzero(values > 0.5))
    return Answer(chosen, info.objective_function_value, info.mip_dual_bound, proven)
