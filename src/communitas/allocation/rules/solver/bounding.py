"""The bound: column generation with smoothed prices; each pricing of all options bounds every plan from below.

For any prices >= 0 the Lagrangian relaxation of the shared rows is a bound: the sum over hosts of the least reduced
cost of a team (or of staying unplaced) less what the rows grant (Geoffrion 1974; Desrosiers and Luebbecke 2005, 'A
primer in column generation', 1.5). Prices are smoothed towards the best ones so far (Wentges 1997; Pessoa, Sadykov,
Uchoa and Vanderbeck 2018), which keeps them from swinging.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import inf
from typing import Final

import numpy as np

from communitas.allocation.rules.solver.cuts import broken_cuts
from communitas.allocation.rules.solver.highs import Floats
from communitas.allocation.rules.solver.instance import Column, Instance
from communitas.allocation.rules.solver.master import Master, ways_of
from communitas.allocation.rules.solver.pricing import Priced, Prices, Pricing, Wanted
from communitas.allocation.rules.solver.warming import ROUNDS, first_prices, scale_of_prices

FIRST_TEAMS: Final = 4  # teams of each option with which the master begins
MORE_TEAMS: Final = 2  # teams of each option that a round may add
SMOOTHING, LEAST_SMOOTHING = 0.5, 0.1
CLOSE: Final = 5e-5  # of the value: a bound that lies so near below the master's value is good enough
CERTAIN: Final = 1e-6
PENALTY: Final = 4.0  # times the scale of prices: the first price of exceeding somebody's time
EXCEEDED: Final = 1e-4


def lagrangian(instance: Instance, prices: Prices, priced: Iterable[Priced]) -> tuple[float, Floats]:
    """The bound that these prices give, and each host's share of it."""
    hosts = np.array([inf if h in instance.pinned else cost for h, cost in enumerate(instance.unplaced)])
    for one in priced:
        host = instance.options[one.option].host
        hosts[host] = min(hosts[host], one.bound)
    granted = float(instance.limit @ prices.visits) + float(prices.days.sum())
    granted += sum(price for (left, right), price in prices.ways.items() if left < right)
    granted += prices.cuts.granted
    return float(hosts.sum()) - granted, hosts


def between(best: Prices, newest: Prices, weight: float) -> Prices:
    """`weight` of the best prices and the rest of the newest."""
    ways: dict[tuple[int, int], float] = {}
    for way in best.ways.keys() | newest.ways.keys():
        ways[way] = weight * best.ways.get(way, 0.0) + (1 - weight) * newest.ways.get(way, 0.0)
    cuts = best.cuts.between(newest.cuts, weight)
    return Prices(
        weight * best.visits + (1 - weight) * newest.visits, weight * best.days + (1 - weight) * newest.days, ways, cuts
    )


def reduced_cost(instance: Instance, column: Column, prices: Prices) -> float:
    """The cost of a team with all that its rows ask, the host's own row apart."""
    option = instance.options[column.option]
    total = column.cost + sum(float(prices.days[p, option.day]) for p in instance.people_of.get(option.host, ()))
    for person in column.people:
        total += float(prices.visits[person] + prices.days[person, option.day])
    if prices.ways:
        total += sum(prices.ways.get((community, option.host), 0.0) for community in ways_of(instance, column))
    return total + prices.cuts.asked(instance, column)


@dataclass(slots=True)
class Bounding:
    """Column generation as far as it has come: the best bound, its prices, and each host's share of the bound."""

    instance: Instance
    pricing: Pricing
    master: Master
    prices: Prices
    bound: float = -inf
    hosts: Floats = field(default_factory=lambda: np.zeros(0))
    value: float = inf  # of the restricted master: no relaxation over all columns is above it, once rows are complete
    shares: Floats = field(default_factory=lambda: np.zeros(0))
    _smoothing: float = SMOOTHING

    @classmethod
    def begin(cls, pricing: Pricing, start: Iterable[Column], *, rounds: int = ROUNDS) -> "Bounding":
        """With a bound at no prices, then first prices, the teams that are best at them, and the teams of a plan."""
        instance = pricing.instance
        master = Master(instance, PENALTY * scale_of_prices(pricing))
        bounding = cls(instance, pricing, master, Prices.none(instance))
        bounding._look(bounding.prices, 1)
        bounding.master.add(start)
        priced = bounding._look(first_prices(instance, pricing, rounds=rounds), FIRST_TEAMS)
        bounding.master.add(column for one in priced for _, column in one.teams)
        return bounding

    def _look(self, prices: Prices, teams: int) -> list[Priced]:
        """Price all options; keep the prices when their bound is the best so far."""
        priced = self.pricing.price(range(len(self.instance.options)), Wanted(prices, teams=teams))
        bound, hosts = lagrangian(self.instance, prices, priced)
        if bound > self.bound:
            self.bound, self.prices, self.hosts = bound, prices, hosts
        return priced

    def step(self) -> bool:
        """Solve the master, price, and add what is cheaper than its duals say; False when nothing more is to be won."""
        relaxed = self.master.solve()
        self.value, self.shares = relaxed.value, relaxed.shares
        prices = between(self.prices, relaxed.prices, self._smoothing)
        priced = self._look(prices, MORE_TEAMS)
        new = self.master.add(
            column
            for one in priced
            for _, column in one.teams
            if reduced_cost(self.instance, column, relaxed.prices) < relaxed.hosts[self._host(column)] - CERTAIN
        )
        near = self.value - self.bound <= CLOSE * abs(self.value)
        if relaxed.rows_added or (new and not near):
            return True
        if relaxed.exceeded > EXCEEDED:
            return self.master.raise_penalty()
        if near or self._smoothing == 0.0:
            return False
        self._smoothing = self._smoothing / 2 if self._smoothing > LEAST_SMOOTHING else 0.0
        return True

    def cut(self) -> int:
        """Put in the cuts that the relaxation breaks; how many."""
        self._smoothing = SMOOTHING
        return self.master.add_cuts(broken_cuts(self.instance, self.master.columns, self.shares, self.master.cuts))

    def _host(self, column: Column) -> int:
        return self.instance.options[column.option].host
