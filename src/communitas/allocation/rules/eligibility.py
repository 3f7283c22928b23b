"""Whom the rules let review whom, one pair at a time, with the rule that stands in the way."""

from collections.abc import Iterator
from datetime import date

from communitas.allocation.rules.problem import Host, Problem, Reviewer, Seat, kilometres


class Eligibility:
    """The hard rules that concern one reviewer and one host, asked of one problem.

    What concerns several people or several visits (one visit a day, a swap inside a plan) is for those who plan.
    """

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        settings = problem.settings
        past = [(row.community, row.host, problem.cycle - row.cycle) for row in problem.history]
        self.repeated = {(community, host) for community, host, age in past if 1 <= age <= settings.no_repeat_cycles}
        """(community, host): a visit of these years must not be repeated."""
        self.swapped = {(host, community) for community, host, age in past if age == 0 and settings.no_swap}
        """(community, host): the host's people already visited this community in this cycle."""

    def obstacles(self, reviewer: Reviewer, host: Host) -> Iterator[tuple[str, str]]:
        """Each rule that keeps the reviewer from the host on any day: its name, and a sentence.

        Rules that were set aside for the two are left out.
        """
        aside = self._problem.overridden.get((reviewer.id, host.id), frozenset())
        for name, why in self._all(reviewer, host):
            if name not in aside:
                yield name, why

    def _all(self, reviewer: Reviewer, host: Host) -> Iterator[tuple[str, str]]:
        settings = self._problem.settings
        if reviewer.community == host.id:
            yield "own community", f"{reviewer.id} belongs to {host.id}"
        if reviewer.organisation is not None and reviewer.organisation == host.organisation:
            yield "own organisation", f"{reviewer.id} and {host.id} belong to {host.organisation}"
        if (reviewer.id, host.id) in self._problem.conflicts:
            yield "conflict", f"{reviewer.id} has a conflict with {host.id}"
        if reviewer.community is not None and (reviewer.community, host.id) in self.repeated:
            yield "no_repeat_cycles", f"people of {reviewer.community} visited {host.id} in recent cycles"
        if reviewer.community is not None and (reviewer.community, host.id) in self.swapped:
            yield "no_swap", f"people of {host.id} visited {reviewer.community} in this cycle"
        distance = kilometres(reviewer.lat, reviewer.lon, host.lat, host.lon)
        if distance > settings.max_distance_km:
            yield "max_distance_km", f"{reviewer.id} lives {distance:.1f} km from {host.id}"
        if reviewer.max_visits < 1:
            yield "max_visits", f"{reviewer.id} makes no visit"
        if reviewer.community is not None and settings.max_same_community < 1:
            yield "max_same_community", f"{reviewer.id} belongs to a community, and nobody who does may review"


def may_fill(reviewer: Reviewer, seat: Seat) -> bool:
    """A lead or specialist seat wants that level; the others want their kind and the level reviewer."""
    if seat in ("lead", "specialist"):
        return seat in reviewer.levels
    return reviewer.kind == seat and "reviewer" in reviewer.levels


def is_free(reviewer: Reviewer, day: date) -> bool:
    """Whether the reviewer named the day as available."""
    return day in reviewer.available
