"""A problem as arrays: numbers for hosts, reviewers and days, and who may sit where at what cost."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from communitas.allocation.rules.eligibility import Eligibility, may_fill
from communitas.allocation.rules.problem import EARTH_RADIUS_KM, EXPERIENCED, SEATS, Host, Problem, Seat
from communitas.allocation.rules.solver.highs import Floats

NOBODY = -1
Bools = NDArray[np.bool_]
Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Option:
    """A host on one of its dates: `forced` names the person whom a pin puts in a seat, or NOBODY."""

    host: int
    day: int
    cost: float
    seats: tuple[int, ...]
    forced: tuple[int, ...]

    def like_before(self, place: int) -> bool:
        """Whether the seat before is of the same kind and as free, so that people in both could change places."""
        if not place or self.seats[place - 1] != self.seats[place]:
            return False
        return self.forced[place - 1] == NOBODY and self.forced[place] == NOBODY


@dataclass(frozen=True, slots=True)
class Column:
    """A whole team for an option; `team` has a reviewer or NOBODY for each of its seats."""

    option: int
    team: tuple[int, ...]
    cost: float

    @property
    def people(self) -> tuple[int, ...]:
        """Who sits, without the empty seats."""
        return tuple(person for person in self.team if person != NOBODY)


class Instance:
    """The problem in numbers. `cost[h, r]` is what one reviewer costs at a host, wherever they sit."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.hosts, self.reviewers = problem.hosts, problem.reviewers
        weights = problem.settings.weights
        self.empty = weights["unfilled_seat"]
        self.inexperienced = weights["no_experience"]
        self.max_same = problem.settings.max_same_community
        self.no_swap = problem.settings.no_swap
        self._number_days()
        self._number_communities()
        self.limit = np.array([one.max_visits for one in self.reviewers], dtype=np.int64)
        self.experienced = [one.experience >= EXPERIENCED for one in self.reviewers]
        self.fills = np.array([[may_fill(one, seat) for one in self.reviewers] for seat in SEATS], dtype=bool)
        self.fills = self.fills.reshape(len(SEATS), len(self.reviewers))
        self._previous()
        self._pairs()
        self.unplaced = [weights["unplaced_host"] + self._left_behind[h] for h in range(len(self.hosts))]
        self.pinned = {self.host_number[pin.host] for pin in problem.pinned}
        self.options: list[Option] = [option for h in range(len(self.hosts)) for option in self._options(h)]
        self.options_of: list[list[int]] = [[] for _ in self.hosts]
        for number, option in enumerate(self.options):
            self.options_of[option.host].append(number)

    def _number_days(self) -> None:
        self.host_number = {host.id: number for number, host in enumerate(self.hosts)}
        self.reviewer_number = {one.id: number for number, one in enumerate(self.reviewers)}
        self.days = sorted({day for host in self.hosts for day in host.dates})
        self.day_number = {day: number for number, day in enumerate(self.days)}
        self.free: Bools = np.zeros((len(self.reviewers), len(self.days)), dtype=bool)
        for number, one in enumerate(self.reviewers):
            self.free[number, [self.day_number[day] for day in one.available if day in self.day_number]] = True

    def _number_communities(self) -> None:
        """Hosts have the first numbers, so that a community that hosts has the number of its host."""
        numbers = dict(self.host_number)
        for one in self.reviewers:
            if one.community is not None:
                numbers.setdefault(one.community, len(numbers))
        self.community_number = numbers
        self.community = [NOBODY if one.community is None else numbers[one.community] for one in self.reviewers]
        self.community_array: Ints = np.array(self.community, dtype=np.int32)
        self.people_of: dict[int, list[int]] = defaultdict(list)
        for number, community in enumerate(self.community):
            if community != NOBODY:
                self.people_of[community].append(number)

    def _previous(self) -> None:
        """Who sat where before and would be missed: each costs when they do not sit there now."""
        self.before: dict[int, int] = {}
        self.missed: dict[int, list[int]] = {}
        self._left_behind = [0.0] * len(self.hosts)
        for visit in self.problem.previous:
            host = self.host_number[visit.host]
            people = [self.reviewer_number[name] for name in visit.team if name in self.reviewer_number]
            missed = [number for number in people if visit.date in self.reviewers[number].available]
            self.before[host] = self.day_number.get(visit.date, NOBODY)
            self.missed[host] = missed
            self._left_behind[host] = self.problem.settings.weights["changed_seat"] * len(missed)

    def _pairs(self) -> None:
        problem, weights = self.problem, self.problem.settings.weights
        rules = Eligibility(problem)
        lat, lon = (np.radians([getattr(one, name) for one in self.reviewers]) for name in ("lat", "lon"))
        ledger = np.array(
            [problem.ledger.get(one.community or "", 0.0) if one.community else 0.0 for one in self.reviewers]
        )
        owner: dict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(self.reviewers):
            if one.organisation is not None:
                owner[one.organisation].append(number)
        barred: dict[int, list[int]] = defaultdict(list)
        for reviewer, name in problem.conflicts:
            barred[self.host_number[name]].append(self.reviewer_number[reviewer])
        for community, name in rules.repeated | rules.swapped:
            if name in self.host_number and community in self.community_number:
                barred[self.host_number[name]] += self.people_of[self.community_number[community]]
        able = self.limit >= 1
        if self.max_same < 1:
            able &= self.community_array == NOBODY
        types = {host.type for host in self.hosts}
        unknown = {word: np.array([word not in one.types for one in self.reviewers], dtype=float) for word in types}
        self.cost: Floats = np.zeros((len(self.hosts), len(self.reviewers)))
        self.may: Bools = np.zeros((len(self.hosts), len(self.reviewers)), dtype=bool)
        for number, host in enumerate(self.hosts):
            distance = _distances(np.radians(host.lat), np.radians(host.lon), lat, lon)
            self.cost[number] = weights["km"] * distance + weights["unknown_type"] * unknown[host.type]
            self.cost[number] += weights["ledger"] * ledger
            self.cost[number, self.missed.get(number, [])] -= weights["changed_seat"]
            self.may[number] = able & (distance <= problem.settings.max_distance_km)
            own = owner[host.organisation] if host.organisation is not None else []
            self.may[number, [*own, *barred[number], *self.people_of[number]]] = False
        for name, of in problem.overridden:  # few, so that they are asked one by one
            person, number = self.reviewer_number[name], self.host_number[of]
            self.may[number, person] = not any(rules.obstacles(self.reviewers[person], self.hosts[number]))

    def _options(self, number: int) -> Iterator[Option]:
        host, weights = self.hosts[number], self.problem.settings.weights
        seats = self.problem.settings.seats_of(host.pathway)
        pins = [pin for pin in self.problem.pinned if pin.host == host.id]
        for rank, date in enumerate(host.dates):
            if pins and date != pins[0].date:
                continue
            day = self.day_number[date]
            cost = weights["date_rank"] * rank + self._left_behind[number]
            if number in self.before and self.before[number] != day:
                cost += weights["changed_date"]
            places = tuple(SEATS.index(seat) for seat in seats)
            for forced in self._forced(host, seats):
                yield Option(number, day, cost, places, forced)

    def _forced(self, host: Host, seats: Sequence[Seat]) -> Iterator[tuple[int, ...]]:
        """Each way in which pinned people can sit, like seats taken from the left."""
        wanted: dict[int, set[Seat]] = {}
        for pin in self.problem.pinned:
            if pin.host == host.id and pin.reviewer is not None:
                person = self.reviewer_number[pin.reviewer]
                mine = {seat for seat in seats if self.fills[SEATS.index(seat), person] and pin.seat in (None, seat)}
                wanted[person] = wanted.get(person, mine) & mine
        for chosen in product(*(sorted(mine) for mine in wanted.values())):
            if any(count > seats.count(seat) for seat, count in Counter(chosen).items()):
                continue
            sitting: dict[Seat, list[int]] = defaultdict(list)
            for person, seat in zip(wanted, chosen, strict=True):
                sitting[seat].append(person)
            yield tuple(sitting[seat].pop(0) if sitting[seat] else NOBODY for seat in seats)

    def column(self, option: int, team: Sequence[int]) -> Column:
        """The column of a team with its cost."""
        chosen = self.options[option]
        people = [person for person in team if person != NOBODY]
        cost = chosen.cost + sum(float(self.cost[chosen.host, person]) for person in people)
        cost += self.empty * (len(team) - len(people))
        if not any(self.experienced[person] for person in people):
            cost += self.inexperienced
        return Column(option, tuple(team), cost)


def _distances(lat: float, lon: float, lats: Floats, lons: Floats) -> Floats:
    half = np.sin((lats - lat) / 2) ** 2 + np.cos(lat) * np.cos(lats) * np.sin((lons - lon) / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, half))))
