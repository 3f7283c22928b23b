"""Paper in a real browser: printed, keyed in by keyboard alone, checked by a second person, settled."""

import pytest

from communitas.kit.addresses import path_of
from communitas.workbooks import queries
from communitas.workbooks.models import Printing
from communitas.workbooks.rules.registers import SELF, comment
from tests.cast import World
from tests.e2e.conftest import Visitor
from tests.e2e.test_workbook import sign_in
from tests.workbooks.paper import sheet_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_page_is_printed_keyed_in_checked_and_settled(world: World, visitor: Visitor) -> None:
    lena, stefan = sign_in(visitor(), world.lena), sign_in(visitor(), world.stefan)
    page = lena.open(path_of("hearth", "workbooks:paper", world.workbook.pk))
    page.get_by_role("link", name="Print a form").click()
    lena.check_everywhere()
    page.get_by_role("button", name="Make the form").click()
    page.get_by_role("link", name="Open the form (PDF)").wait_for()
    lena.check_everywhere()
    sheet = sheet_of(Printing.objects.get())

    keys = stefan.open(path_of("hearth", "workbooks:paper", world.workbook.pk))
    stefan.check_everywhere()
    keys.keyboard.type(sheet.code.lower())  # the field has the cursor
    keys.keyboard.press("Enter")
    keys.get_by_role("heading", name="Page 2", exact=True).wait_for()
    stefan.check_everywhere()
    keys.locator("#hand").focus()
    keys.keyboard.type("Mina")
    keys.keyboard.press("Tab")
    keys.keyboard.press("2")
    keys.keyboard.press("ArrowDown")
    keys.keyboard.press("1")
    keys.keyboard.press("c")
    keys.keyboard.type("Not at weekends.")
    keys.keyboard.press("Escape")
    keys.keyboard.press("ArrowDown")
    keys.keyboard.press("0")
    keys.keyboard.press("x")
    keys.get_by_text("Draft saved").wait_for()
    keys.keyboard.press("Control+Enter")
    keys.get_by_text("Page 2 is in the workbook").first.wait_for()

    page = lena.open(path_of("hearth", "workbooks:sheet", sheet.code))
    page.locator("#p0").focus()
    for key in ("2", "ArrowDown", "0"):
        page.keyboard.press(key)
    lena.check_everywhere()
    page.keyboard.press("Control+Enter")
    page.get_by_role("heading", name="1 thing was read differently").wait_for()
    lena.check_everywhere()
    page.keyboard.press("Tab")
    page.get_by_text("Not met").click()
    page.get_by_role("button", name="This is what the paper says").click()
    page.get_by_text("Page 2 is settled and checked.").first.wait_for()
    lena.check_everywhere()

    state = queries.state_of(queries.self_reviews().get(pk=world.workbook.pk))
    assert [state.answer(f"c1-{n}", SELF).score for n in (1, 2, 3)] == [2, 0, None]
    assert [note.text for note in state.comments("c1-2", comment("self"))] == ["Not at weekends."]
    assert sheet_of(sheet.printing).state == "checked"
