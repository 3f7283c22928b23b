"""The least cost of a tiny problem, by looking at every plan there is."""

from collections.abc import Iterator
from itertools import product
from typing import Any

from communitas.allocation.rules.checking import PATHWAY_SEATS, check_plan
from communitas.allocation.rules.counting import count

Json = dict[str, Any]


def least_cost(problem: Json) -> float:
    """Every combination of what each host could have, as far as the checker finds nothing broken in it."""
    best = float("inf")
    for choice in product(*(list(_of_host(problem, host)) for host in problem["hosts"])):
        plan = {
            "visits": [visit for visit in choice if "date" in visit],
            "unplaced": [visit for visit in choice if "date" not in visit],
        }
        counted = count(problem, plan)
        if counted.cost < best and not _broken(problem, plan):
            best = counted.cost
    return best


def _of_host(problem: Json, host: Json) -> Iterator[Json]:
    yield {"host": host["id"], "reason": "Left out."}
    alone = {**problem, "hosts": [host], "pinned": []}
    counts = {**PATHWAY_SEATS, **problem["settings"].get("seats", {})}[host["pathway"]]
    seats = [seat for seat, number in counts.items() for _ in range(number)]
    names = [None, *(person["id"] for person in problem["reviewers"])]
    seen = set()
    for date in host["dates"]:
        for people in product(names, repeat=len(seats)):
            key = (date, tuple(sorted((seat, person or "") for seat, person in zip(seats, people, strict=True))))
            if key in seen:
                continue
            seen.add(key)
            pairs = list(zip(seats, people, strict=True))
            visit = {
                "host": host["id"],
                "date": date,
                "team": [{"reviewer": person, "as": seat} for seat, person in pairs if person],
                "unfilled": [{"as": seat, "reason": "Empty."} for seat, person in pairs if not person],
            }
            if not _broken(alone, {"visits": [visit], "unplaced": []}):
                yield visit


def _broken(problem: Json, plan: Json) -> bool:
    """Whether a rule is broken; a plan without figures lacks these alone."""
    try:
        return bool(check_plan(problem, plan))
    except KeyError:
        return False  # no rule was broken, so the checker went on to the figures
