"""Why a seat is empty or a host unplaced: everybody who could sit there, counted by what keeps them away."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from communitas.allocation.rules.eligibility import Eligibility, is_free, may_fill
from communitas.allocation.rules.plan import Empty, Seated, Unplaced, Visit
from communitas.allocation.rules.problem import Host, Problem, Reviewer, Seat

SEAT_WORDS: Final[Mapping[Seat, tuple[str, str]]] = {
    "lead": ("lead reviewer", "lead reviewers"),
    "specialist": ("specialist", "specialists"),
    "staff": ("reviewer of the staff", "reviewers of the staff"),
    "client_member": ("client member who reviews", "client members who review"),
}
RULE_WORDS: Final = {
    "own community": "belong to the host",
    "own organisation": "belong to its organisation",
    "conflict": "have a conflict with it",
    "no_repeat_cycles": "come from a community that visited it in recent cycles",
    "no_swap": "come from a community that its own people visit",
    "max_distance_km": "live too far away",
    "max_visits": "make no more visits",
    "max_same_community": "come from a community that sends enough people already",
}
NOT_FREE: Final = "are not free on the day"
AT_HOME: Final = "are visited at home on the day"
AWAY: Final = "visit another host on the day"
IN_TEAM: Final = "sit in the team already"
COULD: Final = "could come only at a higher cost to the whole plan"


class Reasons:
    """Explains the holes of one plan."""

    def __init__(self, problem: Problem, visits: Sequence[tuple[Host, date, tuple[Seated, ...]]]) -> None:
        self._problem = problem
        self._rules = Eligibility(problem)
        self._people = {reviewer.id: reviewer for reviewer in problem.reviewers}
        self._able: dict[Seat, list[Reviewer]] = {
            seat: [one for one in problem.reviewers if may_fill(one, seat)] for seat in SEAT_WORDS
        }
        self._dates = {host.id: day for host, day, _ in visits}
        self._teams = {host.id: [self._people[one.reviewer] for one in team] for host, _, team in visits}
        self._days = defaultdict[str, set[date]](set)
        self._visits = Counter[str]()
        self._ways = set[tuple[str, str]]()
        for host, day, team in visits:
            for one in team:
                self._days[one.reviewer].add(day)
                self._visits[one.reviewer] += 1
                community = self._people[one.reviewer].community
                if community is not None:
                    self._ways.add((community, host.id))

    def visit(self, host: Host, day: date, team: tuple[Seated, ...]) -> Visit:
        """The visit with a reason for each seat that the team leaves empty."""
        left = Counter(self._problem.settings.seats_of(host.pathway)) - Counter(one.seat for one in team)
        empty = [Empty(seat, self._of_seat(host, day, seat)) for seat in left.elements()]
        return Visit(host.id, day, team, tuple(empty))

    def unplaced(self, host: Host) -> Unplaced:
        """Why no date of the host could be taken."""
        if not host.dates:
            return Unplaced(host.id, "It offers no date.")
        if "lead" not in self._problem.settings.seats_of(host.pathway):
            return Unplaced(host.id, "A visit would cost more than leaving it out.")
        return Unplaced(host.id, " ".join(f"{day}: {self._of_date(host, day)}" for day in host.dates))

    def _of_date(self, host: Host, day: date) -> str:
        own = [name for name, days in self._days.items() if day in days and self._people[name].community == host.id]
        away = (
            f" {_count(len(own))} of its own people {_verb(len(own), 'visit another host on the day')}." if own else ""
        )
        return self._of_seat(host, day, "lead") + away

    def _of_seat(self, host: Host, day: date, seat: Seat) -> str:
        able = self._able[seat]
        one, many = SEAT_WORDS[seat]
        if not able:
            return f"There is no {one}."
        found = Counter(self._obstacle(reviewer, host, day) for reviewer in able)
        told = ", ".join(f"{_count(count)} {_verb(count, words)}" for words, count in found.most_common())
        return f"Of {len(able)} {one if len(able) == 1 else many}, {told}."

    def _obstacle(self, reviewer: Reviewer, host: Host, day: date) -> str:
        first = next(self._rules.obstacles(reviewer, host), None)
        if first is not None:
            return RULE_WORDS[first[0]]
        if not is_free(reviewer, day):
            return NOT_FREE
        team = self._teams.get(host.id, [])
        if reviewer in team:
            return IN_TEAM
        if day in self._days[reviewer.id]:
            return AWAY
        if self._visits[reviewer.id] >= reviewer.max_visits:
            return RULE_WORDS["max_visits"]
        if reviewer.community is None:
            return COULD
        if self._dates.get(reviewer.community) == day:
            return AT_HOME
        if self._problem.settings.no_swap and (host.id, reviewer.community) in self._ways:
            return RULE_WORDS["no_swap"]
        if sum(one.community == reviewer.community for one in team) >= self._problem.settings.max_same_community:
            return RULE_WORDS["max_same_community"]
        return COULD


def _count(number: int) -> str:
    return f"{number:,}"


def _verb(number: int, words: str) -> str:
    """The words for many, made fit for one."""
    if number != 1:
        return words
    verb, _, rest = words.partition(" ")
    return f"{ {'are': 'is', 'have': 'has', 'could': 'could'}.get(verb, verb + 's') } {rest}".replace("  ", " ").strip()
