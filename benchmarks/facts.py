"""How much do the national figures of a large network over many years cost, and how quickly opens a released cycle?"""

import json
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.ground.site import application, installation, p95, signed_in, times_of
from benchmarks.results import Result, at_least, at_most, for_information

FULL = {"communities": 2000, "criteria": 150, "cycles": 20}
QUICK = {"communities": 800, "criteria": 150, "cycles": 12}
RELEASED = 100  # communities in the cycle whose page is opened
MOST_OF_SQL, LEAST_OF_PANDAS, MEMORY_MB, PAGE_MS = 1.2, 2.0, 1500, 50


def run(full: bool) -> list[Result]:
    """Our expressions beside SQL by hand, each the best of several turns in one process; pandas; the stored page."""
    sizes = FULL if full else QUICK
    with tempfile.TemporaryDirectory() as folder:
        from benchmarks.ground import facts  # it imports Ibis and Arrow

        facts.write(Path(folder), **sizes)
        (Path(folder) / "sizes.json").write_text(json.dumps(sizes), encoding="utf-8")
        alone = _asked("ours", folder, rounds=2)
        beside = _asked("ours,sql,pandas", folder, rounds=3 if full else 6)
    ours, by_hand, in_pandas = (min(beside["seconds"][name]) for name in ("ours", "sql", "pandas"))
    if len({tuple(each) for each in beside["counted"].values()}) != 1:
        raise RuntimeError(f"The three ways do not count the same: {beside['counted']}")
    rows = sizes["communities"] * sizes["criteria"] * sizes["cycles"] * 2
    note = f"{rows:,} rows: groups, services, pairs and change; best of {len(beside['seconds']['ours'])}"
    return [
        for_information("national figures", ours, "s", note),
        _beside_sql(by_hand, ours, judged=full),
        _beside_pandas(in_pandas, ours, judged=full),
        at_most("national figures, memory", alone["memory"], "MB", MEMORY_MB, "the whole process at its highest"),
        _page(count=100 if full else 30),
    ]


def _beside_sql(theirs: float, ours: float, *, judged: bool) -> Result:
    """What it costs to put a query together does not grow with the rows, so the limit is one of the full size."""
    name, told = "national figures beside SQL by hand", f"{theirs:.2f} s"
    if judged:
        return at_most(name, ours / theirs, "times", MOST_OF_SQL, told)
    return for_information(name, ours / theirs, "times", f"{told}; at most {MOST_OF_SQL:g} times in full size")


def _beside_pandas(theirs: float, ours: float, *, judged: bool) -> Result:
    """Pandas does well while all fits into the caches of the processor, so the limit is one of the full size."""
    name, told = "pandas beside national figures", f"{theirs:.2f} s"
    if judged:
        return at_least(name, theirs / ours, "times", LEAST_OF_PANDAS, told)
    return for_information(name, theirs / ours, "times", f"{told}; at least {LEAST_OF_PANDAS:g} times in full size")


def _asked(ways: str, folder: str, *, rounds: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.ground.facts", ways, folder, str(rounds)]
    told: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return told


def _page(*, count: int) -> Result:
    """The report of a released cycle as a member opens it, through the whole of WSGI in one process on SQLite."""
    with installation():
        from benchmarks.ground import network  # models are ready only inside an installation
        from communitas.benchmarking import actions, queries
        from communitas.kit.addresses import path_of
        from communitas.reports.models import NationalReport
        from tests import factories

        made = network.make("large", communities=RELEASED, criteria=15)
        network.score(made)
        counted = queries.count_and_protect(cycle=made.cycle, say=lambda step: None)
        release = actions.freeze_release(cycle=made.cycle, counted=counted, by=made.office, at=network.AT)
        second = factories.make_account("second", "Second person")
        later = network.AT + timedelta(hours=1)
        actions.release_figures(release=release, signed_hash=release.hash, by=second, at=later)
        report = NationalReport.objects.create(release=release, written_by=made.office, written_at=network.AT)
        visitor = signed_in(made.lead, application())
        times = times_of(visitor, path_of("large", "reports:national", report.pk), count=count)
    note = f"{RELEASED} communities, 150 criteria, {count} openings"
    return at_most("page of a released cycle, p95", p95(times), "ms", PAGE_MS, note)
