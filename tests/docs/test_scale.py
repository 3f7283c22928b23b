"""The page about scale: what it tells people to run gives what it says, and its codebook names every column."""

import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

from communitas.benchmarking.figures import star
from tests.benchmarking.figures.ground import played
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "operate" / "scale.md").read_text("utf-8")


def block(language: str, folder: Path) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found.group(1).replace("/srv/facts", str(folder))


@pytest.fixture
def written(tmp_path: Path) -> Path:
    (tmp_path / "made-up").mkdir()
    content = played(["C1"], [2, 2, 1, "NA", None, 2, 0, 0], cycle=1).content()
    (tmp_path / "made-up" / "2021-09-01-1-v1.parquet").write_bytes(content)
    return tmp_path


def test_the_sql_of_the_page_counts(written: Path) -> None:
    rows = duckdb.connect().execute(block("sql", written)).fetchall()

    assert rows == [
        ("made-up", "cycle 1", "agreed", "Care", 1, 1),
        ("made-up", "cycle 1", "agreed", "Place", 0, 1),
        ("made-up", "cycle 1", "self", "Care", 1, 2),
        ("made-up", "cycle 1", "self", "Place", 0, 1),
    ]


def test_the_python_of_the_page_runs(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {}

    exec(block("python", written), names)  # noqa: S102  # it is our own page

    told = capsys.readouterr().out
    assert "partly_met" in told
    assert "agreed_answer" in told


def test_the_codebook_names_every_column_and_no_other() -> None:
    table = PAGE.partition("## The columns")[2].partition("## Versions")[0]

    named = re.findall(r"`([a-z_]+)`", "\n".join(line.split("|")[1] for line in table.splitlines() if "|" in line))

    assert named == star.SCHEMA.names
