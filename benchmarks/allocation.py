"""How near to the best is a proposed allocation, how soon, and how much better than by hand?"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.ground.allocation_by_hand import by_matching, by_officer
from benchmarks.ground.allocation_problem import network, withdrawn
from benchmarks.ground.memory import memory_of
from benchmarks.results import Result, at_most, for_information
from communitas.allocation.rules.checking import check_plan
from communitas.allocation.rules.counting import count

Json = dict[str, Any]

SIZES = ((100, 400, 60, 1.0), (400, 1600, 180, 3.0), (1600, 6400, 600, 6.0))  # hosts, reviewers, seconds, gap
QUICK = (50, 200, 25, 1.0)
WITHDRAWN_AT, WITHDRAWN, AGAIN = 400, 0.12, 20  # hosts, share of reviewers, seconds
MEMORY = 8_000
AROUND = 2  # seconds kept for starting Python and for writing the plan


def run(full: bool) -> list[Result]:
    """Each size by an officer, by a matching and by the solver; and once again after reviewers withdrew."""
    answers = []
    for hosts, reviewers, seconds, gap in SIZES if full else (QUICK,):
        problem = network(hosts, reviewers, seed=1)
        plan, taken, peak = _solve(problem, seconds)
        size = f"{hosts:,} hosts, {reviewers:,} reviewers"
        answers += [
            at_most(f"{size}: gap", 100 * plan["gap"], "%", gap, _told(problem, plan, plan["bound"])),
            at_most(f"{size}: time", taken, "s", seconds, "the whole command"),
            at_most(f"{size}: memory", peak, "MB", MEMORY, "peak of all its processes together"),
            *_by_hand(problem, plan["bound"], size),
        ]
        if hosts == WITHDRAWN_AT or not full:
            answers += _again(problem, plan, size)
    return answers


def _solve(problem: Json, seconds: float) -> tuple[Json, float, float]:
    """The plan of the command, its seconds, and its megabytes. A plan that the checker refuses ends the benchmark."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "problem.json").write_text(json.dumps(problem), encoding="utf-8")
        words = ["allocate", "problem.json", "--out", "plan.json", "--seconds", str(seconds - AROUND)]
        started = time.perf_counter()
        with (folder / "said.txt").open("wb") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", "communitas.cli", *words], cwd=folder, stdout=said, stderr=said
            )
            peak = 0
            while process.poll() is None:
                peak = max(peak, memory_of(process.pid))
                time.sleep(0.1)
        taken = time.perf_counter() - started
        if process.returncode:
            raise RuntimeError((folder / "said.txt").read_text(encoding="utf-8"))
        plan: Json = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    wrong = check_plan(problem, plan)
    assert not wrong, wrong
    return plan, taken, peak / 1_000_000


def _by_hand(problem: Json, bound: float, size: str) -> list[Result]:
    answers = []
    for name, way in (("greedy officer", by_officer), ("matching and repair", by_matching)):
        started = time.perf_counter()
        plan = way(problem)
        taken = time.perf_counter() - started
        gap = 100 * count(problem, plan).gap(bound)
        note = f"{_told(problem, plan, bound)}; {taken:.0f} s"
        answers.append(for_information(f"{size}: gap of {name}", gap, "%", note))
    return answers


def _again(problem: Json, plan: Json, size: str) -> list[Result]:
    changed = withdrawn(problem, plan, WITHDRAWN, seed=2)
    again, taken, _ = _solve(changed, AGAIN)
    note = f"{_told(changed, again, again['bound'])}; gap {again['gap']:.1%}, valid"
    return [at_most(f"{size}: after {WITHDRAWN:.0%} withdrew", taken, "s", AGAIN, note)]


def _told(problem: Json, plan: Json, bound: float) -> str:
    """Cost, holes and broken rules, counted by the checker."""
    figures = {"schema": 1, "parts": {}, "cost": 0, "bound": bound, "gap": 0, "seconds": 0, "solver": "", "workers": 1}
    about = ("schema", "parts", "cost", "bound", "gap", "seconds")
    broken = [line for line in check_plan(problem, {**figures, **plan}) if not line.startswith(about)]
    cost = count(problem, plan).cost
    empty = sum(len(visit["unfilled"]) for visit in plan["visits"])
    return (
        f"cost {cost:,.0f} over a bound of {bound:,.0f}, {empty} seats empty, {len(plan['unplaced'])} hosts unplaced, "
        f"{len(broken)} rules broken"
    )
