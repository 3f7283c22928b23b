"""The way from the front door through a whole section, to the end of the self-review, without a mouse."""

from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.cast import World
from tests.e2e.pages import WatchedPage

pytestmark = pytest.mark.django_db(transaction=True)
_NAME: Final = """() => {
    const here = document.activeElement;
    return here.getAttribute('aria-label') || here.labels?.[0]?.textContent || here.textContent || '';
}"""
_SHOWN: Final = """() => {
    const here = document.activeElement;
    const seen = [here, here.closest('label')].filter(Boolean).map((one) => getComputedStyle(one));
    return seen.some((style) => (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
        || style.boxShadow !== 'none');
}"""


def tab_to(page: Page, name: str, *, most: int = 60) -> None:
    """Press Tab until something of this name has focus. Wherever focus rests on the way, it is shown."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            continue
        assert page.evaluate(_SHOWN), f"focus is not shown on {page.evaluate(_NAME)!r}"
        if name in " ".join(page.evaluate(_NAME).split()):
            return
    pytest.fail(f"{name!r} is not within {most} steps of the Tab key on {page.url}")


def enter(page: Page) -> None:
    """Press Enter, which leads to another page."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def score(page: Page, *keys: str) -> None:
    """Score the criteria of a section one after the other; each key is waited for."""
    for key in keys:
        with page.expect_response(lambda answer: "/criteria/" in answer.url and answer.ok):
            page.keyboard.press(key)
        page.keyboard.press("ArrowDown")


def test_a_self_review_is_answered_and_sent_with_the_keyboard_alone(open_page: WatchedPage, world: World) -> None:
    page = open_page.open("/hearth/accounts/login/")
    tab_to(page, "Username or e-mail")
    page.keyboard.type("lena")
    tab_to(page, "Password")
    page.keyboard.type("a quiet word")
    enter(page)
    tab_to(page, "Skip to the main content")
    page.keyboard.press("Enter")
    tab_to(page, "Continue the self-review", most=15)
    enter(page)
    tab_to(page, "Continue the self-review")
    enter(page)

    tab_to(page, "Met")
    score(page, "2", "1")
    page.keyboard.press("c")
    page.keyboard.type("We are still building the ramp.")
    page.keyboard.press("Escape")
    score(page, "0")
    expect(page.locator("#saved")).to_contain_text("3 of 6 criteria answered")
    tab_to(page, "Next: Section 2")
    enter(page)
    tab_to(page, "Met")
    score(page, "2", "2", "2")
    expect(page.locator("#saved")).to_contain_text("6 of 6 criteria answered")
    open_page.check()
    tab_to(page, "Send self-review")
    enter(page)
    tab_to(page, "Send self-review")
    enter(page)

    expect(page.get_by_text("Your self-review is sent. Thank you all for the work in it.")).to_be_visible()


def test_marks_move_with_arrows_as_radio_buttons_do(open_page: WatchedPage, world: World) -> None:
    page = open_page.open("/hearth/accounts/login/")
    page.get_by_label("Username or e-mail").fill("lena")
    page.get_by_label("Password").fill("a quiet word")
    enter(page)
    page.goto(open_page.address + f"/hearth/self-reviews/{world.workbook.pk}/sections/1/")
    first = page.locator("[data-criterion]").first
    first.get_by_role("radio", name="Met", exact=True).focus()

    page.keyboard.press("ArrowRight")
    expect(first.get_by_role("radio", name="Partly met")).to_be_checked()
    page.keyboard.press("ArrowLeft")
    expect(first.get_by_role("radio", name="Met", exact=True)).to_be_checked()
    page.keyboard.press("ArrowDown")

    expect(page.locator("[data-criterion]").nth(1).locator("input:focus")).to_have_count(1)
