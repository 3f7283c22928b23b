"""`communitas allocate`: what it is told on the command line."""

import argparse
import ctypes
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

DESCRIPTION = (
    "Propose who reviews whom, and when: read a problem, find a plan, and write it with its cost, a bound under the "
    "cost of any plan, and a reason for each empty seat. Nothing is written when the problem can't be read."
)
REFUSED = 2
FAILED = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.description = DESCRIPTION
    parser.add_argument("problem", type=Path, metavar="PROBLEM.json", help="hosts, reviewers, settings, pins")
    parser.add_argument("--out", required=True, type=Path, metavar="PLAN.json", help="the plan, written anew")
    parser.add_argument("--seconds", type=_seconds, default=60.0, metavar="N", help="the most time to take; else 60")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="another number may find another plan; else 0")
    parser.add_argument("--workers", type=_workers, default=2, metavar="N", help="processes that search; else 2")


def run(options: argparse.Namespace) -> int:
    """Write a plan: 0 when it stands in its file, 2 when the problem was refused, 1 when the disk failed."""
    with _all_to_standard_error():
        return _run(options, begun=monotonic())


def _run(options: argparse.Namespace, *, begun: float) -> int:
    from communitas.allocation.rules.reading import ProblemRefused, read_problem  # slow to import, not for --help

    try:
        problem = read_problem(options.problem.read_bytes())
    except OSError as error:
        _say(f"{options.problem}: can't be read: {error.strerror}")
        return REFUSED
    except ProblemRefused as refused:
        for line in refused.lines:
            _say(line)
        return REFUSED
    from communitas.allocation.rules.allocating import allocate

    plan = allocate(
        problem,
        seconds=options.seconds,
        seed=options.seed,
        workers=options.workers,
        clock=monotonic,
        say=_say,
        begun=begun,
    )
    try:
        options.out.write_text(json.dumps(plan.as_json(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        _say(f"{options.out}: can't be written: {error.strerror}")
        return FAILED
    empty = sum(len(visit.unfilled) for visit in plan.visits)
    _say(
        f"{len(plan.visits):,} visits, {empty:,} empty seats, {len(plan.unplaced):,} hosts unplaced: "
        f"cost {plan.cost:,.1f}, at most {plan.gap:.2%} above the best"
    )
    return 0


@contextmanager
def _all_to_standard_error() -> Iterator[None]:
    """HiGHS greets on standard output, past Python; so does each process that searches."""
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        ctypes.CDLL(None).fflush(None)  # what C has kept back must not follow later
        os.dup2(kept, 1)
        os.close(kept)


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def _seconds(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        found = 0.0
    if not 0 < found < 1_000_000:
        raise argparse.ArgumentTypeError(f"'{text}' is not a time in seconds such as 60")
    return found


def _workers(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number from 1 to 64")
    return int(text)
