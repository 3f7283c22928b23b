"""A plan in the making: a team for each placed host, and what of people's time is still free."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from communitas.allocation.rules.solver.instance import Bools, Column, Instance
from communitas.allocation.rules.solver.master import ways_of

Choice = list[Column | None]  # by host; None is unplaced


class State:
    """Keeps the rules that concern several visits; a column itself keeps the rest."""

    def __init__(self, instance: Instance, chosen: Sequence[Column | None] = ()) -> None:
        self.instance = instance
        self.chosen: Choice = [None] * len(instance.hosts)
        self.cost = float(sum(instance.unplaced))
        self.visits = np.zeros(len(instance.reviewers), dtype=np.int64)
        self.away: Bools = np.zeros(instance.free.shape, dtype=bool)
        self.at_home: dict[int, int] = {}  # host: day
        self.ways: dict[tuple[int, int], int] = defaultdict(int)  # (community, host): people
        for column in chosen:
            if column is not None:
                self.put(column)

    def allows(self, column: Column) -> bool:
        """Whether the column fits beside what is chosen; its host must be unplaced."""
        one = self.instance
        option = one.options[column.option]
        people = column.people
        if any(self.away[person, option.day] for person in one.people_of.get(option.host, ())):
            return False
        for person in people:
            if self.visits[person] >= one.limit[person] or self.away[person, option.day]:
                return False
            if self.at_home.get(one.community[person]) == option.day:
                return False
        return not (one.no_swap and any(self.ways.get((option.host, c), 0) for c in ways_of(one, column)))

    def put(self, column: Column) -> None:
        """Choose the column for its host, which is unplaced."""
        self._count(column, 1)
        self.chosen[self.instance.options[column.option].host] = column

    def take(self, host: int) -> Column | None:
        """Make the host unplaced again; what it had."""
        column = self.chosen[host]
        if column is not None:
            self._count(column, -1)
            self.chosen[host] = None
        return column

    def _count(self, column: Column, sign: int) -> None:
        one = self.instance
        option = one.options[column.option]
        self.cost += sign * (column.cost - one.unplaced[option.host])
        for person in column.people:
            self.visits[person] += sign
            self.away[person, option.day] = sign > 0
        for community in ways_of(one, column):
            self.ways[community, option.host] += sign
        if sign > 0:
            self.at_home[option.host] = option.day
        else:
            del self.at_home[option.host]

    def shut(self) -> Bools:
        """(reviewer, day): who can't be asked any more, at work, at home, or at the end of their visits."""
        one = self.instance
        shut = self.away | (self.visits >= one.limit)[:, None]
        for host, day in self.at_home.items():
            shut[one.people_of.get(host, []), day] = True
        return shut

    def barred(self, hosts: Iterable[int]) -> frozenset[tuple[int, int]]:
        """(community, host): communities that the host's own people visit in this plan."""
        if not self.instance.no_swap:
            return frozenset()
        wanted = set(hosts)
        return frozenset(
            (host, community) for (community, host), count in self.ways.items() if count and community in wanted
        )

    def open_options(self, hosts: Iterable[int]) -> list[int]:
        """The options of hosts on whose days none of their own people is away."""
        one = self.instance
        return [
            option
            for host in hosts
            for option in one.options_of[host]
            if not self.away[one.people_of.get(host, []), one.options[option].day].any()
        ]
