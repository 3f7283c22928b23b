"""The smallest plan that keeps the pins: pinned people in seats and a lead for each pinned date, by integer program."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from communitas.allocation.rules.eligibility import Eligibility, is_free, may_fill
from communitas.allocation.rules.problem import Host, Pin, Problem, Reviewer, Seat
from communitas.allocation.rules.solver.highs import Rows, solve_binary

Choice = tuple[str, str, Seat]  # host, reviewer, seat


@dataclass(slots=True)
class _Model:
    choices: list[Choice] = field(default_factory=list)
    rows: Rows = field(default_factory=Rows)


def can_lead_together(problem: Problem, hosts: Sequence[str]) -> bool:
    """Whether all these pinned hosts can be visited on their pinned dates by their pinned people, each with a lead."""
    return complete_pins(problem, hosts) is not None


def complete_pins(problem: Problem, hosts: Sequence[str]) -> list[Choice] | None:
    """Who sits where at least, so that these pinned hosts are placed; None when no plan does it.

    Each pin must keep the rules alone and beside the others; other seats stay empty.
    """
    if not hosts:
        return []
    model = _Builder(problem, hosts).model()
    if model is None:
        return None
    chosen = solve_binary(model.rows, [0.0] * len(model.choices))
    return None if chosen is None else [model.choices[column] for column in chosen if column < len(model.choices)]


class _Builder:
    def __init__(self, problem: Problem, hosts: Sequence[str]) -> None:
        self._problem = problem
        self._rules = Eligibility(problem)
        by_id = {host.id: host for host in problem.hosts}
        self._hosts = [by_id[name] for name in dict.fromkeys(hosts)]
        self._pins = defaultdict[str, list[Pin]](list)
        for pin in problem.pinned:
            self._pins[pin.host].append(pin)
        self._dates: dict[str, date] = {name: pins[0].date for name, pins in self._pins.items()}
        self._reviewers = {reviewer.id: reviewer for reviewer in problem.reviewers}

    def model(self) -> _Model | None:
        model = _Model()
        for host in self._hosts:
            if not self._add_host(model, host):
                return None
        self._add_people(model)
        self._add_swaps(model)
        return model

    def _add_host(self, model: _Model, host: Host) -> bool:
        """Columns and rows of one team; False when a lead seat can have nobody."""
        seats = self._problem.settings.seats_of(host.pathway)
        first = len(model.choices)
        model.choices += self._choices(host, set(seats))
        mine = list(enumerate(model.choices[first:], start=first))
        for seat in dict.fromkeys(seats):
            columns = [column for column, choice in mine if choice[2] == seat]
            count = seats.count(seat)
            if seat == "lead" and len(columns) < count:
                return False
            model.rows.add(columns, least=count if seat == "lead" else 0, most=count)
        pinned = {pin.reviewer for pin in self._pins[host.id] if pin.reviewer is not None}
        teams = defaultdict[str, list[int]](list)
        people = defaultdict[str, list[int]](list)
        for column, (_, name, _) in mine:
            people[name].append(column)
            community = self._reviewers[name].community
            if community is not None:
                teams[community].append(column)
        for name in sorted(pinned | people.keys()):
            model.rows.add(people[name], least=1 if name in pinned else 0, most=1)
        for columns in teams.values():
            model.rows.add(columns, least=0, most=self._problem.settings.max_same_community)
        return all(people[name] for name in pinned)

    def _choices(self, host: Host, seats: set[Seat]) -> Iterator[Choice]:
        pinned: dict[str, set[Seat]] = {}
        for pin in self._pins[host.id]:
            if pin.reviewer is not None:
                wanted = seats if pin.seat is None else seats & {pin.seat}
                pinned[pin.reviewer] = pinned.get(pin.reviewer, seats) & wanted
        for reviewer in self._problem.reviewers:
            if reviewer.id in pinned:
                for seat in sorted(pinned[reviewer.id]):
                    if may_fill(reviewer, seat):
                        yield host.id, reviewer.id, seat
            elif "lead" in seats and self._may_lead(reviewer, host):
                yield host.id, reviewer.id, "lead"

    def _may_lead(self, reviewer: Reviewer, host: Host) -> bool:
        day = self._dates[host.id]
        if not may_fill(reviewer, "lead") or not is_free(reviewer, day):
            return False
        if reviewer.community is not None and self._dates.get(reviewer.community) == day:
            return False
        return next(self._rules.obstacles(reviewer, host), None) is None

    def _add_people(self, model: _Model) -> None:
        """One visit a day, and at most `max_visits` in all."""
        days = defaultdict[tuple[str, date], list[int]](list)
        visits = defaultdict[str, list[int]](list)
        for column, (host, name, _) in enumerate(model.choices):
            days[name, self._dates[host]].append(column)
            visits[name].append(column)
        for columns in days.values():
            model.rows.add(columns, least=0, most=1)
        for name, columns in visits.items():
            model.rows.add(columns, least=0, most=self._reviewers[name].max_visits)

    def _add_swaps(self, model: _Model) -> None:
        """One more column for each way between two hosts that could be walked both ways; at most one way is."""
        if not self._problem.settings.no_swap:
            return
        ways = defaultdict[tuple[str, str], list[int]](list)
        for column, (host, name, _) in enumerate(model.choices):
            community = self._reviewers[name].community
            if community is not None:
                ways[community, host].append(column)
        columns = len(model.choices)
        for (community, host), forth in ways.items():
            back = ways.get((host, community), [])
            if back and community < host:
                for number, people in enumerate((forth, back)):
                    for column in people:
                        model.rows.add([column, columns + number], least=-1, most=0, values=[1.0, -1.0])
                model.rows.add([columns, columns + 1], least=0, most=1)
                columns += 2
