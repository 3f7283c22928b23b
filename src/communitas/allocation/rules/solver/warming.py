"""First prices, by a subgradient method on a loose relaxation that numpy can solve for all options at once.

The relaxation lets somebody sit twice in a team and asks nothing of communities and experience: good enough to learn
who is scarce, and a hundred times as quick as exact pricing (Held, Wolfe and Crowder 1974 on step lengths).
"""

import numpy as np

from communitas.allocation.rules.problem import SEATS
from communitas.allocation.rules.solver.highs import Floats, Whole
from communitas.allocation.rules.solver.instance import NOBODY, Instance
from communitas.allocation.rules.solver.pricing import Prices, Pricing

ROUNDS = 150
LATER = 20  # a seat's candidate by whom the scale of prices is judged
LONGEST, SHORTEST = 0.15, 0.004  # of that scale: how far a price moves in the first and in the last round
MOST_AT_ONCE = 2.0  # demand above what is there counts at most so much


def first_prices(instance: Instance, pricing: Pricing, *, rounds: int = ROUNDS) -> Prices:
    """Prices at which the cheapest teams of all hosts ask for about as much of everybody as there is."""
    prices = Prices.none(instance)
    if not instance.options or not instance.reviewers:
        return prices
    demand = _Demand(instance, pricing)
    scale = scale_of_prices(pricing)
    for number in range(rounds):
        step = scale * LONGEST * (SHORTEST / LONGEST) ** (number / max(1, rounds - 1))
        visits, days = demand.of(prices)
        over = np.clip(visits - instance.limit, -1.0, MOST_AT_ONCE)
        prices.visits = np.maximum(0.0, prices.visits + step * over)
        prices.days = np.maximum(0.0, prices.days + step * np.clip(days - 1.0, -1.0, MOST_AT_ONCE))
    return prices


def scale_of_prices(pricing: Pricing) -> float:
    """How much dearer a seat's later candidates are than its first: what prices have to be of the order of."""
    raw = np.sort(pricing.raw, axis=2)[:, :, : LATER + 1]
    last = np.where(np.isfinite(raw), raw, -np.inf).max(axis=2)
    spread = (last - raw[:, :, 0])[np.isfinite(last)]
    return float(np.median(spread)) if spread.size and np.median(spread) > 0 else 1.0


class _Demand:
    def __init__(self, instance: Instance, pricing: Pricing) -> None:
        self.instance, self.pricing = instance, pricing
        self.base = np.array([option.cost for option in instance.options])
        self.hosts = pricing.hosts
        self.needs = np.array([[option.seats.count(s) for s in range(len(SEATS))] for option in instance.options])
        self.starts = np.array([numbers[0] for numbers in instance.options_of if numbers])
        members = [(r, c) for r, c in enumerate(instance.community) if c != NOBODY and c < len(instance.hosts)]
        self.members = np.array(members, dtype=np.int64).reshape(-1, 2)

    def _costs(self, prices: Prices) -> tuple[Floats, list[Whole]]:
        """The cost of each option, and for the n-th seat of each kind the place of who would sit in it."""
        pricing, days = self.pricing, self.pricing.days[:, None, None]
        asked = prices.visits[:, None] + prices.days
        reduced = pricing.raw + asked[pricing.who, days]
        costs = self.base + self._at_home(prices)
        chosen = []
        for turn in range(int(self.needs.max(initial=0))):
            place = reduced.argmin(axis=2)
            value = np.take_along_axis(reduced, place[:, :, None], axis=2)[:, :, 0]
            filled = (self.needs > turn) & (value < self.instance.empty)
            costs += np.where(self.needs > turn, np.minimum(value, self.instance.empty), 0.0).sum(axis=1)
            chosen.append(np.where(filled, place, NOBODY))
            np.put_along_axis(reduced, place[:, :, None], np.inf, axis=2)
        return costs, chosen

    def _at_home(self, prices: Prices) -> Floats:
        by_host = np.zeros((len(self.instance.hosts), prices.days.shape[1]))
        np.add.at(by_host, self.members[:, 1], prices.days[self.members[:, 0]])
        return by_host[self.hosts, self.pricing.days]

    def of(self, prices: Prices) -> tuple[Floats, Floats]:
        """How often each reviewer is asked for, in all and on each day (a day at home counted)."""
        instance, pricing = self.instance, self.pricing
        costs, chosen = self._costs(prices)
        least = np.minimum.reduceat(costs, self.starts)
        starts: list[int] = self.starts.tolist()
        ranges = zip(starts, [*starts[1:], len(costs)], strict=True)
        best = np.array([start + int(np.argmin(costs[start:end])) for start, end in ranges])
        best = best[least < np.array(instance.unplaced)[self.hosts[best]]]
        days = np.zeros(prices.days.shape)
        for places in chosen:
            option, seat = np.argwhere(places[best] != NOBODY).T
            people = pricing.who[best[option], seat, places[best[option], seat]]
            np.add.at(days, (people, pricing.days[best[option]]), 1.0)
        visits = days.sum(axis=1)
        at_home = np.zeros((len(instance.hosts), prices.days.shape[1]))
        at_home[self.hosts[best], pricing.days[best]] = 1.0
        np.add.at(days, self.members[:, 0], at_home[self.members[:, 1]])
        return visits, days
