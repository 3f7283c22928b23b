"""Facts of a network over many years, and the national figures counted from them in three ways.

Each way is asked in a process of its own: `python -m benchmarks.ground.facts WAY FOLDER ROUNDS` prints the seconds of
each round, the memory at its highest, and how much was counted, as JSON.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from communitas.benchmarking.figures import change, counting, engines, pairs, star
from communitas.benchmarking.figures.change import Line

MEMORY_MB, THREADS = 700, 2
TYPES, REGIONS, SECTIONS, YEARS_OF_AN_EDITION = 5, 12, 10, 4
# Met, partly met, not met, not applicable, not scored: as such networks score.
SHARES = {2: 0.75, 1: 0.12, 0: 0.08, star.NOT_APPLICABLE: 0.04, star.NOT_SCORED: 0.01}


def write(folder: Path, *, communities: int, criteria: int, cycles: int) -> None:
    """One facts file a cycle, as Communitas keeps them; every fourth year there is a new edition."""
    rng = np.random.default_rng(4)
    for cycle in range(1, cycles + 1):
        edition = 1 + (cycle - 1) // YEARS_OF_AN_EDITION
        round_ = star.Round("hearth", cycle, f"{2006 + cycle}", f"{2005 + cycle}-09-01")
        book = star.Book(edition, f"Standards, {edition}", 2)
        enrolled = [
            star.Enrolled(
                *(cycle * communities + place, edition, place, f"TC{place:05}", f"Trust {place // 5}"),
                *(f"type {place % TYPES}", f"Region {place % REGIONS}"),
            )
            for place in range(communities)
        ]
        asked = [
            star.Asked(code, code, f"Section {1 + place % SECTIONS}", 1 + place % 3, f"1/{code}")
            for place, code in enumerate(_codes(criteria))
        ]
        who = np.repeat(np.arange(communities, dtype=np.int32), criteria * 2)
        what = np.tile(np.repeat(np.arange(criteria, dtype=np.int32), 2), communities)
        kind = np.tile(np.array([0, 1], dtype=np.int8), communities * criteria)
        score = rng.choice(np.array(list(SHARES), dtype=np.int8), size=len(who), p=list(SHARES.values()))
        table = star.star_table(round_, book, enrolled, asked, star.Answers(who, what, kind, score))
        content = star.star_bytes([table], round_, enrolled, code_version="0")
        (folder / f"{cycle:02}.parquet").write_bytes(content)


def lines(*, criteria: int, cycles: int) -> list[Line]:
    """What compares from each cycle to the next; with a new edition two criteria come of one, and one of two."""
    codes = _codes(criteria)
    found: list[Line] = []
    for cycle in range(2, cycles + 1):
        is_new = (cycle - 1) % YEARS_OF_AN_EDITION == 0
        parts: list[tuple[tuple[str, ...], tuple[str, ...]]] = [((code,), (code,)) for code in codes]
        if is_new:
            parts = [*parts[4:], ((codes[0],), (codes[0], codes[1])), ((codes[2], codes[3]), (codes[2],))]
        found += [Line(len(found) + place, cycle - 1, cycle, then, now) for place, (then, now) in enumerate(parts)]
    return found


def ours(folder: Path, compared: list[Line]) -> list[Any]:
    """The expressions of Communitas on its own engine."""
    choice = engines.Choice(memory_mb=MEMORY_MB, threads=THREADS, folder=folder)
    with engines.opened(choice) as engine:
        facts = engine.facts(folder)
        expressions = (
            counting.groups(counting.cells(facts)),
            counting.services(facts),
            pairs.pairs(facts),
            change.change(facts, compared),
        )
        return [engine.run(each) for each in expressions]


def _codes(criteria: int) -> list[str]:
    return [f"{1 + place % SECTIONS}.{1 + place // SECTIONS}" for place in range(criteria)]


def main() -> None:
    """The command line."""
    way, folder, rounds = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    told = json.loads((folder / "sizes.json").read_text(encoding="utf-8"))
    compared = lines(criteria=told["criteria"], cycles=told["cycles"])
    from benchmarks.ground import facts_by_hand  # it imports pandas, which ours should not have to carry

    ways: dict[str, Callable[[Path, list[Line]], list[Any]]] = {"ours": ours, "sql": facts_by_hand.sql}
    names = way.split(",")
    seconds: dict[str, list[float]] = {name: [] for name in names}
    counted: dict[str, list[int]] = {}
    for _ in range(rounds):
        for name in names:
            count = facts_by_hand.pandas if name == "pandas" else ways[name]
            started = time.perf_counter()
            found = count(folder, compared)
            seconds[name].append(time.perf_counter() - started)
            counted[name] = facts_by_hand.sums(found)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "memory": memory, "counted": counted}))


if __name__ == "__main__":
    main()
