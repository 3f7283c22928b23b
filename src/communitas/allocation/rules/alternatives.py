"""Who else could sit in a seat of a plan: what each would cost, and which rule keeps whom away."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum

from communitas.allocation.rules.eligibility import Eligibility, is_free, may_fill
from communitas.allocation.rules.plan import Visit
from communitas.allocation.rules.problem import EXPERIENCED, OVERRIDABLE, Host, Problem, Reviewer, Seat, kilometres
from communitas.allocation.rules.reasons import SEAT_WORDS


@dataclass(frozen=True, slots=True)
class Alternative:
    """One person for a seat. `broken` are the rules that would be broken, each in a sentence; `km` is the way there.

    `worth_asking` is somebody against whom only their own days speak: they may be free after all. Against somebody
    with `overridable` rules nothing speaks but these, which two people may set aside.
    """

    reviewer: str
    difference: float  # to the cost of the whole plan; below zero it would cost less
    km: float
    broken: tuple[str, ...]
    worth_asking: bool = False
    overridable: tuple[str, ...] = ()


class Alternatives:
    """Answers for one plan."""

    def __init__(self, problem: Problem, visits: Sequence[Visit]) -> None:
        self._problem = problem
        self._rules = Eligibility(problem)
        self._people = {one.id: one for one in problem.reviewers}
        self._hosts = {one.id: one for one in problem.hosts}
        self._visits = {visit.host: visit for visit in visits}
        self._before = {one.host: one for one in problem.previous}
        self._days = defaultdict[str, dict[date, str]](dict)  # person: day: host
        self._ways = Counter[tuple[str, str]]()  # how many of a community visit a host
        for visit in visits:
            for seated in visit.team:
                self._days[seated.reviewer][visit.date] = visit.host
                community = self._people[seated.reviewer].community
                if community is not None:
                    self._ways[community, visit.host] += 1

    def of_seat(self, host: str, seat: Seat, leaving: str | None = None) -> list[Alternative]:
        """Everybody outside the team who has the level and kind for the seat, for the place of `leaving` or of nobody.

        First those whom no rule keeps away, the cheapest first; then the others, those with the fewest rules first.
        """
        team = {one.reviewer for one in self._visits[host].team}
        found = [
            self._alternative(one, self._hosts[host], seat, leaving)
            for one in self._problem.reviewers
            if one.id not in team and may_fill(one, seat)
        ]
        return sorted(found, key=lambda one: (len(one.broken), one.difference, one.reviewer))

    def of_person(self, reviewer: str, host: str, seat: Seat, leaving: str | None = None) -> Alternative:
        """One person, whatever their levels."""
        return self._alternative(self._people[reviewer], self._hosts[host], seat, leaving)

    def cost_of(self, host: str) -> float:
        """What the visit to a host costs by itself, as the plan has it: each weight's part that concerns it alone."""
        return self._cost(self._hosts[host], [one.reviewer for one in self._visits[host].team])

    def _alternative(self, joining: Reviewer, host: Host, seat: Seat, leaving: str | None) -> Alternative:
        team = [one.reviewer for one in self._visits[host.id].team]
        after = [one for one in team if one != leaving] + ([] if joining.id in team else [joining.id])
        broken = tuple(self._broken(joining, host, seat, leaving))
        names = tuple(name for name, _ in self._rules.obstacles(joining, host))
        return Alternative(
            reviewer=joining.id,
            difference=self._cost(host, after) - self._cost(host, team),
            km=kilometres(joining.lat, joining.lon, host.lat, host.lon),
            broken=broken,
            worth_asking=len(broken) == 1 and not is_free(joining, self._visits[host.id].date),
            overridable=names if len(names) == len(broken) and set(names) <= set(OVERRIDABLE) else (),
        )

    def _cost(self, host: Host, team: Sequence[str]) -> float:
        settings, ledger = self._problem.settings, self._problem.ledger
        weights, people = settings.weights, [self._people[name] for name in team]
        day = self._visits[host.id].date
        before = self._before.get(host.id)
        parts = [weights["km"] * kilometres(one.lat, one.lon, host.lat, host.lon) for one in people]
        parts += [weights["unknown_type"] for one in people if host.type not in one.types]
        parts += [weights["ledger"] * ledger.get(one.community, 0.0) for one in people if one.community is not None]
        parts.append(weights["date_rank"] * host.dates.index(day))
        parts.append(weights["unfilled_seat"] * (len(settings.seats_of(host.pathway)) - len(team)))
        if not any(one.experience >= EXPERIENCED for one in people):
            parts.append(weights["no_experience"])
        if before is not None:
            parts.append(weights["changed_date"] * (day != before.date))
            missed = [
                name
                for name in before.team
                if name not in team and name in self._people and is_free(self._people[name], before.date)
            ]
            parts.append(weights["changed_seat"] * len(missed))
        return fsum(parts)

    def _broken(self, joining: Reviewer, host: Host, seat: Seat, leaving: str | None) -> Iterator[str]:
        visit, name = self._visits[host.id], joining.id
        if not may_fill(joining, seat):
            yield f"{name} can't sit there as {SEAT_WORDS[seat][0]}."
        for _, why in self._rules.obstacles(joining, host):
            yield f"{why}."
        if not is_free(joining, visit.date):
            yield f"{name} is not free on {visit.date}."
        elsewhere = self._days[name].get(visit.date)
        if elsewhere == host.id:
            yield f"{name} sits in the team already."
        elif elsewhere is not None:
            yield f"{name} visits {elsewhere} on that day."
        if elsewhere != host.id and len(self._days[name]) >= joining.max_visits > 0:
            yield f"{name} makes no more visits: {len(self._days[name])} of {joining.max_visits} are planned."
        if any(pin.host == host.id and pin.reviewer == leaving for pin in self._problem.pinned if leaving is not None):
            yield f"{leaving} is pinned to {host.id}."
        community = joining.community
        if community is not None:
            yield from self._of_community(community, joining, host, leaving)

    def _of_community(self, community: str, joining: Reviewer, host: Host, leaving: str | None) -> Iterator[str]:
        visit, settings = self._visits[host.id], self._problem.settings
        own = self._visits.get(community)
        if own is not None and own.date == visit.date and community != host.id:
            yield f"{community}, where {joining.id} belongs, is visited on that day."
        if settings.no_swap and self._ways[host.id, community]:
            yield f"People of {host.id} visit {community} in this plan."
        gone = leaving is not None and self._people[leaving].community == community
        there = self._ways[community, host.id] - gone
        if 0 < settings.max_same_community <= there:
            yield f"{there} of {community} sit in the team already."
