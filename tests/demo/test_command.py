"""`communitas demo --build-only`: the whole network, once."""

import sqlite3
import subprocess
from contextlib import closing

import pytest

from tests.made import MadeDemo, demo_command, demo_environment


@pytest.mark.slow
def test_the_command_builds_the_whole_network_once(made_demo: MadeDemo) -> None:
    again = subprocess.run(
        demo_command("--build-only"),
        env=demo_environment(made_demo.folder),
        capture_output=True,
        text=True,
        timeout=10,
        check=False,
    )

    assert made_demo.status == 0, made_demo.said
    assert "Made in" in made_demo.said
    assert (again.returncode, again.stdout) == (0, "")
    with closing(sqlite3.connect(made_demo.folder / "demo.sqlite3")) as database:
        stages = dict(database.execute("SELECT stage, count(*) FROM cycles_enrolment GROUP BY stage").fetchall())
    assert stages["completed"] > 140
