"""`make test`: the whole suite on SQLite, then every test that touches a database again on PostgreSQL.

What this machine lacks is skipped and counted in one closing line; with REQUIRE_BROWSER=1,
REQUIRE_POSTGRES=1 or REQUIRE_SPARK=1 its absence is an error. TEST_POSTGRES_URL names a server to use instead of a
throw-away one. When nothing failed but one or two browser tests that waited in vain, these are asked once more, by
themselves: beside all the others a small machine may let a page wait for longer than a test does.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests import postgres

ASKED_AGAIN = 2  # browser tests; where more fail, something is wrong with the pages
NO_POSTGRES = "PostgreSQL's server is not installed"


def run_suite(name: str, arguments: list[str], environment: dict[str, str]) -> tuple[int, dict[str, int]]:
    """Run pytest; its exit status, and how many tests it skipped for each thing the machine lacks."""
    print(f"\nTests on {name}", flush=True)
    started = time.monotonic()
    status, told = _run(arguments, environment)
    if status == 1 and told["too_slow"] and 0 < len(told["failed"]) <= ASKED_AGAIN:
        print(f"\nAsked again, by themselves: {', '.join(told['failed'])}", flush=True)
        only_database = [each for each in arguments if each == "--only-database"]
        status, _ = _run([*only_database, *told["failed"]], environment)
    if status:
        print(f"Tests on {name} failed after {time.monotonic() - started:.0f} s", flush=True)
    return status, told["skipped"]


def _run(arguments: list[str], environment: dict[str, str]) -> tuple[int, dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "told.json"
        command = [sys.executable, "-m", "pytest", f"--told-to={kept}", *arguments]
        status = subprocess.run(command, env={**os.environ, **environment}, check=False).returncode
        told = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    return status, {"skipped": {}, "failed": [], "too_slow": False} | told


def run_on_postgresql(arguments: list[str]) -> tuple[int, dict[str, int]] | None:
    """The tests that touch a database, on PostgreSQL; None when there is no server to be had."""
    arguments = ["--only-database", *arguments]
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        return run_suite("PostgreSQL", arguments, {"DATABASE_URL": given})
    programs = postgres.programs()
    if programs is None:
        return None
    with postgres.server(programs) as address:
        return run_suite("PostgreSQL", arguments, {"DATABASE_URL": address})


def main() -> int:
    """Run both; 0 when every test passed on every database there is."""
    # Being told to stop must still remove the server.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", default="2", help="how many processes share the tests")
    parser.add_argument("rest", nargs="*", help="arguments for pytest, after --")
    options = parser.parse_args()
    # Who has finished takes over from who has not: tests last from a millisecond to minutes.
    arguments = ["-n", options.workers, "--dist", "worksteal", *options.rest]

    status, skipped = run_suite("SQLite", arguments, {"DATABASE_URL": ""})
    if status not in (0, 5):  # 5: nothing was selected
        return status
    second = run_on_postgresql(arguments)
    if second is None:
        if os.environ.get("REQUIRE_POSTGRES") == "1":
            print(f"REQUIRE_POSTGRES=1, but {NO_POSTGRES}", file=sys.stderr)
            return 1
    else:
        status = second[0] if second[0] != 5 else status
        if status:
            return status
        # What only PostgreSQL can answer was skipped on SQLite and has been asked now.
        skipped.pop("PostgreSQL", None)
    _closing_line(skipped, on_both=second is not None)
    return status


def _closing_line(skipped: dict[str, int], *, on_both: bool) -> None:
    parts = [f"{count} need {what}" for what, count in sorted(skipped.items())]
    if not on_both:
        parts.append(f"all ran on SQLite alone because {NO_POSTGRES}")
    if parts:
        print(f"Skipped {sum(skipped.values())} tests on this machine: {'; '.join(parts)}.")


if __name__ == "__main__":
    sys.exit(main())
