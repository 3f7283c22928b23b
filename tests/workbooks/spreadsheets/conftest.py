"""Spreadsheets as people fill them in: downloaded, changed, sent back."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from communitas.kit.tabular import read
from communitas.workbooks import queries
from communitas.workbooks.models import Workbook
from communitas.workbooks.queries import spreadsheets
from communitas.workbooks.queries.spreadsheets import Plan
from communitas.workbooks.rules.registers import SELF, comment
from tests.cast import NOW

COLUMNS = {"score": 5, "reason": 6, "comment": 7}
Change = Callable[..., bytes]
Standing = Callable[..., Any]


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    """Files of one test are not those of another."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read in this process, which is quicker; the pages' own tests read them as they are read in earnest."""
    if request.path.name != "test_views.py":
        monkeypatch.setattr(spreadsheets, "read_guarded", read)


def loaded(workbook: Workbook) -> Workbook:
    """The self-review as it stands now."""
    return queries.self_reviews().get(pk=workbook.pk)


def downloaded(workbook: Workbook) -> bytes:
    """The spreadsheet of a self-review as it stands now."""
    return spreadsheets.download(loaded(workbook), NOW)


def filled(content: bytes, changes: Mapping[str, Mapping[str, Any]], *, hidden: bool = True) -> bytes:
    """The spreadsheet with cells filled in: {'1.1': {'score': 'Met', 'comment': 'Two rotas.'}}."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    rows = {row[0].value: row[0].row for row in sheet.iter_rows(min_row=6) if row[0].value}
    for code, cells in changes.items():
        for name, value in cells.items():
            sheet.cell(rows[code], COLUMNS[name]).value = value
    if not hidden:
        del book["Communitas"]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def planned(workbook: Workbook, content: bytes, name: str = "ours.xlsx") -> Plan:
    """What the file would change now."""
    book = loaded(workbook)
    return spreadsheets.plan(book, spreadsheets.read_file(book, content, name))


@pytest.fixture
def stands() -> Standing:
    """stands(workbook, 'c1-1'): (kind, score, comments) as they stand now."""

    def standing(workbook: Workbook, key: str = "c1-1") -> tuple[str, Any, list[str]]:
        state = queries.state_of(loaded(workbook))
        answer = state.answer(key, SELF)
        return (answer.kind, answer.score, [note.text for note in state.comments(key, comment("self"))])

    return standing
