"""Can somebody who knows the published cells and two communities' results work out another community's mark?

The long run of tests/benchmarking/rules/disclosure and tests/benchmarking/rendered: `make bench NAME=attack FULL=1`
asks 10,000 networks of four cycles each for their cells and 200 of two cycles for the files that are published of them,
and takes more than an hour on two cores. `ATTACK_ONLY=cells` or `files` leaves the other half out.
"""

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from benchmarks.attack import rendered
from benchmarks.results import Result, at_least, at_most
from tests.benchmarking.rules.disclosure.attacker import Attacker
from tests.benchmarking.rules.disclosure.test_attacker import cycles, hide_below_five, recovered

FIRST = 1_000  # seeds that the tests do not use


def run(full: bool) -> list[Result]:
    """Attack every cycle of every network, and some of them under the naive rule, to see that the attacker is able."""
    only = os.environ.get("ATTACK_ONLY", "")
    return [*([] if only == "files" else of_cells(full)), *([] if only == "cells" else of_files(full))]


def of_cells(full: bool) -> list[Result]:
    """The protected cells themselves."""
    networks = 10_000 if full else 100
    seeds = range(FIRST, FIRST + networks)
    with ProcessPoolExecutor(max_workers=os.cpu_count(), mp_context=get_context("spawn")) as workers:
        broken = [seed for seed, found in zip(seeds, workers.map(attack, seeds, chunksize=10), strict=True) if found]
        control = list(workers.map(attack_naive, seeds[:: 1 + networks // 200], chunksize=10))
    note = f"of {networks:,} with four cycles each" + (f"; seeds {broken[:5]}" if broken else "")
    return [
        at_most("networks that gave a mark away", len(broken), "networks", 0, note),
        at_least("networks broken under the naive rule", 100 * sum(control) / len(control), "%", 51, "hide n < 5"),
    ]


def of_files(full: bool) -> list[Result]:
    """Pages, drawings, PDFs and data as they are published, read by somebody who has nothing else."""
    seeds = range(FIRST, FIRST + (200 if full else 4))
    with ProcessPoolExecutor(
        max_workers=os.cpu_count(), mp_context=get_context("spawn"), initializer=rendered.prepare
    ) as workers:
        told = list(workers.map(rendered.attack, seeds))
        control = list(workers.map(rendered.attack_naive, seeds[:: 5 if full else 1]))
    broken = [each for each in told if each.found]
    for each in broken:
        print(f"seed {each.seed}: {'; '.join(each.found[:5])}", file=sys.stderr)
    note = f"of {len(seeds)} with two cycles each, {sum(each.claims for each in told):,} figures and bands read"
    naive = 100 * sum(control) / len(control)
    return [
        at_most("networks whose files gave something away", len(broken), "networks", 0, note),
        at_least("files broken under the naive rule", naive, "%", 51, f"hide n < 5, of {len(control)} networks"),
    ]


def attack(seed: int) -> bool:
    """Whether any mark of any cycle is recovered from our release."""
    return any(recovered(cells) for cells in cycles(seed))


def attack_naive(seed: int) -> bool:
    """Whether any mark of the first cycle is recovered when only cells below five are hidden."""
    cells = cycles(seed)[0]
    return any(True for _ in Attacker(cells, hide_below_five(cells)).recovers())
