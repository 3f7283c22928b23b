"""A network to allocate, of any size: communities in clusters, their people, and three cycles behind them."""

import random
from datetime import date, timedelta
from typing import Any

Json = dict[str, Any]

CYCLE = 2027
TYPES = ("adult", "prison", "addiction", "children", "learning disability")
DAYS = 40  # working days of the season, of which each host offers three
FREE, LEADS, SPECIALISTS, CLIENT_MEMBERS, ACCREDITATION = 0.35, 0.30, 0.15, 0.30, 0.25
INDEPENDENT = 0.07


def network(hosts: int, reviewers: int, *, seed: int) -> Json:
    """A problem in the words of the file."""
    chance = random.Random(seed)
    season = [day for day in (date(CYCLE, 9, 1) + timedelta(n) for n in range(2 * DAYS)) if day.weekday() < 5][:DAYS]
    days = [day.isoformat() for day in season]
    centres = [(chance.uniform(50.5, 56.5), chance.uniform(-4.5, 1.5)) for _ in range(max(3, hosts // 25))]
    organisations: list[str] = []
    while len(organisations) < hosts:
        organisations += [f"O{len(organisations):04}"] * chance.choice((1, 1, 1, 2, 3, 5, 8, 12))
    chance.shuffle(organisations)
    houses = [_host(chance, f"H{n:04}", organisations[n], centres, days) for n in range(hosts)]
    people = [_reviewer(chance, f"R{n:05}", houses, centres, days) for n in range(reviewers)]
    return {
        "schema": 1,
        "cycle": CYCLE,
        "settings": {},
        "hosts": houses,
        "reviewers": people,
        "conflicts": [
            {"reviewer": chance.choice(people)["id"], "host": chance.choice(houses)["id"]}
            for _ in range(reviewers // 4)
        ],
        "history": [
            {"community": chance.choice(houses)["id"], "host": house["id"], "cycle": CYCLE - back}
            for back in (1, 2, 3)
            for house in houses
            for _ in range(3)
        ],
        "ledger": {house["id"]: chance.choice((-4, -3, -2, -1, 0, 0, 1, 2, 3, 4)) for house in houses},
        "pinned": [],
        "previous": [],
    }


def withdrawn(problem: Json, plan: Json, share: float, *, seed: int) -> Json:
    """The problem after some of its reviewers withdrew, with the plan that held until then."""
    chance = random.Random(seed)
    people = problem["reviewers"]
    gone = {one["id"] for one in chance.sample(people, round(share * len(people)))}
    return {
        **problem,
        "reviewers": [one for one in people if one["id"] not in gone],
        "conflicts": [one for one in problem["conflicts"] if one["reviewer"] not in gone],
        "previous": [{key: visit[key] for key in ("host", "date", "team")} for visit in plan["visits"]],
    }


def _near(chance: random.Random, lat: float, lon: float, spread: float) -> Json:
    return {"lat": round(chance.gauss(lat, spread), 5), "lon": round(chance.gauss(lon, 1.5 * spread), 5)}


def _host(
    chance: random.Random, name: str, organisation: str, centres: list[tuple[float, float]], days: list[str]
) -> Json:
    return {
        "id": name,
        "organisation": organisation,
        "type": chance.choice(TYPES),
        "pathway": "accreditation" if chance.random() < ACCREDITATION else "peer_review",
        "dates": chance.sample(days, 3),
        **_near(chance, *chance.choice(centres), 0.35),
    }


def _reviewer(
    chance: random.Random, name: str, houses: list[Json], centres: list[tuple[float, float]], days: list[str]
) -> Json:
    home = chance.choice(houses) if chance.random() >= INDEPENDENT else None
    levels = ["reviewer"]
    levels += ["lead"] if chance.random() < LEADS else []
    levels += ["specialist"] if chance.random() < SPECIALISTS else []
    own = home["type"] if home else chance.choice(TYPES)
    place = _near(chance, home["lat"], home["lon"], 0.1) if home else _near(chance, *chance.choice(centres), 0.35)
    return {
        "id": name,
        "community": home["id"] if home else None,
        "organisation": home["organisation"] if home else None,
        "kind": "client_member" if chance.random() < CLIENT_MEMBERS else "staff",
        "levels": levels,
        "types": sorted({own, *chance.sample(TYPES, chance.choice((0, 1, 2)))}),
        "experience": chance.choice((0, 1, 1, 2, 3, 4, 5, 8)),
        "available": [day for day in days if chance.random() < FREE],
        "max_visits": chance.choice((1, 2)),
        **place,
    }
