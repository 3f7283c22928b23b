"""Pins that can't hold: each is named with the rule that it breaks, alone or together with other pins."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from communitas.allocation.rules.completing import can_lead_together
from communitas.allocation.rules.eligibility import Eligibility, is_free, may_fill
from communitas.allocation.rules.problem import Host, Pin, Problem, Reviewer, Seat

Numbered = tuple[int, Pin]
Person = tuple[Numbered, Reviewer]


def broken_pins(problem: Problem, *, sound: bool) -> list[str]:
    """A line for each rule that pins break. A problem that was refused elsewhere is not `sound`: then leads wait."""
    return list(_Pins(problem).broken(sound=sound))


class _Pins:
    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._rules = Eligibility(problem)
        self._hosts = {host.id: host for host in problem.hosts}
        self._reviewers = {reviewer.id: reviewer for reviewer in problem.reviewers}
        self._pins = [
            (number, pin)
            for number, pin in enumerate(problem.pinned)
            if pin.host in self._hosts and pin.date != date.min
        ]
        self._people = [
            ((number, pin), self._reviewers[pin.reviewer])
            for number, pin in self._pins
            if pin.reviewer is not None and pin.reviewer in self._reviewers
        ]

    def broken(self, *, sound: bool) -> Iterator[str]:
        lines = [*self._alone(), *self._of_one_host(), *self._of_one_person(), *self._swaps()]
        yield from lines
        if sound and not lines:
            yield from self._without_lead()

    def _alone(self) -> Iterator[str]:
        for number, pin in self._pins:
            if pin.date not in self._hosts[pin.host].dates:
                yield _line([number], "one of its dates", f"{pin.host} does not offer {pin.date}")
        for (number, pin), reviewer in self._people:
            host = self._hosts[pin.host]
            for rule, why in self._rules.obstacles(reviewer, host):
                yield _line([number], rule, why)
            if not is_free(reviewer, pin.date):
                yield _line([number], "available", f"{reviewer.id} is not free on {pin.date}")
            if not self._seats(pin, reviewer, host):
                seat = f"the seat {pin.seat}" if pin.seat else "any seat"
                yield _line([number], "levels and seats", f"{reviewer.id} can't fill {seat} at {host.id}")

    def _seats(self, pin: Pin, reviewer: Reviewer, host: Host) -> set[Seat]:
        seats = self._problem.settings.seats_of(host.pathway)
        return {seat for seat in seats if may_fill(reviewer, seat) and pin.seat in (None, seat)}

    def _of_one_host(self) -> Iterator[str]:
        dates = defaultdict[str, dict[object, int]](dict)
        for number, pin in self._pins:
            dates[pin.host].setdefault(pin.date, number)
        for host, firsts in dates.items():
            if len(firsts) > 1:
                yield _line(firsts.values(), "one date a host", f"{host} is pinned to {len(firsts)} dates")
        teams = defaultdict[str, list[Person]](list)
        for person in self._people:
            teams[person[0][1].host].append(person)
        for name, team in teams.items():
            yield from self._team(self._hosts[name], team)

    def _team(self, host: Host, team: Sequence[Person]) -> Iterator[str]:
        by_person = defaultdict[str, list[Numbered]](list)
        for numbered, reviewer in team:
            by_person[reviewer.id].append(numbered)
        for name, pins in by_person.items():
            if len({pin.seat for _, pin in pins if pin.seat}) > 1:
                yield _line((n for n, _ in pins), "one seat a visit", f"{name} is pinned to several seats at {host.id}")
        first = {reviewer.id: number for (number, _), reviewer in reversed(team)}
        houses = Counter(self._reviewers[name].community for name in first)
        for community, count in houses.items():
            if community is not None and count > max(1, self._problem.settings.max_same_community):
                who = [number for name, number in first.items() if self._reviewers[name].community == community]
                yield _line(who, "max_same_community", f"{count} people of {community} at {host.id}")
        yield from self._crowded(host, by_person)

    def _crowded(self, host: Host, by_person: dict[str, list[Numbered]]) -> Iterator[str]:
        """People find seats by augmenting paths (Kuhn); who finds none is too many."""
        seats = self._problem.settings.seats_of(host.pathway)
        wanted = {
            name: [
                number
                for number, seat in enumerate(seats)
                if all(seat in self._seats(pin, self._reviewers[name], host) for _, pin in pins)
            ]
            for name, pins in by_person.items()
        }
        taken: dict[int, str] = {}

        def seated(name: str, seen: set[int]) -> bool:
            for number in wanted[name]:
                if number not in seen:
                    seen.add(number)
                    if number not in taken or seated(taken[number], seen):
                        taken[number] = name
                        return True
            return False

        for name, pins in by_person.items():
            if wanted[name] and not seated(name, set()):
                others = [by_person[other][0][0] for other in taken.values()]
                yield _line([pins[0][0], *sorted(others)], "one person a seat", f"no seat is left for {name}")

    def _of_one_person(self) -> Iterator[str]:
        visits = defaultdict[str, dict[str, Numbered]](dict)
        for numbered, reviewer in self._people:
            visits[reviewer.id].setdefault(numbered[1].host, numbered)
        for name, by_host in visits.items():
            reviewer = self._reviewers[name]
            pins = list(by_host.values())
            if len(pins) > max(1, reviewer.max_visits):
                yield _line((n for n, _ in pins), "max_visits", f"{name} makes at most {reviewer.max_visits}")
            for day, count in Counter(pin.date for _, pin in pins).items():
                if count > 1:
                    who = (number for number, pin in pins if pin.date == day)
                    yield _line(who, "one visit a day", f"{name} is pinned to {count} hosts on {day}")
            for number, pin in pins:
                for other, own in self._pins:
                    if own.host == reviewer.community and own.date == pin.date and own.host != pin.host:
                        yield _line([number, other], "hosting day", f"{name}'s own community is visited on {own.date}")
                        break

    def _swaps(self) -> Iterator[str]:
        if not self._problem.settings.no_swap:
            return
        ways: dict[tuple[str, str], int] = {}
        for (number, pin), reviewer in self._people:
            if reviewer.community is not None:
                ways.setdefault((reviewer.community, pin.host), number)
        for (community, host), number in ways.items():
            other = ways.get((host, community))
            if other is not None and number < other:
                yield _line([number, other], "no_swap", f"people of {community} and {host} would visit each other")

    def _without_lead(self) -> Iterator[str]:
        """A pinned date is kept by a visit, and a visit needs its lead: the fewest hosts that can't have theirs."""
        pinned = list(dict.fromkeys(pin.host for _, pin in self._pins))
        together: list[str] = []
        while can_lead_together(self._problem, together):
            low, high = 0, len(pinned)
            if can_lead_together(self._problem, together + pinned):
                return
            while high - low > 1:
                middle = (low + high) // 2
                if can_lead_together(self._problem, together + pinned[:middle]):
                    low = middle
                else:
                    high = middle
            together.append(pinned[high - 1])
            pinned = pinned[: high - 1]
        numbers = [number for number, pin in self._pins if pin.host in together]
        yield _line(numbers, "lead seat filled", f"no lead reviewer is left for {', '.join(sorted(together))}")


def _line(numbers: Iterable[int], rule: str, why: str) -> str:
    first, *others = sorted(set(numbers))
    beside = f"together with {', '.join(f'pinned[{number}]' for number in others)}, " if others else ""
    return f"pinned[{first}]: {beside}breaks the rule '{rule}': {why}".replace("\n", "\\n")
