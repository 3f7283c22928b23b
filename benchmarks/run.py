"""`make bench`: ask every benchmark, print a table, keep it; exit 1 when a limit is broken.

What is kept: benchmarks/results.json, and docs/operate/performance.md for people.
"""

import argparse
import importlib
import json
import os
import platform
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from datetime import UTC, date, datetime
from multiprocessing import get_context
from pathlib import Path

from benchmarks.results import Result

FOLDER = Path(__file__).parent
PAGE = FOLDER.parent / "docs" / "operate" / "performance.md"
NOT_QUESTIONS = {"__init__", "run", "results"}
LONG = {"attack", "faults"}  # asked by name alone


def names() -> list[str]:
    """The benchmarks that are asked together, by name."""
    return sorted(path.stem for path in FOLDER.glob("*.py") if path.stem not in NOT_QUESTIONS)


def ask(name: str, *, full: bool) -> list[Result]:
    """Run one benchmark in a new process, so that none meets the settings or the memory of another; what it answers."""
    print(f"{name} …", file=sys.stderr, flush=True)
    started = time.perf_counter()
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as process:
        answers = process.submit(_run, name, full).result()
    print(f"{name}: {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
    return answers


def _run(name: str, full: bool) -> list[Result]:
    answers: list[Result] = importlib.import_module(f"benchmarks.{name}").run(full)
    return answers


def table(results: Iterable[Result]) -> str:
    """The results as aligned columns: name, value, limit, ok, note."""
    rows = [("name", "value", "limit", "ok", "note")]
    rows += [(each.name, each.shown, each.limit_shown, each.verdict, each.note) for each in results]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        f"{row[0]:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:>{widths[2]}}  {row[3]:<{widths[3]}}  {row[4]}".rstrip()
        for row in rows
    )


def as_json(results: Sequence[Result], *, full: bool) -> str:
    """The results and the machine they were measured on."""
    machine = {
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
    }
    kept = {"size": "full" if full else "quick", "machine": machine, "results": [asdict(each) for each in results]}
    return json.dumps(kept, indent=2, ensure_ascii=False) + "\n"


def rows_of_page(results: Iterable[Result]) -> list[str]:
    """The rows of the table on the page, one a figure."""
    return [f"| {each.name} | {each.shown} | {each.limit_shown} | {each.verdict} | {each.note} |" for each in results]


def as_page(results: Sequence[Result], *, full: bool, on: date) -> str:
    """The page for people: what was asked, when, on what, and the answers."""
    questions = [f"- `{name}`: {importlib.import_module(f'benchmarks.{name}').__doc__}" for name in names()]
    machine = f"{os.cpu_count()} cores, {platform.system()} on {platform.machine()}, Python {platform.python_version()}"
    lines = [
        "# Performance",
        "",
        "Written by `make bench`; measure your own machine with it before you believe ours.",
        "",
        f"Measured on {on:%d %B %Y} in {'full' if full else 'quick'} sizes: {machine}.",
        "p95 is the time that one in twenty is above. A dash stands where a figure is for comparison only.",
        "",
        "## The questions",
        "",
        *questions,
        "",
        "## The answers",
        "",
        "| what | measured | limit | | |",
        "|---|---:|---:|---|---|",
        *rows_of_page(results),
    ]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--name", choices=[*names(), *sorted(LONG)], help="only this one")
    parser.add_argument("--full", action="store_true", help="full sizes instead of quick ones")
    options = parser.parse_args(arguments)

    results = [
        result for name in ([options.name] if options.name else names()) for result in ask(name, full=options.full)
    ]

    print(table(results))
    today = datetime.now(UTC).date()
    if options.name in LONG:
        long = importlib.import_module(f"benchmarks.{options.name}")
        if hasattr(long, "PAGE"):
            long.PAGE.write_text(long.as_page(results, full=options.full, on=today), encoding="utf-8")
    if not options.name:
        (FOLDER / "results.json").write_text(as_json(results, full=options.full), encoding="utf-8")
        PAGE.write_text(as_page(results, full=options.full, on=today), encoding="utf-8")
    return 0 if all(result.ok is not False for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
