"""Two ways to allocate without the solver: an officer takes the nearest; seats are matched one by one and repaired."""

from collections import defaultdict
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

Json = dict[str, Any]

SEATS = {
    "peer_review": ("lead", "staff", "staff", "client_member"),
    "accreditation": ("lead", "specialist", "staff", "client_member"),
}
FURTHEST, FROM_ONE_COMMUNITY, YEARS = 400, 2, 3  # the defaults of the settings
NEVER = 1e6


class Desk:
    """What an officer has on the desk: who may come, and what is agreed so far."""

    def __init__(self, problem: Json) -> None:
        self.problem = problem
        self.hosts, self.people = problem["hosts"], problem["reviewers"]
        self.community = [one["community"] for one in self.people]
        self.distances = [_distances(host, self.people) for host in self.hosts]
        self.repeats = {
            (row["community"], row["host"])
            for row in problem["history"]
            if 1 <= problem["cycle"] - row["cycle"] <= YEARS
        }
        self.conflicts = {(row["reviewer"], row["host"]) for row in problem["conflicts"]}
        self.away: dict[int, set[str]] = defaultdict(set)
        self.at_home: dict[str, str] = {}
        self.ways: set[tuple[str, str]] = set()
        self.of_house: dict[str, list[int]] = defaultdict(list)
        for number, house in enumerate(self.community):
            if house is not None:
                self.of_house[house].append(number)

    def may(self, host: int, person: int, day: str, seat: str) -> bool:
        """Whether the person may sit there, whatever else is agreed."""
        house, one = self.hosts[host], self.people[person]
        fits = seat in one["levels"] if seat in ("lead", "specialist") else one["kind"] == seat
        if not fits or "reviewer" not in one["levels"] or day not in one["available"]:
            return False
        if one["organisation"] == house["organisation"] or one["community"] == house["id"]:
            return False
        if (one["id"], house["id"]) in self.conflicts or (one["community"], house["id"]) in self.repeats:
            return False
        return bool(self.distances[host][person] <= FURTHEST)

    def still_may(self, host: int, person: int, day: str, team: list[int]) -> bool:
        """Whether what is agreed leaves the person free for it."""
        house, one = self.hosts[host]["id"], self.people[person]
        if person in team or day in self.away[person] or len(self.away[person]) >= one["max_visits"]:
            return False
        own = one["community"]
        if own is None:
            return True
        alike = sum(self.community[other] == own for other in team)
        return self.at_home.get(own) != day and (house, own) not in self.ways and alike < FROM_ONE_COMMUNITY

    def can_host(self, host: int, day: str) -> bool:
        """Whether all people of the house are at home on the day."""
        return not any(day in self.away[person] for person in self.of_house[self.hosts[host]["id"]])

    def agree(self, host: int, day: str, team: list[int]) -> None:
        """Write down a visit."""
        house = self.hosts[host]["id"]
        self.at_home[house] = day
        for person in team:
            self.away[person].add(day)
            if self.community[person] is not None:
                self.ways.add((self.community[person], house))

    def nearest(self, host: int, day: str, seat: str, team: list[int]) -> int | None:
        """The nearest person for a seat."""
        for person in np.argsort(self.distances[host], kind="stable").tolist():
            if self.distances[host][person] > FURTHEST:
                return None
            if self.still_may(host, person, day, team) and self.may(host, person, day, seat):
                return int(person)
        return None


def by_officer(problem: Json) -> Json:
    """Host after host: the most preferred date that has a lead, and the nearest people for it."""
    desk = Desk(problem)
    visits = [_visit(desk, number, {}) for number in range(len(desk.hosts))]
    return _plan(desk, visits)


def by_matching(problem: Json) -> Json:
    """All seats of the preferred dates at once at least cost; then what breaks a rule is filled anew."""
    desk = Desk(problem)
    seats = [(n, place, seat) for n, host in enumerate(desk.hosts) for place, seat in enumerate(SEATS[host["pathway"]])]
    turns = [number for number, one in enumerate(desk.people) for _ in range(one["max_visits"])]
    ledger = problem["ledger"]
    given = np.array([15.0 * ledger.get(one["community"], 0) for one in desk.people])
    costs = np.full((len(seats), len(turns)), NEVER)
    for row, (host, _, seat) in enumerate(seats):
        house = desk.hosts[host]
        known = np.array([0.0 if house["type"] in one["types"] else 60.0 for one in desk.people])
        able = [desk.may(host, person, house["dates"][0], seat) for person in range(len(desk.people))]
        costs[row] = np.where(able, desk.distances[host] + known + given, NEVER)[turns]
    wanted: dict[int, dict[int, int]] = defaultdict(dict)
    rows, columns = linear_sum_assignment(costs)
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        if costs[row, column] < NEVER:
            host, place, _ = seats[row]
            wanted[host][place] = turns[column]
    return _plan(desk, [_visit(desk, number, wanted[number]) for number in range(len(desk.hosts))])


def _visit(desk: Desk, host: int, wanted: dict[int, int]) -> Json | None:
    """A visit with the wanted people where they may come, else the nearest; None when no date has a lead."""
    house = desk.hosts[host]
    for number, day in enumerate(house["dates"]):
        if not desk.can_host(host, day):
            continue
        members, team, empty = [], list[int](), []
        for place, seat in enumerate(SEATS[house["pathway"]]):
            person = wanted.get(place) if number == 0 else None
            if person is None or not desk.still_may(host, person, day, team):
                person = desk.nearest(host, day, seat, team)
            if person is None:
                empty.append({"as": seat, "reason": "Nobody was found."})
            else:
                team.append(person)
                members.append({"reviewer": desk.people[person]["id"], "as": seat})
        if members and members[0]["as"] == "lead":
            desk.agree(host, day, team)
            return {"host": house["id"], "date": day, "team": members, "unfilled": empty}
    return None


def _plan(desk: Desk, visits: list[Json | None]) -> Json:
    left = [host["id"] for host, visit in zip(desk.hosts, visits, strict=True) if visit is None]
    return {
        "visits": [visit for visit in visits if visit is not None],
        "unplaced": [{"host": name, "reason": "No date had a lead."} for name in left],
    }


def _distances(host: Json, people: list[Json]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    lat, lon = np.radians([one["lat"] for one in people]), np.radians([one["lon"] for one in people])
    own_lat, own_lon = np.radians(host["lat"]), np.radians(host["lon"])
    half = np.sin((lat - own_lat) / 2) ** 2 + np.cos(lat) * np.cos(own_lat) * np.sin((lon - own_lon) / 2) ** 2
    return np.asarray(2 * 6371.0088 * np.arcsin(np.sqrt(half)))
