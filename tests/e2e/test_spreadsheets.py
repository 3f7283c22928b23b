"""A spreadsheet in a real browser: downloaded, changed with another program, uploaded, looked through, taken over."""

from pathlib import Path

import openpyxl
import pytest

from communitas.workbooks import queries
from communitas.workbooks.rules.registers import SELF
from tests.cast import World
from tests.e2e.conftest import Visitor
from tests.e2e.persons import Person, let_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_spreadsheet_goes_out_and_comes_back(world: World, visitor: Visitor, tmp_path: Path) -> None:
    stefan = Person(visitor())
    let_in(stefan.watched, world.stefan)
    page = stefan.page
    stefan.go("workbooks:self_review", world.workbook.pk)
    stefan.press("Answer in a spreadsheet")
    stefan.look_everywhere()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the spreadsheet").click()
    path = tmp_path / "ours.xlsx"
    download.value.save_as(path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    rows = {row[0].value: row[0].row for row in sheet.iter_rows(min_row=6) if row[0].value}
    for code, score, words in (("1.1", "Met", "Two rotas."), ("1.2", "not met", ""), ("2.1", "Mostly", "")):
        sheet.cell(rows[code], 5).value = score
        sheet.cell(rows[code], 7).value = words or None
    book.save(path)

    page.get_by_label("The filled-in spreadsheet").set_input_files(path)
    stefan.press("Upload and look at the changes")
    stefan.reads("It would change 3 answers. Nothing counts yet.", "This is none of the marks.")
    stefan.look_everywhere()
    page.get_by_label("1.2").uncheck()
    stefan.press("Take over what is ticked")
    stefan.reads("2 answers were taken over from it.")

    state = queries.state_of(queries.self_reviews().get(pk=world.workbook.pk))
    assert [state.answer(key, SELF).score for key in ("c1-1", "c1-2", "c2-1")] == [2, None, None]
