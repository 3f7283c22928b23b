"""Five devices of three people do anything in any order, again and again, against the real code and both databases."""

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.faults.databases import SAFE
from benchmarks.faults.recorder import limit
from benchmarks.results import Result, at_most
from tests import postgres

ROOT = Path(__file__).parents[2]
TEST = "tests/workbooks/test_machine.py"
BATCH = 250


def run(runs: int, steps: int) -> list[Result]:
    """So many runs of at most so many steps. The first that breaks a promise ends them all."""
    results = [_machine("SQLite", runs, steps, "")]
    programs = postgres.programs()
    if programs is not None:
        with postgres.server(programs, SAFE) as address:
            results.append(_machine("PostgreSQL", runs, steps, address))
    return results


def _machine(name: str, runs: int, steps: int, address: str) -> Result:
    """In batches with a seed and a database of their own: one transaction holds a batch and grows with its runs."""
    failed = any(
        _fails(seed, min(BATCH, runs - first), steps, address) for seed, first in enumerate(range(0, runs, BATCH))
    )
    note = f"runs of at most {steps} steps, in batches of {BATCH} with seeds from 0: {limit(int(failed), runs)}"
    return at_most(f"{name}: runs in which devices disagree or something is lost", int(failed), "", 0, note)


def _fails(seed: int, runs: int, steps: int, address: str) -> bool:
    environment = os.environ | {"MACHINE_RUNS": str(runs), "MACHINE_STEPS": str(steps), "DATABASE_URL": address}
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", f"--hypothesis-seed={seed}", TEST]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        print(done.stdout[-4000:], file=sys.stderr)
    return done.returncode != 0
