"""Solve a problem: start, bound, search, prove. Fixed rounds decide; the clock alone ends what is not finished."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Final

from communitas.allocation.rules.problem import Problem
from communitas.allocation.rules.solver.bounding import Bounding
from communitas.allocation.rules.solver.crew import Crew
from communitas.allocation.rules.solver.instance import Column, Instance
from communitas.allocation.rules.solver.neighbourhoods import Neighbourhoods
from communitas.allocation.rules.solver.pricing import Pricing
from communitas.allocation.rules.solver.proving import prove
from communitas.allocation.rules.solver.search import BETTER, Effort, Found, Searcher
from communitas.allocation.rules.solver.starting import fill, keep_previous, pinned_core, rounded
from communitas.allocation.rules.solver.state import State
from communitas.allocation.rules.solver.warming import ROUNDS

MOST_ROUNDS_OF_BOUND: Final = 200
SHARE_FOR_BOUND: Final = 0.6  # of the time, after which the bound must do as it is
SMALLEST, FIRST_SIZE, LARGEST, STEP = 8, 20, 36, 2  # hosts in a neighbourhood
LEVELS: Final = ((15, 40), (40, 100))  # teams an option and nodes of the tree, for as long as they help
WHOLE: Final = 200  # hosts that are freed all at once in the end
REACHES: Final = (25.0, 12.0, 40.0)  # of the teams among which each process then chooses
NODES_OF_ALL: Final = 5_000
SHARE_FOR_CUTS: Final = 0.3  # of the time, after which no more cuts are looked for
PATIENCE: Final = 3.0  # how often every host may be looked at in vain
Left = Callable[[], float]
Say = Callable[[str], None]
Standing = Callable[[float, float], None]  # takes the cost of the best plan so far, and the bound


def nobody_asks(cost: float, bound: float) -> None:
    """Tells nobody how the run stands."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The best plan found, as a team or nothing for each host, and the bound."""

    instance: Instance
    chosen: list[Column | None]
    cost: float
    bound: float


