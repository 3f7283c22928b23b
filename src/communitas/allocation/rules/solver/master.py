"""The restricted master problem: choose one team for each host out of the teams known so far, as a linear program.

Rows: one choice a host, visits of a reviewer, and those rows of days and of swaps that some solution has broken.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import highspy
import numpy as np

from communitas.allocation.rules.problem import SEATS
from communitas.allocation.rules.solver.cuts import Cut, PricedCuts, is_in, rows_of
from communitas.allocation.rules.solver.highs import Floats, Rows, linear_program, quiet
from communitas.allocation.rules.solver.instance import Column, Instance
from communitas.allocation.rules.solver.pricing import Prices

BROKEN = 1e-6
CHEAP = 1e-4  # prices of cuts below this are none
MISSING = 10.0  # times the price of an unplaced host: what a pinned host pays for want of a team


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A solution of the linear relaxation: its value, its prices, each host's dual, and the shares of columns."""

    value: float
    prices: Prices
    hosts: Floats
    shares: Floats
    exceeded: float  # how much people's time was exceeded at the penalty, which then is below the true prices
    rows_added: bool  # rows were broken: they hold from the next solution on, and this value is below the relaxation's


class Master:
    """Grows by columns and rows.

    People's time may be exceeded at a penalty, which keeps prices from growing without measure as long as few teams
    are known (du Merle, Villeneuve, Desrosiers and Hansen 1999, 'Stabilized column generation').
    """

    def __init__(self, instance: Instance, penalty: float) -> None:
        self.instance = instance
        self.columns: list[Column] = []
        self._known: set[tuple[int, tuple[int, ...]]] = set()
        self._day_rows: dict[tuple[int, int], int] = {}
        self._way_rows: dict[tuple[int, int], int] = {}  # (smaller, larger) number of two hosts
        self._of_day: dict[tuple[int, int], list[int]] = defaultdict(list)  # columns with this person on this day
        self._of_host_day: dict[tuple[int, int], list[int]] = defaultdict(list)
        self.cuts: dict[Cut, int] = {}  # with their rows
        self._of_way: dict[tuple[int, int], list[int]] = defaultdict(list)  # columns with a way (community, host)
        self._highs = quiet()
        hosts, reviewers = len(instance.hosts), len(instance.reviewers)
        rows = Rows()
        for host in range(hosts):
            rows.add([host], least=1.0, most=1.0)
        for reviewer in range(reviewers):
            most = float(instance.limit[reviewer])
            rows.add([hosts + reviewer], least=-highspy.kHighsInf, most=most, values=[-1.0])
        unplaced = [cost * (MISSING if h in instance.pinned else 1) for h, cost in enumerate(instance.unplaced)]
        self.penalty = penalty
        self._most = max([1.0, *unplaced]) * len(SEATS)
        self._penalties = list(range(hosts, hosts + reviewers))
        self._places: list[int] = []  # of each column in the program
        self._width = hosts + reviewers
        costs = np.array([*unplaced, *[penalty] * reviewers])
        self._highs.passModel(linear_program(costs, np.full(len(costs), highspy.kHighsInf), rows))
        self._highs.setOptionValue("solver", "ipm")
        self._highs.setOptionValue("run_crossover", "off")

    def knows(self, column: Column) -> bool:
        """Whether the team is among the columns."""
        return (column.option, column.team) in self._known

    def add(self, columns: Iterable[Column]) -> int:
        """Add the teams that are new; how many they were."""
        new = [column for column in columns if not self.knows(column)]
        starts, index = [0], list[int]()
        kept = []
        for column in new:
            if self.knows(column):
                continue
            self._known.add((column.option, column.team))
            kept.append(column)
            index += self._entries(len(self.columns), column)
            starts.append(len(index))
            self.columns.append(column)
            self._places.append(self._width)
            self._width += 1
        if kept:
            count = len(kept)
            self._highs.addCols(
                count,
                np.array([column.cost for column in kept]),
                np.zeros(count),
                np.full(count, highspy.kHighsInf),
                len(index),
                np.array(starts[:-1], dtype=np.int32),
                np.array(index, dtype=np.int32),
                np.ones(len(index)),
            )
        return len(kept)

    def _entries(self, number: int, column: Column) -> list[int]:
        one = self.instance
        option = one.options[column.option]
        rows = [option.host]
        self._of_host_day[option.host, option.day].append(number)
        for person in column.people:
            rows.append(len(one.hosts) + person)
            self._of_day[person, option.day].append(number)
            row = self._day_rows.get((person, option.day))
            if row is not None:
                rows.append(row)
        for person in one.people_of.get(option.host, ()):
            row = self._day_rows.get((person, option.day))
            if row is not None:
                rows.append(row)
        for community in ways_of(one, column):
            self._of_way[community, option.host].append(number)
            row = self._way_rows.get(_pair(community, option.host))
            if row is not None:
                rows.append(row)
        if self.cuts:
            asked = rows_of(one, column)
            rows += [row for cut, row in self.cuts.items() if is_in(cut, asked)]
        return rows

    def add_cuts(self, cuts: Iterable[Cut]) -> int:
        """Put in cuts over three rows; how many they were."""
        asked = [rows_of(self.instance, column) for column in self.columns]
        before = len(self.cuts)
        for cut in cuts:
            index = [self._places[number] for number, rows in enumerate(asked) if is_in(cut, rows)]
            self.cuts[cut] = self._highs.getNumRow()
            values = np.ones(len(index))
            self._highs.addRow(-highspy.kHighsInf, 1.0, len(index), np.array(index, dtype=np.int32), values)
        return len(self.cuts) - before

    def solve(self) -> Relaxed:
        """Solve the relaxation by an interior point, whose prices lie in the middle; put in the rows that it breaks."""
        self._highs.run()
        solution = self._highs.getSolution()
        every = np.asarray(solution.col_value)
        values = every[self._places] if self._places else np.zeros(0)
        return self._relaxed(values, np.asarray(solution.row_dual), float(every[self._penalties].sum()))

    def _relaxed(self, values: Floats, duals: Floats, exceeded: float) -> Relaxed:
        one = self.instance
        prices = Prices.none(one)
        hosts, reviewers = len(one.hosts), len(one.reviewers)
        prices.visits[:] = np.maximum(0.0, -duals[hosts : hosts + reviewers])
        for (reviewer, day), row in self._day_rows.items():
            prices.days[reviewer, day] = max(0.0, -duals[row])
        for (left, right), row in self._way_rows.items():
            if duals[row] < 0:
                prices.ways[left, right] = prices.ways[right, left] = -duals[row]
        prices.cuts = PricedCuts({cut: float(-duals[row]) for cut, row in self.cuts.items() if duals[row] < -CHEAP})
        value = self._highs.getInfo().objective_function_value
        return Relaxed(value, prices, duals[:hosts].copy(), values, exceeded, self._add_broken(values))

    def _add_broken(self, values: Floats) -> bool:
        one = self.instance
        on_day: dict[tuple[int, int], float] = defaultdict(float)
        at_home: dict[tuple[int, int], float] = defaultdict(float)
        ways: dict[tuple[int, int], float] = defaultdict(float)
        used = np.flatnonzero(values > BROKEN)
        for number in used.tolist():
            column, share = self.columns[number], float(values[number])
            option = one.options[column.option]
            for person in column.people:
                on_day[person, option.day] += share
            at_home[option.host, option.day] += share
            if one.no_swap:
                for community in ways_of(one, column):
                    ways[_pair(community, option.host)] += share
        broken_days = [
            (person, day)
            for (person, day), share in on_day.items()
            if share + at_home.get((one.community[person], day), 0.0) > 1 + BROKEN
            and (person, day) not in self._day_rows
        ]
        broken_ways = [way for way, share in ways.items() if share > 1 + BROKEN and way not in self._way_rows]
        for person, day in broken_days:
            columns = self._of_day[person, day] + self._of_host_day.get((one.community[person], day), [])
            self._day_rows[person, day] = self._add_row(columns)
        for left, right in broken_ways:
            self._way_rows[left, right] = self._add_row(self._of_way[left, right] + self._of_way[right, left])
        return bool(broken_days or broken_ways)

    def _add_row(self, columns: list[int]) -> int:
        row = self._highs.getNumRow()
        index = np.array([*(self._places[column] for column in columns), self._width], dtype=np.int32)
        values = np.array([1.0] * len(columns) + [-1.0])
        self._highs.addCol(self.penalty, 0.0, highspy.kHighsInf, 0, np.zeros(0, dtype=np.int32), np.zeros(0))
        self._highs.addRow(-highspy.kHighsInf, 1.0, len(index), index, values)
        self._penalties.append(self._width)
        self._width += 1
        return row

    def raise_penalty(self) -> bool:
        """Make it ten times dearer to exceed people's time; False when it was dear enough for anything."""
        if self.penalty >= self._most:
            return False
        self.penalty *= 10
        index = np.array(self._penalties, dtype=np.int32)
        self._highs.changeColsCost(len(index), index, np.full(len(index), self.penalty))
        return True


def ways_of(instance: Instance, column: Column) -> set[int]:
    """The hosting communities from which somebody comes in the team."""
    found = {instance.community[person] for person in column.people}
    return {community for community in found if 0 <= community < len(instance.hosts)}


def _pair(left: int, right: int) -> tuple[int, int]:
    return (left, right) if left < right else (right, left)
