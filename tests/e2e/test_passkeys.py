"""A passkey in a real browser, with Chromium's own virtual authenticator: added, then used in both ways."""

from collections.abc import Callable

import pytest

from communitas.kit.addresses import path_of
from tests.cast import World
from tests.e2e.pages import WatchedPage

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
HOME = "**/hearth/home/"


def give_password(watched: WatchedPage) -> None:
    watched.open(path_of("hearth", "account_login"))
    watched.page.fill("[name=login]", "lena")
    watched.page.fill("[name=password]", "a quiet word")
    watched.page.get_by_role("main").get_by_role("button", name="Sign in").click()


@pytest.mark.django_db(transaction=True)
def test_a_passkey_is_added_and_lets_in_alone_and_as_second_step(
    transactional_db: None, visitor: Callable[[], WatchedPage], world: World
) -> None:
    watched = visitor()
    page = watched.page
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    give_password(watched)
    page.wait_for_url(HOME)

    watched.open(path_of("hearth", "mfa_add_webauthn"))
    page.fill("[name=password]", "a quiet word")
    page.get_by_role("button", name="Go on").click()
    page.check("[name=passwordless]")
    page.get_by_role("button", name="Add it now").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()

    page.context.clear_cookies()
    watched.open(path_of("hearth", "account_login"))
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(HOME)

    page.context.clear_cookies()
    give_password(watched)
    page.get_by_role("heading", name="Second step").wait_for()
    page.get_by_role("button", name="Use a passkey or security key").click()
    page.wait_for_url(HOME)
