"""Neighbourhood search: free a group of hosts, price their best teams anew, and choose among these exactly.

Large neighbourhood search (Shaw 1998) in which each neighbourhood is a small set-packing program over whole teams.
The prices of the bound say which teams are worth having, so a few dozen for each date are enough.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Final

import numpy as np

from communitas.allocation.rules.solver.highs import Rows, solve_integer
from communitas.allocation.rules.solver.instance import Column, Instance
from communitas.allocation.rules.solver.master import ways_of
from communitas.allocation.rules.solver.pricing import Prices, Pricing, Wanted
from communitas.allocation.rules.solver.state import State

BETTER: Final = 1e-5  # a plan must cost so much less to count as better


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard a neighbourhood is looked at: teams an option, nodes of the search tree, seconds at the very most.

    Teams whose reduced cost lies further than `reach` above the best one of their host are left out.
    """

    teams: int = 12
    nodes: int = 60
    seconds: float = inf
    reach: float = inf


@dataclass(frozen=True, slots=True)
class Found:
    """What a neighbourhood gave: better teams for its hosts, in their order, or None; and whether all was looked at."""

    columns: list[Column | None] | None
    proven: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """The columns chosen, a bound under the cost of any choice of hosts' columns, and whether this is the cheapest."""

    columns: list[Column]
    bound: float
    proven: bool


def packing_rows(instance: Instance, columns: Sequence[Column], state: State, unplaced: Sequence[int]) -> Rows:
    """What columns may not do together, beside what the state has already used.

    Behind the columns stands one more for each host that may be `unplaced`.
    """
    uses = _Uses.of(instance, columns)
    for place, host in enumerate(unplaced):
        uses.host[host].append(len(columns) + place)
    rows = Rows()
    for host in sorted(uses.host):
        rows.add(uses.host[host], least=1.0, most=1.0)
    left = instance.limit - state.visits
    for person, numbers in uses.person.items():
        if len(numbers) > left[person]:
            rows.add(numbers, least=0.0, most=float(left[person]))
    for (person, day), numbers in uses.day.items():
        home = uses.home.get((instance.community[person], day), [])
        if home or (len(numbers) > 1 and left[person] > 1):
            rows.add([*numbers, *home], least=0.0, most=1.0)
    for (community, host), numbers in uses.ways.items():
        back = uses.ways.get((host, community))
        if back and community < host and instance.no_swap:
            rows.add([*numbers, *back], least=0.0, most=1.0)
    return rows


@dataclass(slots=True)
class _Uses:
    """The numbers of the columns that ask for something."""

    host: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    person: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    day: dict[tuple[int, int], list[int]] = field(default_factory=lambda: defaultdict(list))  # (person, day)
    home: dict[tuple[int, int], list[int]] = field(default_factory=lambda: defaultdict(list))  # (host, day)
    ways: dict[tuple[int, int], list[int]] = field(default_factory=lambda: defaultdict(list))  # (community, host)

    @classmethod
    def of(cls, instance: Instance, columns: Sequence[Column]) -> "_Uses":
        uses = cls()
        for number, column in enumerate(columns):
            option = instance.options[column.option]
            uses.host[option.host].append(number)
            uses.home[option.host, option.day].append(number)
            for person in column.people:
                uses.person[person].append(number)
                uses.day[person, option.day].append(number)
            for community in ways_of(instance, column):
                uses.ways[community, option.host].append(number)
        return uses


def choose(
    instance: Instance,
    columns: Sequence[Column],
    state: State,
    start: Sequence[Column],
    effort: Effort,
    unplaced: Sequence[int],
) -> Choice | None:
    """The cheapest choice of columns beside the state, one for each of their hosts; `unplaced` hosts may have none.

    Each host's costs are counted from its cheapest column, so that the numbers stay small beside each other.
    """
    hosts = [instance.options[column.option].host for column in columns]
    least: dict[int, float] = {}
    for host, cost in [
        *((host, column.cost) for host, column in zip(hosts, columns, strict=True)),
        *((host, instance.unplaced[host]) for host in unplaced),
    ]:
        least[host] = min(cost, least.get(host, inf))
    costs = [column.cost - least[host] for host, column in zip(hosts, columns, strict=True)]
    costs += [instance.unplaced[host] - least[host] for host in unplaced]
    numbers = {(column.option, column.team): number for number, column in enumerate(columns)}
    given = [numbers[column.option, column.team] for column in start]
    begun = {instance.options[column.option].host for column in start}
    given += [len(columns) + place for place, host in enumerate(unplaced) if host not in begun]
    rows = packing_rows(instance, columns, state, unplaced)
    answer = solve_integer(rows, np.array(costs), start=given, nodes=effort.nodes, seconds=effort.seconds)
    if answer is None:
        return None
    chosen = [columns[number] for number in answer.chosen if number < len(columns)]
    return Choice(chosen, answer.bound + sum(least.values()), answer.proven)


@dataclass(slots=True)
class Searcher:
    """Looks at one neighbourhood at a time."""

    instance: Instance
    pricing: Pricing
    prices: Prices = field(init=False)

    def __post_init__(self) -> None:
        self.prices = Prices.none(self.instance)

    def improve(self, chosen: Sequence[Column | None], group: Sequence[int], effort: Effort) -> Found:
        """Choose anew for the hosts of the group."""
        state = State(self.instance, chosen)
        before = state.cost
        now = [column for column in (state.take(host) for host in group) if column is not None]
        columns = self.teams(state, group, now, effort)
        optional = [host for host in group if host not in self.instance.pinned]
        answer = choose(self.instance, columns, state, now, effort, optional)
        if answer is None:
            return Found(None, proven=False)
        for column in answer.columns:
            state.put(column)
        better = state.cost < before - BETTER
        return Found([state.chosen[host] for host in group] if better else None, answer.proven)

    def teams(self, state: State, group: Sequence[int], now: Sequence[Column], effort: Effort) -> list[Column]:
        """The columns among which to choose: what the group has now, and the best by price that the rest allows."""
        wanted = Wanted(self.prices, teams=effort.teams, shut=state.shut(), barred=state.barred(group))
        found = {(column.option, column.team): column for column in now}
        priced = self.pricing.price(state.open_options(group), wanted)
        best: dict[int, float] = {}
        for one in priced:
            for cost, column in one.teams[:1]:
                host = self.instance.options[column.option].host
                best[host] = min(cost, best.get(host, inf))
        for one in priced:
            for cost, column in one.teams:
                if cost <= best[self.instance.options[column.option].host] + effort.reach:
                    found.setdefault((column.option, column.team), column)
        return list(found.values())

    def best_alone(self, state: State, host: int) -> Column | None:
        """The cheapest team for one host beside everything else."""
        wanted = Wanted(Prices.none(self.instance), shut=state.shut(), barred=state.barred([host]))
        teams = [priced.teams[0] for priced in self.pricing.price(state.open_options([host]), wanted) if priced.teams]
        return min(teams, key=lambda team: (team[0], team[1].option))[1] if teams else None
