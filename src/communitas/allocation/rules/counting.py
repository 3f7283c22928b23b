"""What a plan costs, counted from the two files alone: the checker's half that adds."""

import math
from dataclasses import dataclass
from typing import Any, Final

Json = dict[str, Any]

WEIGHTS: Final = {
    "km": 1,
    "date_rank": 25,
    "unknown_type": 60,
    "ledger": 15,
    "no_experience": 120,
    "unfilled_seat": 100000,
    "unplaced_host": 1000000,
    "changed_date": 2000,
    "changed_seat": 300,
}
HOLES: Final = ("unfilled_seat", "unplaced_host")


@dataclass(frozen=True, slots=True)
class Counted:
    """The cost of a plan in parts."""

    parts: dict[str, float]

    @property
    def cost(self) -> float:
        """All parts together."""
        return math.fsum(self.parts.values())

    @property
    def size(self) -> float:
        """The sum of the absolute values, against which rounding is judged."""
        return math.fsum(abs(part) for part in self.parts.values())

    def gap(self, bound: float) -> float:
        """(cost - bound) over the absolute parts that are no holes; 0 when cost equals bound."""
        if self.cost == bound:
            return 0.0
        paid = math.fsum(abs(part) for name, part in self.parts.items() if name not in HOLES)
        return (self.cost - bound) / paid if paid else self.cost - bound


def count(problem: Json, plan: Json) -> Counted:
    """The parts of a plan whose hosts and people all stand in the problem."""
    hosts = {host["id"]: host for host in problem["hosts"]}
    people = {person["id"]: person for person in problem["reviewers"]}
    ledger = problem.get("ledger", {})
    weights = {**WEIGHTS, **problem.get("settings", {}).get("weights", {})}
    amounts = dict.fromkeys(WEIGHTS, 0.0)
    for visit in plan["visits"]:
        host = hosts[visit["host"]]
        team = [people[member["reviewer"]] for member in visit["team"]]
        for person in team:
            amounts["km"] += _distance(person["lat"], person["lon"], host["lat"], host["lon"])
            amounts["unknown_type"] += host["type"] not in person["types"]
            amounts["ledger"] += ledger.get(person["community"], 0) if person["community"] is not None else 0
        amounts["date_rank"] += host["dates"].index(visit["date"])
        amounts["no_experience"] += not any(person["experience"] >= 3 for person in team)
        amounts["unfilled_seat"] += len(visit["unfilled"])
    amounts["unplaced_host"] = len(plan["unplaced"])
    amounts["changed_date"], amounts["changed_seat"] = _changes(problem, plan, people)
    return Counted({name: weights[name] * amount for name, amount in amounts.items()})


def _changes(problem: Json, plan: Json, people: dict[str, Json]) -> tuple[int, int]:
    now = {visit["host"]: visit for visit in plan["visits"]}
    dates = seats = 0
    for before in problem.get("previous", []):
        visit = now.get(before["host"])
        dates += visit is not None and visit["date"] != before["date"]
        together = {member["reviewer"] for member in visit["team"]} if visit is not None else set()
        for member in before["team"]:
            person = people.get(member["reviewer"])
            excused = person is None or before["date"] not in person["available"]
            seats += not excused and member["reviewer"] not in together
    return dates, seats


def _distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Haversine on a sphere of 6371.0088 km."""
    rise = math.sin(math.radians(lat - other_lat) / 2) ** 2
    turn = math.sin(math.radians(lon - other_lon) / 2) ** 2
    half = rise + math.cos(math.radians(lat)) * math.cos(math.radians(other_lat)) * turn
    return 12742.0176 * math.asin(min(1.0, math.sqrt(half)))
