"""The offline workbook before anything was prepared: it says so, and teaches how to begin."""

import pytest
from playwright.sync_api import expect

from tests.cast import World
from tests.e2e.conftest import Visitor
from tests.e2e.offline import bar, opened
from tests.e2e.persons import let_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_without_a_prepared_workbook_the_page_says_so_until_one_is_kept(world: World, visitor: Visitor) -> None:
    mina = visitor()
    let_in(mina, world.mina)

    page = opened(mina, "#/")
    bar(page, "No workbook is on this device")
    expect(page.get_by_role("heading", name="No workbook is on this device yet")).to_be_visible()
    mina.check_everywhere()

    page.evaluate(f"location.hash = '#/{world.workbook.pk}/1'")
    bar(page, "Everything is with the office")
    page.evaluate("location.hash = '#/'")
    expect(page.get_by_text("These workbooks are on this device")).to_be_visible()
    bar(page, "Everything is with the office")
