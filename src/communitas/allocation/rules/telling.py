"""What each visit of a plan costs by itself, and how far its people travel."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from communitas.allocation.rules.counting import count
from communitas.allocation.rules.problem import kilometres

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """One host of a plan. `on` is None where it is not placed; then `why` says why and the rest is empty."""

    host: str
    on: date | None
    team: tuple[tuple[str, str, float], ...]  # person, seat, kilometres
    empty: tuple[tuple[str, str], ...]  # seat, reason
    parts: Mapping[str, float]
    why: str = ""

    @property
    def cost(self) -> float:
        """All parts together."""
        return sum(self.parts.values())

    @property
    def km(self) -> float:
        """All ways together."""
        return sum(way for _, _, way in self.team)


def tell(problem: Json, plan: Json) -> dict[str, Told]:
    """Each host of the problem, in its order."""
    hosts = {one["id"]: one for one in problem["hosts"]}
    people = {one["id"]: one for one in problem["reviewers"]}
    before = {one["host"]: one for one in problem.get("previous", [])}
    found: dict[str, Told] = {}
    for row in plan["visits"]:
        host = hosts[row["host"]]
        known = {one["reviewer"] for one in [*row["team"], *before.get(row["host"], {}).get("team", [])]}
        alone = problem | {
            "hosts": [host],
            "reviewers": [people[name] for name in sorted(known) if name in people],
            "previous": [before[row["host"]]] if row["host"] in before else [],
        }
        found[row["host"]] = Told(
            host=row["host"],
            on=date.fromisoformat(row["date"]),
            team=tuple((one["reviewer"], one["as"], _way(people[one["reviewer"]], host)) for one in row["team"]),
            empty=tuple((one["as"], one["reason"]) for one in row["unfilled"]),
            parts=count(alone, {"visits": [row], "unplaced": []}).parts,
        )
    for row in plan["unplaced"]:
        alone = problem | {"hosts": [hosts[row["host"]]], "reviewers": [], "previous": []}
        parts = count(alone, {"visits": [], "unplaced": [row]}).parts
        found[row["host"]] = Told(row["host"], None, (), (), parts, row["reason"])
    return {name: found[name] for name in hosts if name in found}


def _way(person: Json, host: Json) -> float:
    return kilometres(person["lat"], person["lon"], host["lat"], host["lon"])
