"""A cycle's problem as the solver takes it, from the database, with a list in words of what is missing."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import rfc8785

from communitas.allocation.queries.building import Building
from communitas.allocation.queries.facts import read_facts
from communitas.allocation.queries.gaps import Gap
from communitas.allocation.queries.naming import sentence
from communitas.allocation.rules.problem import Problem
from communitas.allocation.rules.reading import ProblemRefused, read_problem
from communitas.allocation.rules.supposing import suppose
from communitas.cycles.models import Cycle

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stated:
    """A problem in the words of the file. `problem` is None when it can't be solved as it stands: `gaps` say why."""

    content: Json
    problem: Problem | None
    gaps: tuple[Gap, ...]
    names: Mapping[str, str]  # of the ids in it
    visits: Mapping[str, int]  # by the id of the host

    @property
    def refusal(self) -> str:
        """Why it can't be solved as it stands, in sentences."""
        return " ".join(gap.words for gap in self.gaps if gap.kind == "refused")

    @property
    def hash(self) -> str:
        """sha256 of all of it."""
        return hash_of(self.content)

    @property
    def facts_hash(self) -> str:
        """sha256 of what a plan must keep to: without the weights and without the plan before."""
        settings = {name: part for name, part in self.content["settings"].items() if name != "weights"}
        return hash_of(
            {name: part for name, part in self.content.items() if name != "previous"} | {"settings": settings}
        )


def hash_of(content: Json) -> str:
    """sha256 of the canonical JSON (RFC 8785)."""
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()


def state_problem(
    cycle: Cycle,
    *,
    on: date,
    at: datetime,
    previous: list[Json] | None = None,
    supposed: Json | None = None,
) -> Stated:
    """What there is to solve in a cycle, on a day; dates before it are gone. Fourteen queries.

    `previous` are visits of the plan that should change as little as possible; `supposed` is what is not so.
    """
    facts, left_out = read_facts(cycle, at=at), dict[str, str]()
    while True:
        building = Building(facts, on, left_out)
        content = building.content()
        if supposed:
            content = suppose(content, supposed)
        if previous:
            content["previous"] = [row for row in previous if row["host"] in building.visits]
        problem, lines = _read(content)
        more = building.settled_against_rules(lines)
        if not more:
            break
        left_out |= more
    building.gaps += [Gap("refused", "", sentence(line.partition(": ")[2], building.names)) for line in lines]
    return Stated(content, problem, tuple(building.gaps), building.names, building.visits)


def _read(content: Json) -> tuple[Problem | None, tuple[str, ...]]:
    """The problem, or nothing and what is wrong with it."""
    try:
        return read_problem(json.dumps(content).encode()), ()
    except ProblemRefused as refused:
        return None, tuple(refused.lines)
