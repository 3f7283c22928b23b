"""The front doors, and signing in and out, in a real browser."""

import pytest

from tests.cast import World
from tests.e2e.pages import WatchedPage

pytestmark = pytest.mark.django_db(transaction=True)


def sign_in(visitor: WatchedPage, username: str, network: str = "hearth") -> None:
    """Sign in through the page, as a person does."""
    visitor.open(f"/{network}/accounts/login/")
    visitor.page.get_by_label("Username or e-mail").fill(username)
    visitor.page.get_by_label("Password").fill("a quiet word")
    visitor.page.get_by_role("button", name="Sign in", exact=True).click()
    visitor.page.wait_for_url(f"**/{network}/home/")
    visitor.check()


def test_anybody_finds_the_network_and_its_public_pages(open_page: WatchedPage, world: World) -> None:
    open_page.open("/")
    open_page.open("/hearth/")
    for name in ("help", "accessibility", "privacy"):
        open_page.open(f"/hearth/{name}/")
    open_page.open("/hearth/nowhere/", expect=404)
    open_page.open("/verify/")


def test_help_keeps_a_person_in_their_network(open_page: WatchedPage, world: World) -> None:
    sign_in(open_page, "lena")

    open_page.page.get_by_role("contentinfo").get_by_role("link", name="Help").click()

    open_page.page.wait_for_url("**/hearth/help/")
    open_page.page.get_by_role("navigation", name="Main").get_by_role("link", name="Home").wait_for()


def test_a_community_lead_signs_in_and_out(open_page: WatchedPage, world: World) -> None:
    sign_in(open_page, "lena")

    open_page.page.locator("details.who summary").click()
    open_page.page.get_by_role("button", name="Sign out").click()

    open_page.page.wait_for_url("**/hearth/")
    open_page.check()
