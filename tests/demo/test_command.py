"""`communitas demo --build-only`: the whole network, once."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

TODAY = date(2026, 11, 23)


@pytest.mark.slow
def test_the_command_builds_the_whole_network_once(tmp_path: Path) -> None:
    environment = os.environ | {"DEMO_FOLDER": str(tmp_path)}
    command = [sys.executable, "-m", "communitas.cli", "demo", "--build-only", "--today", TODAY.isoformat()]

    first = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600, check=False)
    second = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=10, check=False)

    assert first.returncode == 0, first.stderr
    assert "Made in" in first.stdout
    assert (second.returncode, second.stdout) == (0, "")
    with closing(sqlite3.connect(tmp_path / "demo.sqlite3")) as database:
        stages = dict(database.execute("SELECT stage, count(*) FROM cycles_enrolment GROUP BY stage").fetchall())
    assert stages["completed"] > 140
