"""The offline workbook in a real browser: written without a network, sent when there is one, nothing lost."""

import pytest
from playwright.sync_api import Page, expect

from communitas.kit.addresses import path_of
from communitas.workbooks import queries
from communitas.workbooks.models import Event, Workbook
from communitas.workbooks.rules.fold import State
from communitas.workbooks.rules.registers import SELF, comment
from tests.cast import World
from tests.e2e.conftest import Visitor
from tests.e2e.pages import WatchedPage
from tests.e2e.persons import let_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def opened(visitor: WatchedPage, place: str = "", *, axe: bool = False) -> Page:
    """Open the app at a place of its own, such as `#/12/1`."""
    page = visitor.open(path_of("hearth", "workbooks:offline") + place, axe=axe)
    page.locator("main h1").wait_for()
    return page


def bar(page: Page, text: str) -> None:
    """Expect the bar at the foot to say this."""
    expect(page.locator(".status-bar .saying")).to_contain_text(text)


def kept_for_offline(page: Page) -> None:
    """Wait until the app itself is on the device."""
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")


def state_of(workbook: Workbook) -> State:
    return queries.state_of(queries.self_reviews().get(pk=workbook.pk))


def test_answers_written_without_a_network_arrive_once_when_it_is_back(world: World, visitor: Visitor) -> None:
    mina = visitor()
    let_in(mina, world.mina)
    page = opened(mina, f"#/{world.workbook.pk}/1")
    page.locator("#c0 label", has_text="Partly met").click()
    bar(page, "The one answer is with the office")
    kept_for_offline(page)
    mina.check_everywhere()

    page.context.set_offline(True)
    page.locator("#c1 fieldset").focus()
    page.keyboard.press("2")
    page.keyboard.press("c")
    page.keyboard.type("We cook together.")
    bar(page, "2 answers only on this device since")
    page.reload()
    expect(page.locator('#c1 input[value="2"]')).to_be_checked()
    expect(page.locator("#c1-comment")).to_have_value("We cook together.")
    page.context.set_offline(False)
    bar(page, "All 3 answers are with the office")

    state = state_of(world.workbook)
    assert [state.answer(key, SELF).score for key in ("c1-1", "c1-2")] == [1, 2]
    assert [note.text for note in state.comments("c1-2", comment("self"))] == ["We cook together."]
    assert Event.objects.filter(workbook=world.workbook).count() == 3
