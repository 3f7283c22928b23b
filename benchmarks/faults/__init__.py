"""Is anything lost or doubled that the office had acknowledged, whatever breaks?"""

import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from benchmarks.results import Result

PAGE: Final = Path(__file__).parents[2] / "docs" / "operate" / "durability.md"
# Each part with its arguments in the quick size and in the full one.
PARTS: Final[dict[str, tuple[tuple[float, ...], tuple[float, ...]]]] = {
    "kills": ((3,), (200,)),
    "flushes": ((60,), (1000,)),
    "carriers": ((120,), (10_000,)),
    "folds": ((300,), (10_000,)),
    "machine": ((50, 20), (2000, 100)),
    "troubles": ((20, 3), (100, 30)),
    "returns": ((40,), (200,)),
    "browsers": ((3, 2), (100, 10)),
    "storm": ((10, 60, 2, 5), (200, 300, 20, 600)),
}


def run(full: bool) -> list[Result]:
    """Every part, each in a process of its own. Full sizes take more than an hour; quick ones find a gross mistake."""
    return [result for part in PARTS for result in ask(part, full=full)]


def ask(part: str, *, full: bool) -> list[Result]:
    """One part in a new process."""
    print(f"faults, {part} …", file=sys.stderr, flush=True)
    started = time.perf_counter()
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as process:
        answers = process.submit(_run, part, PARTS[part][full]).result()
    print(f"faults, {part}: {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
    return answers


def _run(part: str, sizes: tuple[float, ...]) -> list[Result]:
    answers: list[Result] = import_module(f"benchmarks.faults.{part}").run(*sizes)
    return answers


def as_page(results: Sequence[Result], *, full: bool, on: date) -> str:
    """docs/operate/durability.md: what was tried, how often, and what came of it."""
    asked = [f"- `{part}`: {import_module(f'benchmarks.faults.{part}').__doc__}" for part in PARTS]
    rows = [f"| {each.name} | {each.shown} | {each.limit_shown} | {each.verdict} | {each.note} |" for each in results]
    lines = [
        "# Durability",
        "",
        f"Written by `make bench NAME=faults{' FULL=1' if full else ''}` on {on:%d %B %Y}."
        + ("" if full else " These are quick sizes, too small for a claim.")
        + " `tests/workbooks` tries the same in small at every change.",
        "",
        "A recorder notes what every writer sent and what was acknowledged; afterwards the database is asked.",
        "Where nothing failed in n tries, the true rate is below 3/n with 95 % certainty: the limit beside each count.",
        "",
        "## What is tried",
        "",
        *asked,
        "",
        "## What came of it",
        "",
        "| what | found | limit | | |",
        "|---|---:|---:|---|---|",
        *rows,
    ]
    return "\n".join(lines) + "\n"