@dataclass(slots=True)
class Solver:
    """One run. `left` tells the seconds that are left, `say` takes lines of progress, `standing` figures of it."""

    problem: Problem
    seed: int
    workers: int
    left: Left
    say: Say
    standing: Standing = nobody_asks
    instance: Instance = field(init=False)
    best: State = field(init=False)
    bound: float = -inf
    _late: bool = False  # the clock cut something short: the rest of the time is used, so that nothing is promised

    def run(self) -> Outcome:
        """Find a plan and a bound before the time is over."""
        self.instance = Instance(self.problem)
        pricing = Pricing(self.instance)
        searcher = Searcher(self.instance, pricing)
        total = self.left()
        self._start(searcher)
        if self.instance.options:
            with Crew(self.problem, searcher, self.workers) as crew:
                bounding = self._bound(pricing, total)
                crew.tell(bounding.prices)
                if not self._closed:
                    self._round(searcher, bounding)
                self._search(crew, bounding)
                self._all_at_once(crew)
                self._prove(searcher, bounding)
        else:
            self.bound = float(sum(self.instance.unplaced))
        chosen = self.best.chosen
        return Outcome(self.instance, chosen, self.best.cost, min(self.bound, self.best.cost))

    @property
    def _closed(self) -> bool:
        return self.best.cost - self.bound <= BETTER

    def _start(self, searcher: Searcher) -> None:
        self.best = pinned_core(self.instance)
        keep_previous(self.best)
        fill(self.best, searcher, range(len(self.instance.hosts)))
        self._tell("first plan")

    def _bound(self, pricing: Pricing, total: float) -> Bounding:
        start = [column for column in self.best.chosen if column is not None]
        self._late = self.left() < total * (1 - SHARE_FOR_BOUND)
        bounding = Bounding.begin(pricing, start, rounds=0 if self._late else ROUNDS)
        for number in range(MOST_ROUNDS_OF_BOUND):
            self.bound = max(self.bound, bounding.bound)
            if self.left() < total * (1 - SHARE_FOR_BOUND):
                self._late = True
                break
            if self._closed:
                break
            if not bounding.step() and not self._cut(bounding, total):
                break
            self._tell(f"bound, round {number + 1}, relaxation {bounding.value:,.1f}")
        self.bound = max(self.bound, bounding.bound)
        return bounding

    def _cut(self, bounding: Bounding, total: float) -> bool:
        """Put in cuts, while there is time for it; False when there is none or nothing is broken."""
        return self.left() > total * (1 - SHARE_FOR_CUTS) and bounding.cut() > 0

    def _round(self, searcher: Searcher, bounding: Bounding) -> None:
        """Begin again from the relaxation: its largest shares, then the best that is left."""
        if not len(bounding.shares):
            return
        state = rounded(self.instance, bounding.master.columns, bounding.shares)
        missing = [host for host, column in enumerate(state.chosen) if column is None]
        fill(state, searcher, [*missing, *self.instance.pinned])
        if state.cost < self.best.cost:
            self.best = state
        self._tell("relaxation rounded")

    def _search(self, crew: Crew, bounding: Bounding) -> None:
        chance = random.Random(self.seed)  # noqa: S311 - it must come out alike, not be secret
        neighbourhoods = Neighbourhoods(self.instance, bounding, chance)
        hosts = len(self.instance.hosts)
        size, level, idle, rounds = min(FIRST_SIZE, hosts), 0, 0, 0
        while not self._closed and level < len(LEVELS):
            if self.left() <= 0:
                self._late = True
                return
            teams, nodes = LEVELS[level]
            groups = neighbourhoods.draw(self.best.chosen, size, self.workers)
            found = crew.improve(list(self.best.chosen), groups, Effort(teams, nodes, max(0.1, self.left())))
            better = self._merge(groups, found)
            proven = all(one.proven for one in found)
            size = min(LARGEST, hosts, size + STEP) if proven else max(min(SMALLEST, hosts), size - STEP)
            idle = 0 if better else idle + 1
            rounds += 1
            if better or rounds % 20 == 0:
                self._tell(f"search, round {rounds}, {size} hosts at a time")
            if idle > PATIENCE * hosts / (size * len(groups)) or (proven and len(groups[0]) == hosts):
                level, idle = level + 1, 0
                if level == len(LEVELS) and self._late:
                    level -= 1

    def _all_at_once(self, crew: Crew) -> None:
        """Free every host at once, and choose among the teams that lie nearest to the bound."""
        hosts = range(len(self.instance.hosts))
        while not self._closed and len(hosts) <= WHOLE and self.left() > 0:
            efforts = [Effort(60, NODES_OF_ALL, max(0.1, self.left()), reach) for reach in REACHES[: self.workers]]
            found = crew.improve_all(list(self.best.chosen), list(hosts), efforts)
            better = self._merge([list(hosts)] * len(found), found)
            self._late = self._late or self.left() <= 0
            self._tell("every host at once")
            if not better:
                return

    def _merge(self, groups: Sequence[Sequence[int]], found: Sequence[Found]) -> bool:
        """Put in what was found, group by group, as far as it still fits beside what came before."""
        better = False
        for group, one in zip(groups, found, strict=True):
            if one.columns is None:
                continue
            trial = State(self.instance, self.best.chosen)
            for host in group:
                trial.take(host)
            for column in one.columns:
                if column is not None and trial.allows(column):
                    trial.put(column)
            if trial.cost < self.best.cost - BETTER and all(trial.chosen[host] for host in self.instance.pinned):
                self.best, better = trial, True
        return better

    def _prove(self, searcher: Searcher, bounding: Bounding) -> None:
        if self._closed or self.left() <= 0:
            return
        proof = prove(searcher.pricing, bounding, self.best, self.bound, self.left())
        if proof is None:
            return
        self.bound = max(self.bound, proof.bound)
        if proof.plan.cost < self.best.cost:
            self.best = proof.plan
        self._tell("looked at every team that could be in a better plan")

    def _tell(self, what: str) -> None:
        self.say(f"{what}: cost {self.best.cost:,.1f}, bound {self.bound:,.1f}, {max(0.0, self.left()):.0f} s left")
        self.standing(float(self.best.cost), float(self.bound))
