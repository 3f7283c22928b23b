"""`communitas allocate`, from a file to a file or to a list of everything that is wrong."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from communitas import cli
from communitas.allocation.rules.checking import check_plan
from tests.allocation.problems import host, problem, team


def test_writes_a_plan(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    given = problem([host("A"), host("B")], [*team(), *team("2")])
    (tmp_path / "problem.json").write_text(json.dumps(given), encoding="utf-8")
    words = [str(tmp_path / "problem.json"), "--out", str(tmp_path / "plan.json"), "--workers", "1", "--seed", "7"]

    assert cli.main(["allocate", *words]) == 0

    plan = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    assert check_plan(given, plan) == []
    assert (plan["seed"], plan["workers"], plan["gap"]) == (7, 1, 0.0)
    said = capfd.readouterr()
    assert said.out == ""
    assert "2 visits, 0 empty seats, 0 hosts unplaced" in said.err


def test_says_what_is_wrong_and_writes_nothing(tmp_path: Path) -> None:
    given = problem([host("A", lat=None)], team(), settings={"speed": 1})
    (tmp_path / "problem.json").write_text(json.dumps(given), encoding="utf-8")
    command = [sys.executable, "-m", "communitas.cli", "allocate", "problem.json", "--out", "plan.json"]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        'settings.speed: unknown setting "speed"; known are seats, no_swap, no_repeat_cycles, max_distance_km, '
        "max_same_community, weights",
        "hosts[0].lat: is missing",
    ]
    assert not (tmp_path / "plan.json").exists()


def test_says_that_there_is_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["allocate", str(tmp_path / "none.json"), "--out", str(tmp_path / "plan.json")]) == 2

    assert capsys.readouterr().err == f"{tmp_path / 'none.json'}: can't be read: No such file or directory\n"
