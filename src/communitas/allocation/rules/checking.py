"""Check a plan against its problem, from the two files alone.

Written from the rules' text and apart from the solver: it shares no code with it, reads the JSON as it stands, and
counts everything anew. So a fault of the solver is not hidden by the same fault here.
"""

import math
from collections import Counter
from typing import Any, Final

from communitas.allocation.rules.counting import Counted, count

Json = dict[str, Any]

SCHEMA: Final = 1
NEAR: Final = 1e-6  # relative difference between two ways of adding the same numbers
PATHWAY_SEATS: Final = {
    "peer_review": {"lead": 1, "staff": 2, "client_member": 1},
    "accreditation": {"lead": 1, "specialist": 1, "staff": 1, "client_member": 1},
}


def check_plan(problem: Json, plan: Json) -> list[str]:
    """Every rule that the plan breaks and every figure in it that is wrong; empty when it is a true plan.

    The problem must be one that can be read; the plan may be anything that is shaped like a plan.
    """
    checking = _Checking(problem, plan)
    checking.everything()
    return checking.found


class _Checking:
    def __init__(self, problem: Json, plan: Json) -> None:
        self.found: list[str] = []
        self.problem = problem
        self.plan = plan
        self.hosts = {host["id"]: host for host in problem["hosts"]}
        self.people = {person["id"]: person for person in problem["reviewers"]}
        settings = problem.get("settings", {})
        self.seats = {**PATHWAY_SEATS, **settings.get("seats", {})}
        self.no_swap = settings.get("no_swap", True)
        self.no_repeat = settings.get("no_repeat_cycles", 3)
        self.max_km = settings.get("max_distance_km", 400)
        self.max_same = settings.get("max_same_community", 2)
        self.history = problem.get("history", [])
        self.aside = {
            (row["reviewer"], row["host"], rule) for row in problem.get("overridden", []) for rule in row["rules"]
        }

    def everything(self) -> None:
        self._hosts_stand_once()
        known = [visit for visit in self.plan["visits"] if visit["host"] in self.hosts]
        for visit in known:
            self._visit(visit)
        self._visits_of_people(known)
        self._swaps(known)
        self._pins(known)
        if not self.found:
            self._figures(count(self.problem, self.plan))

    def _hosts_stand_once(self) -> None:
        stands = Counter(entry["host"] for entry in [*self.plan["visits"], *self.plan["unplaced"]])
        for name in self.hosts:
            if stands[name] != 1:
                self.found.append(f"{name}: stands {stands[name]} times in visits and unplaced")
        self.found += [f"{name}: is no host of the problem" for name in stands if name not in self.hosts]
        for entry in self.plan["unplaced"]:
            if not entry.get("reason"):
                self.found.append(f"{entry['host']}: is unplaced without a reason")

    def _visit(self, visit: Json) -> None:
        host = self.hosts[visit["host"]]
        name = host["id"]
        if visit["date"] not in host["dates"]:
            self.found.append(f"{name}: {visit['date']} is none of its dates")
        self._seats_of(visit, name, host)
        members = [member for member in visit["team"] if member["reviewer"] in self.people]
        if len(members) != len(visit["team"]):
            self.found.append(f"{name}: somebody of the team is not in the problem")
        for member in members:
            self._member(host, visit["date"], self.people[member["reviewer"]], member["as"])
        houses = Counter(self.people[member["reviewer"]]["community"] for member in members)
        for community, people in houses.items():
            if community is not None and people > self.max_same:
                self.found.append(f"{name}: {people} people of {community} in the team")

    def _seats_of(self, visit: Json, name: str, host: Json) -> None:
        wanted = Counter({seat: number for seat, number in self.seats[host["pathway"]].items() if number})
        filled = Counter(member["as"] for member in visit["team"])
        empty = Counter(seat["as"] for seat in visit["unfilled"])
        if filled + empty != wanted:
            self.found.append(f"{name}: seats {dict(filled)} and empty {dict(empty)} are not {dict(wanted)}")
        if empty["lead"]:
            self.found.append(f"{name}: is placed without its lead")
        if not all(seat.get("reason") for seat in visit["unfilled"]):
            self.found.append(f"{name}: has an empty seat without a reason")
        for person, times in Counter(member["reviewer"] for member in visit["team"]).items():
            if times > 1:
                self.found.append(f"{name}: {person} fills {times} seats")

    def _member(self, host: Json, day: str, person: Json, seat: str) -> None:
        who = f"{host['id']}: {person['id']}"
        if seat in ("lead", "specialist"):
            may = seat in person["levels"]
        else:
            may = person["kind"] == seat and "reviewer" in person["levels"]
        if not may:
            self.found.append(f"{who} may not fill the seat {seat}")
        if day not in person["available"]:
            self.found.append(f"{who} is not available on {day}")
        self._pair(host, person, who)

    def _pair(self, host: Json, person: Json, who: str) -> None:
        """What concerns the two on any day, save what was set aside for them."""
        community = person["community"]
        if community is not None and community == host["id"]:
            self.found.append(f"{who} reviews their own community")
        same = person["organisation"] is not None and person["organisation"] == host["organisation"]
        if same and not self._aside(person, host, "own organisation"):
            self.found.append(f"{who} reviews their own organisation")
        for row in self.problem.get("conflicts", []):
            if row["reviewer"] == person["id"] and row["host"] == host["id"]:
                if not self._aside(person, host, "conflict"):
                    self.found.append(f"{who} has a conflict")
                break
        if community is not None and not self._aside(person, host, "no_repeat_cycles"):
            self._repeats(host, who, community)
        if _haversine(host, person) > self.max_km and not self._aside(person, host, "max_distance_km"):
            self.found.append(f"{who} lives too far away")

    def _aside(self, person: Json, host: Json, rule: str) -> bool:
        """Whether two people set the rule aside for this person at this host."""
        return (person["id"], host["id"], rule) in self.aside

    def _repeats(self, host: Json, who: str, community: str) -> None:
        for row in self.history:
            age = self.problem["cycle"] - row["cycle"]
            if row["community"] == community and row["host"] == host["id"] and 1 <= age <= self.no_repeat:
                self.found.append(f"{who} repeats a visit of {community} in cycle {row['cycle']}")

    def _visits_of_people(self, visits: list[Json]) -> None:
        days_of: dict[str, list[str]] = {}
        for visit in visits:
            for member in visit["team"]:
                days_of.setdefault(member["reviewer"], []).append(visit["date"])
        hosting = {visit["host"]: visit["date"] for visit in visits}
        for name, days in days_of.items():
            person = self.people.get(name)
            if person is None:
                continue
            if len(days) > person["max_visits"]:
                self.found.append(f"{name}: makes {len(days)} visits, at most {person['max_visits']} are allowed")
            for day, times in Counter(days).items():
                if times > 1:
                    self.found.append(f"{name}: makes {times} visits on {day}")
                if person["community"] is not None and hosting.get(person["community"]) == day:
                    self.found.append(f"{name}: is away on {day}, when their own community is visited")

    def _swaps(self, visits: list[Json]) -> None:
        if not self.no_swap:
            return
        planned = {
            (self.people[member["reviewer"]]["community"], visit["host"])
            for visit in visits
            for member in visit["team"]
            if member["reviewer"] in self.people and self.people[member["reviewer"]]["community"] is not None
        }
        held = {(row["community"], row["host"]) for row in self.history if row["cycle"] == self.problem["cycle"]}
        for community, host in sorted(planned):
            both_planned = (host, community) in planned and community < host
            if both_planned or (host, community) in held:
                self.found.append(f"{host}: people of {community} and of {host} visit each other")

    def _pins(self, visits: list[Json]) -> None:
        by_host = {visit["host"]: visit for visit in visits}
        for number, pin in enumerate(self.problem.get("pinned", [])):
            visit = by_host.get(pin["host"])
            if visit is None or visit["date"] != pin["date"]:
                self.found.append(f"pinned[{number}]: {pin['host']} is not visited on {pin['date']}")
                continue
            if pin.get("reviewer") is None:
                continue
            seats = [member["as"] for member in visit["team"] if member["reviewer"] == pin["reviewer"]]
            if not seats or pin.get("as") not in (None, *seats):
                self.found.append(f"pinned[{number}]: {pin['reviewer']} does not sit where they are pinned")

    def _figures(self, counted: Counted) -> None:
        plan = self.plan
        if plan["schema"] != SCHEMA:
            self.found.append(f"schema: is {plan['schema']}")
        if set(plan["parts"]) != set(counted.parts):
            self.found.append("parts: are not one for each weight")
        for name, part in counted.parts.items():
            if not _near(plan["parts"].get(name, math.nan), part, counted.size):
                self.found.append(f"parts.{name}: is {plan['parts'].get(name)}, counted {part}")
        if not _near(plan["cost"], counted.cost, counted.size):
            self.found.append(f"cost: is {plan['cost']}, counted {counted.cost}")
        if not plan["bound"] <= plan["cost"]:
            self.found.append(f"bound: {plan['bound']} is not below the cost")
        if not _near(plan["gap"], counted.gap(plan["bound"]), 1.0):
            self.found.append(f"gap: is {plan['gap']}, counted {counted.gap(plan['bound'])}")
        if not (plan["seconds"] >= 0 and isinstance(plan["solver"], str) and plan["workers"] >= 1):
            self.found.append("seconds, solver or workers: are no such thing")


def _near(value: float, expected: float, size: float) -> bool:
    return abs(value - expected) <= NEAR * max(1.0, size)


def _haversine(one: Json, other: Json) -> float:
    first, second = math.radians(one["lat"]), math.radians(other["lat"])
    half = (
        math.sin((second - first) / 2) ** 2
        + math.cos(first) * math.cos(second) * math.sin(math.radians(other["lon"] - one["lon"]) / 2) ** 2
    )
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(half)))
