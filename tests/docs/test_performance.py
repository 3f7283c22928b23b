"""The page of measured figures shows what was measured last."""

import json

from benchmarks.results import Result
from benchmarks.run import FOLDER, names, rows_of_page
from tests.docs.pages import ROOT


def test_the_page_shows_the_results_that_are_kept() -> None:
    kept = json.loads((FOLDER / "results.json").read_text("utf-8"))
    page = (ROOT / "docs" / "operate" / "performance.md").read_text("utf-8")

    rows = rows_of_page([Result(**each) for each in kept["results"]])

    assert [row for row in page.splitlines() if row in rows] == rows


def test_every_question_has_been_asked() -> None:
    page = (ROOT / "docs" / "operate" / "performance.md").read_text("utf-8")

    assert [name for name in names() if f"`{name}`" not in page] == []
