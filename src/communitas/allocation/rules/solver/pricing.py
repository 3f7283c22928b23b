"""Pricing: the cheapest teams of an option when people's time has prices.

A team's reduced cost is a sum over its seats plus what depends on the whole team (experience, communities), so teams
are looked at in the order of the sum, with the rest bounded from below, until the best ones are certain.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import inf

import numpy as np

from communitas.allocation.rules.problem import SEATS
from communitas.allocation.rules.solver.cuts import CutsOfOption, PricedCuts
from communitas.allocation.rules.solver.highs import Floats
from communitas.allocation.rules.solver.instance import NOBODY, Bools, Column, Instance
from communitas.allocation.rules.solver.teams import Candidate, best_teams

NEAREST = 160  # candidates that are looked at for a seat; the cheapest left out bounds the rest
FIRST = 8  # of these, how many go into the search
LEAD = SEATS.index("lead")


@dataclass(slots=True)
class Prices:
    """What the rows of the master problem ask: of a visit, of a day, of a community's first person, and by cuts."""

    visits: Floats
    days: Floats  # (reviewer, day): also paid when the reviewer's own community is visited on the day
    ways: dict[tuple[int, int], float] = field(default_factory=dict)  # (community, host)
    cuts: PricedCuts = field(default_factory=PricedCuts)

    @classmethod
    def none(cls, instance: Instance) -> "Prices":
        """Everything is free."""
        return cls(np.zeros(len(instance.reviewers)), np.zeros(instance.free.shape))


