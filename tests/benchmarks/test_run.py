"""The benchmarks' runner: a table to read, a file to compare, a status to trust."""

import json

import pytest

from benchmarks import run
from benchmarks.results import Result, at_least, at_most, for_information

RESULTS = [
    at_most("page", 0.12, "s", 0.15, "p95"),
    at_least("reports", 1.5, "a second", 2),
    for_information("plain view", 2470, "a second"),
]


def test_figure_at_its_limit_holds() -> None:
    assert at_most("page", 0.15, "s", 0.15).ok is True
    assert at_least("reports", 2, "a second", 2).ok is True


def test_figure_beyond_its_limit_fails() -> None:
    assert at_most("page", 0.151, "s", 0.15).ok is False
    assert at_least("reports", 1.99, "a second", 2).ok is False


def test_table_lines_up_name_value_limit_and_verdict() -> None:
    assert run.table(RESULTS).splitlines() == [
        "name                 value       limit  ok    note",
        "page                0.12 s      0.15 s  ok    p95",
        "reports       1.5 a second  2 a second  FAIL",
        "plain view  2,470 a second           –  –",
    ]


def test_file_says_what_was_measured_and_on_what() -> None:
    kept = json.loads(run.as_json(RESULTS, full=False))

    assert kept["size"] == "quick"
    assert kept["machine"].keys() == {"system", "processor", "cores", "python"}
    assert [Result(**each) for each in kept["results"]] == RESULTS


@pytest.mark.parametrize(("results", "status"), [(RESULTS[:1] + RESULTS[2:], 0), (RESULTS, 1)])
def test_status_says_whether_every_limit_held(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], results: list[Result], status: int
) -> None:
    monkeypatch.setattr(run, "ask", lambda name, full: results)

    assert run.main(["--name", "command_line"]) == status
    assert capsys.readouterr().out == run.table(results) + "\n"
