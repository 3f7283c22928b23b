"""The best teams of one option: best-first search through each seat's candidates, in the order of their price.

A team's cost is a sum over its seats, but for experience and for the communities whose ways have a price, which is paid
once for all who come. So the teams are split into parts in which a sum bounds what may follow: the first experienced
person sits in the first seat, or in the second, and so on; nobody shares a way, or these two do. Then the search ends
soon; should it not, what is left is bounded.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import combinations
from math import inf
from typing import Final

from communitas.allocation.rules.solver.cuts import CutsOfOption
from communitas.allocation.rules.solver.instance import NOBODY, Column, Instance

MOST_STEPS: Final = 20_000
Candidate = tuple[float, int]  # a price and a person, or NOBODY
Slots = list[list[Candidate]]
Ways = dict[tuple[int, int], float]


@dataclass(frozen=True, slots=True)
class Best:
    """The best teams with their reduced costs, and what no other team is below when the search was cut short."""

    teams: list[tuple[float, Column]]
    cut: float


@dataclass(frozen=True, slots=True)
class _Part:
    """Some of the teams: candidates whose prices bound the cost from below, and whether nobody may share a way."""

    start: float
    slots: Slots
    alone: bool = False


def best_teams(
    instance: Instance,
    number: int,
    slots: Slots,
    base: float,
    *,
    ways: Ways,
    cuts: CutsOfOption,
    teams: int,
    within: float,
) -> Best:
    """At most `teams` teams of the option, none further than `within` above the best.

    In the prices of `slots`, the price of a way is shared among as many as may come from a community.
    """
    search = _Search(instance, number, slots, base, ways, cuts)
    if teams == 1:
        top = [slot[0] for slot in slots]
        total = base + sum(value for value, _ in top)
        if total < inf and search.exact([person for _, person in top], alone=False) <= total:
            return Best([(total, instance.column(number, [person for _, person in top]))], inf)
    return search.best(teams, within)


class _Search:
    def __init__(
        self, instance: Instance, number: int, slots: Slots, base: float, ways: Ways, cuts: CutsOfOption
    ) -> None:
        self._cuts = cuts
        self._instance = instance
        self._number = number
        self._option = instance.options[number]
        self._slots = slots
        self._base = base
        self._value = {person: value for slot in slots for value, person in slot}
        self._most = max(1, instance.max_same)
        self._ways: dict[int, float] = {}
        if ways:
            for community in {instance.community[person] for person in self._value if person != NOBODY}:
                price = ways.get((community, self._option.host), 0.0)
                if price > 0:
                    self._ways[community] = price

    def best(self, teams: int, within: float) -> Best:
        parts = [part for part in self._parts() if all(part.slots)]
        heap = [
            (part.start + sum(slot[0][0] for slot in part.slots), (0,) * len(part.slots), number, 0)
            for number, part in enumerate(parts)
        ]
        heapify(heap)
        found: dict[tuple[int, ...], float] = {}
        limit, steps = inf, 0
        while heap and heap[0][0] < limit and steps < MOST_STEPS:
            steps += 1
            total, positions, number, moved = heappop(heap)
            part = parts[number]
            team = tuple(slot[position][1] for slot, position in zip(part.slots, positions, strict=True))
            cost = self.exact(team, alone=part.alone)
            if cost < limit and team not in found:
                found[team] = cost
                limit = self._limit(found, teams, within)
            for place in range(moved, len(positions)):
                slot, position = part.slots[place], positions[place]
                if position + 1 < len(slot):
                    step = slot[position + 1][0] - slot[position][0]
                    onward = (*positions[:place], position + 1, *positions[place + 1 :])
                    heappush(heap, (total + step, onward, number, place))
        kept = sorted((cost, team) for team, cost in found.items() if cost <= limit)[:teams]
        columns = [(cost, self._instance.column(self._number, team)) for cost, team in kept]
        return Best(columns, heap[0][0] if heap and heap[0][0] < limit else inf)

    @staticmethod
    def _limit(found: dict[tuple[int, ...], float], teams: int, within: float) -> float:
        costs = sorted(found.values())
        reach = costs[0] + within
        return min(reach, costs[teams - 1]) if len(costs) >= teams else reach

    def _parts(self) -> Iterator[_Part]:
        if not self._ways:
            yield from self._by_experience(self._slots, alone=False)
            return
        community = self._instance.community
        extra = {
            person: self._ways.get(community[person], 0.0) * (1 - 1 / self._most)
            for person in self._value
            if person != NOBODY
        }
        full = [sorted((value + extra.get(person, 0.0), person) for value, person in slot) for slot in self._slots]
        yield from self._by_experience(full, alone=True)
        if self._most == 1:
            return
        for shared in self._ways:
            among = [[one for one in slot if one[1] != NOBODY and community[one[1]] == shared] for slot in self._slots]
            for pair in combinations(range(len(among)), 2):
                if all(among[place] for place in pair):
                    yield _Part(
                        self._base, [among[place] if place in pair else slot for place, slot in enumerate(self._slots)]
                    )

    def _by_experience(self, slots: Slots, *, alone: bool) -> Iterator[_Part]:
        instance = self._instance
        if not instance.inexperienced:
            yield _Part(self._base, slots, alone)
            return
        old = [[one for one in slot if one[1] != NOBODY and instance.experienced[one[1]]] for slot in slots]
        new = [[one for one in slot if one[1] == NOBODY or not instance.experienced[one[1]]] for slot in slots]
        for place in range(len(slots)):
            yield _Part(self._base, [*new[:place], old[place], *slots[place + 1 :]], alone)
        yield _Part(self._base + instance.inexperienced, new, alone)

    def exact(self, team: Sequence[int], *, alone: bool) -> float:
        """The reduced cost of a team; infinite when it breaks a rule, or people share a way but may not."""
        instance = self._instance
        people = [person for person in team if person != NOBODY]
        if len(set(people)) < len(people) or not self._ordered(team):
            return inf
        counts: dict[int, int] = {}
        for person in people:
            community = instance.community[person]
            if community != NOBODY:
                counts[community] = counts.get(community, 0) + 1
                if counts[community] > instance.max_same:
                    return inf
        cost = self._base + sum(self._value[person] for person in team)
        if not any(instance.experienced[person] for person in people):
            cost += instance.inexperienced
        for community, price in self._ways.items():
            count = counts.get(community, 0)
            if alone and count > 1:
                return inf
            if count:
                cost += price * (1 - count / self._most)
        return cost + self._cuts.price(people)

    def _ordered(self, team: Sequence[int]) -> bool:
        """Like seats are filled from the left: the same people in another order are no other team."""
        for place in range(1, len(team)):
            left, right = team[place - 1], team[place]
            if right == NOBODY or not self._option.like_before(place):
                continue
            if left == NOBODY or (self._value[left], left) >= (self._value[right], right):
                return False
        return True
