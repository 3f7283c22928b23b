"""Evidence in a real browser: a file sent piece by piece over a line that breaks, opened, and withdrawn."""

from pathlib import Path

import pytest
from playwright.sync_api import Route

from communitas.kit.addresses import path_of
from communitas.workbooks.models import Evidence
from tests.cast import World
from tests.e2e.conftest import Visitor
from tests.e2e.persons import Person, let_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LINE = "We cook together, and everybody has a turn in the week.\n"


def test_file_survives_a_broken_line_and_a_closed_page(world: World, visitor: Visitor, tmp_path: Path) -> None:
    minutes = tmp_path / "minutes.txt"
    minutes.write_text(LINE * 45_000)  # two pieces and a half
    stefan = Person(visitor())
    let_in(stefan.watched, world.stefan)
    page = stefan.page
    stefan.go("workbooks:section", world.workbook.pk, 1)
    page.get_by_role("link", name="Add a file or a link to 1.1").click()
    stefan.look_everywhere()
    add = page.url

    def cut_after_the_first(route: Route) -> None:
        if route.request.url.endswith("/0/"):
            route.continue_()
        else:
            route.abort()

    page.route("**/uploads/*/*/", cut_after_the_first)
    page.get_by_label("File", exact=True).set_input_files(minutes)
    page.get_by_role("button", name="Add").click()
    page.get_by_text("No connection. It goes on by itself").wait_for()
    page.get_by_role("button", name="Pause").click()
    page.unroute("**/uploads/*/*/")
    page.goto(add)
    page.get_by_text("40 % has arrived").or_(page.get_by_text("33 % has arrived")).wait_for()
    stefan.look()
    page.get_by_label("File", exact=True).set_input_files(minutes)
    page.get_by_label("What it is").fill("Minutes of the kitchen group")
    with page.expect_request("**/uploads/*/1/"):
        page.get_by_role("button", name="Add").click()
    page.get_by_role("link", name="Minutes of the kitchen group", exact=True).wait_for()

    with page.expect_download() as download:
        page.get_by_role("link", name="Minutes of the kitchen group", exact=True).click()
    assert Path(download.value.path()).read_text() == minutes.read_text()
    assert Evidence.objects.get().size == len(LINE) * 45_000

    stefan.go("workbooks:evidence", world.workbook.pk)
    stefan.look_everywhere()
    page.get_by_role("link", name="Withdraw Minutes of the kitchen group").click()
    stefan.look()
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_text("There is no evidence here yet").wait_for()
    page.goto(page.url.split("/hearth/")[0] + path_of("hearth", "workbooks:history", world.workbook.pk, "c1-1"))

    assert page.get_by_text("Minutes of the kitchen group").count() > 0