@dataclass(frozen=True, slots=True)
class Priced:
    """The best teams of an option by reduced cost, and a bound under all of its teams."""

    option: int
    bound: float
    teams: tuple[tuple[float, Column], ...]
    short: bool  # somebody who was not looked at could be in a team that was asked for


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of pricing: at most `teams` for an option, within a distance of the best one.

    `shut` (reviewer, day) and `barred` (community, host) leave people out; the bounds then hold for the others.
    """

    prices: Prices
    teams: int = 1
    within: float = inf
    shut: Bools | None = None
    barred: frozenset[tuple[int, int]] = frozenset()


class Pricing:
    """Finds teams for options. Built once for an instance; the tables hold the cheapest candidates of each seat."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self._tables()

    def _tables(self) -> None:
        one = self.instance
        count = len(one.options)
        width = min(NEAREST, max(1, len(one.reviewers)))
        self.who = np.zeros((count, len(SEATS), width), dtype=np.int32)
        self.raw = np.full((count, len(SEATS), width), inf)
        self.outside = np.full((count, len(SEATS)), inf)
        self.days = np.array([option.day for option in one.options], dtype=np.int64)
        self.hosts = np.array([option.host for option in one.options], dtype=np.int64)
        for number, option in enumerate(one.options):
            open_to = one.may[option.host] & one.free[:, option.day]
            for seat in set(option.seats):
                people = np.flatnonzero(open_to & one.fills[seat])
                costs = one.cost[option.host, people]
                order = np.argsort(costs, kind="stable")
                kept = order[:width]
                self.who[number, seat, : len(kept)] = people[kept]
                self.raw[number, seat, : len(kept)] = costs[kept]
                if len(order) > width:
                    self.outside[number, seat] = costs[order[width]]

    def price(self, options: Sequence[int], wanted: Wanted) -> list[Priced]:
        """The best teams of each option, in the order of the options.

        Where somebody beyond the short lists could be in a better team, the lists are made longer.
        """
        found: dict[int, Priced] = {}
        asked = wanted.prices.visits[:, None] + wanted.prices.days
        if wanted.shut is not None:
            asked = np.where(wanted.shut, inf, asked)
        if not len(asked):
            asked = np.zeros((1, asked.shape[1]))  # the tables, empty as they are, name the first person
        hosting = self._hosting(wanted.prices)
        width = self.raw.shape[2]
        wide = min(width, FIRST if wanted.teams == 1 else FIRST + wanted.teams // 2)
        left = list(options)
        while left:
            for priced in self._price(left, wanted, asked, hosting, wide):
                found[priced.option] = priced
            left = [number for number in left if found[number].short] if wide < width else []
            wide = min(width, 4 * wide)
        return [found[number] for number in options]

    def _price(
        self, options: Sequence[int], wanted: Wanted, asked: Floats, hosting: dict[int, float], wide: int
    ) -> list[Priced]:
        chosen = np.array(options)
        who, reduced = self.who[chosen], self.raw[chosen]
        reduced = reduced + asked[who, self.days[chosen][:, None, None]]
        self._ways(reduced, who, chosen, wanted.prices, wanted.barred)
        rest = self.outside[chosen]
        if wide < reduced.shape[2]:
            nearest = np.argpartition(reduced, wide - 1, axis=2)[:, :, :wide]
            reduced, who = np.take_along_axis(reduced, nearest, axis=2), np.take_along_axis(who, nearest, axis=2)
            rest = np.minimum(rest, reduced.max(axis=2))
        order = np.argsort(reduced, axis=2, kind="stable")
        values = np.take_along_axis(reduced, order, axis=2).tolist()
        names = np.take_along_axis(who, order, axis=2).tolist()
        rests = rest.tolist()
        found = []
        for place, option in enumerate(options):
            lists = [
                sorted(one for one in zip(values[place][seat], names[place][seat], strict=True) if one[0] < inf)
                for seat in range(len(SEATS))
            ]
            found.append(self._best(option, lists, rests[place], hosting.get(option, 0.0), wanted, asked))
        return found

    def _ways(
        self,
        reduced: Floats,
        who: np.ndarray[tuple[int, ...], np.dtype[np.int32]],
        chosen: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
        prices: Prices,
        barred: Iterable[tuple[int, int]],
    ) -> None:
        """A way's price is shared among as many as may come from the community: a bound from below."""
        asked: dict[int, dict[int, float]] = {}
        for (community, host), price in prices.ways.items():
            asked.setdefault(host, {})[community] = price / max(1, self.instance.max_same)
        for community, host in barred:
            asked.setdefault(host, {})[community] = inf
        if not asked:
            return
        places: dict[int, list[int]] = {}
        for place, host in enumerate(self.hosts[chosen].tolist()):
            places.setdefault(host, []).append(place)
        for host, by_community in asked.items():
            for place in places.get(host, ()):
                of = self.instance.community_array[who[place]]
                for community, price in by_community.items():
                    reduced[place][of == community] += price

    def _hosting(self, prices: Prices) -> dict[int, float]:
        """What an option pays for the day on which the community's own people stay at home."""
        asked: dict[int, float] = {}
        community = self.instance.community
        for reviewer, day in zip(*np.nonzero(prices.days), strict=True):
            host = community[reviewer]
            if 0 <= host < len(self.instance.hosts):
                for option in self.instance.options_of[host]:
                    if self.instance.options[option].day == day:
                        asked[option] = asked.get(option, 0.0) + float(prices.days[reviewer, day])
        return asked

    def _best(
        self,
        number: int,
        lists: list[list[Candidate]],
        rests: list[float],
        extra: float,
        wanted: Wanted,
        asked: Floats,
    ) -> Priced:
        one = self.instance
        option = one.options[number]
        slots: list[list[Candidate]] = []
        skipped: list[int] = []
        firsts: list[float] = []
        for place, (seat, forced) in enumerate(zip(option.seats, option.forced, strict=True)):
            if forced != NOBODY:
                value = float(one.cost[option.host, forced] + asked[forced, option.day])
                if (one.community[forced], option.host) in wanted.barred:
                    value = inf
                share = wanted.prices.ways.get((one.community[forced], option.host), 0.0) / max(1, one.max_same)
                slots.append([(value + share, forced)])
                skipped.append(0)
                firsts.append(value + share)
                continue
            skip = skipped[-1] + 1 if option.like_before(place) else 0
            candidates = lists[seat][skip:]
            if seat != LEAD:
                candidates = sorted([*candidates, (one.empty, NOBODY)])
            slots.append(candidates)
            skipped.append(skip)
            firsts.append(candidates[0][0] if candidates else inf)
        base = option.cost + extra
        if not all(slots):
            beyond = self._bound(base, option.seats, option.forced, firsts, rests)
            return Priced(number, beyond, (), beyond < inf)
        cuts = CutsOfOption(one, number, wanted.prices.cuts)
        best = best_teams(
            one, number, slots, base, ways=wanted.prices.ways, cuts=cuts, teams=wanted.teams, within=wanted.within
        )
        beyond = self._bound(base, option.seats, option.forced, firsts, rests)
        least = best.teams[0][0] if best.teams else inf
        reach = least + (wanted.within if wanted.within < inf else 0.0)
        short = beyond < reach or (best.cut < inf and wanted.within < inf)
        return Priced(number, min(beyond, best.cut, least), tuple(best.teams), short)

    def _bound(
        self, base: float, seats: Sequence[int], forced: Sequence[int], firsts: Sequence[float], rests: Sequence[float]
    ) -> float:
        """Under every team with somebody who is not on the lists."""
        least = inf
        for place, seat in enumerate(seats):
            if forced[place] == NOBODY and rests[seat] < inf:
                total = (
                    base
                    + rests[seat]
                    + sum(min(value, rests[seats[p]]) for p, value in enumerate(firsts) if p != place)
                )
                least = min(least, total)
        return least
