"""Sign-in: every way in, the same words whoever asks, and what a second step gives."""

import re
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from communitas.kit.addresses import path_of
from communitas.kit.models import OutboxMail
from communitas.people import actions
from tests.cast import NOW, World

PASSWORD = "a quiet word"


@pytest.fixture(autouse=True)
def no_limits_from_other_tests() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def sign_in(client: Client, login: str, password: str = PASSWORD, slug: str = "hearth", **more: str) -> str:
    response = client.post(path_of(slug, "account_login"), {"login": login, "password": password, **more})
    return response["Location"] if response.status_code == 302 else response.content.decode()


@pytest.mark.parametrize("login", ["lena", "LENA", "lena@people.example", "Lena@People.example"])
def test_address_and_username_let_in_in_any_case(client: Client, world: World, login: str) -> None:
    assert sign_in(client, login) == "/hearth/home/"


def test_sign_in_without_a_network_leads_to_the_list_of_networks(client: Client, world: World) -> None:
    assert sign_in(client, "lena", slug="") == "/networks/"


def test_a_page_of_a_network_asks_to_sign_in_there_and_leads_back(client: Client, world: World) -> None:
    asked = client.get("/hearth/home/")

    assert asked["Location"] == "/hearth/accounts/login/?next=/hearth/home/"
    assert sign_in(client, "lena", next="/hearth/help/") == "/hearth/help/"


def test_a_foreign_address_to_go_on_to_is_not_followed(client: Client, world: World) -> None:
    assert sign_in(client, "lena", next="https://evil.example/") == "/hearth/home/"


def test_the_words_are_the_same_whether_or_not_the_account_exists(client: Client, world: World) -> None:
    wrong = sign_in(client, "lena", "wrong words here")
    nobody = sign_in(client, "nobody", "wrong words here")

    def said(html: str) -> list[str]:
        return re.findall(r'role="alert".*?</div>', html, re.DOTALL)

    assert said(wrong) == said(nobody)
    assert len(said(wrong)) >= 1


@pytest.mark.parametrize("name", ["account_reset_password", "account_request_login_code"])
def test_mail_for_known_and_unknown_addresses_gets_the_same_answer(client: Client, world: World, name: str) -> None:
    known = client.post(path_of("hearth", name), {"email": "lena@people.example"})
    unknown = Client().post(path_of("hearth", name), {"email": "nobody@people.example"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert OutboxMail.objects.count() == 2


def test_a_code_by_mail_lets_in_once(client: Client, world: World) -> None:
    client.post(path_of("hearth", "account_request_login_code"), {"email": "lena@people.example"})
    mail = OutboxMail.objects.get()
    code = re.findall(r"^\s*([A-Z0-9-]{6,})\s*$", mail.text, re.MULTILINE)[0]

    response = client.post(path_of("hearth", "account_confirm_login_code"), {"code": code})

    assert (response.status_code, response["Location"]) == (302, "/hearth/home/")
    assert mail.tenant == world.network.tenant
    assert client.get("/hearth/home/").status_code == 200


def test_a_reset_link_sets_a_new_password_only_by_its_button(client: Client, world: World) -> None:
    client.post(path_of("hearth", "account_reset_password"), {"email": "lena@people.example"})
    link = re.findall(r"http://testserver(/hearth/\S+)", OutboxMail.objects.get().text)[0]

    form = client.get(link, follow=True)
    world.lena.refresh_from_db()
    unchanged = world.lena.check_password(PASSWORD)
    client.post(form.request["PATH_INFO"], {"password1": "another quiet word", "password2": "another quiet word"})
    world.lena.refresh_from_db()

    assert unchanged
    assert world.lena.check_password("another quiet word")


def test_the_sixth_wrong_password_in_five_minutes_is_not_even_looked_at(client: Client, world: World) -> None:
    for _ in range(5):
        sign_in(client, "lena", "wrong words here")

    assert sign_in(client, "lena").startswith("<!doctype html>")


def test_too_many_tries_from_one_place_are_asked_to_wait(client: Client, world: World) -> None:
    for _ in range(20):
        client.post(path_of("hearth", "people:code"), {})

    response = client.post(path_of("hearth", "people:code"), {})

    assert (response.status_code, response["Retry-After"]) == (429, "300")
    assert "Please wait a little" in response.content.decode()


def test_the_session_key_changes_at_sign_in(client: Client, world: World) -> None:
    client.get(path_of("hearth", "account_login"))
    client.session["before"] = True
    before = client.session
    before.save()
    client.cookies["sessionid"] = before.session_key or ""

    sign_in(client, "lena")

    assert client.session.session_key != before.session_key


def test_a_closed_account_loses_access_at_once(client: Client, world: World) -> None:
    world.sign_in(client, world.lena)
    assert client.get("/hearth/home/").status_code == 200

    actions.suspend(account=world.lena, by=world.ada, at=NOW)

    assert client.get("/hearth/home/").status_code == 302
    assert sign_in(Client(), "lena") == "/hearth/accounts/inactive/"
    world.lena.refresh_from_db()
    actions.restore(account=world.lena, by=world.ada, at=NOW)
    assert client.get("/hearth/home/").status_code == 302


def test_nobody_signs_up_alone(client: Client, world: World) -> None:
    page = client.get(path_of("hearth", "account_signup")).content.decode()

    assert "Accounts are made by invitation" in page


def show_password_again(client: Client) -> None:
    client.post(path_of("hearth", "account_reauthenticate"), {"password": PASSWORD})


def totp(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def test_a_role_that_needs_a_second_step_counts_once_it_is_set_up(
    client: Client,
    world: World,
    settings: LazySettings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    actions.require_second_factor(account=world.cora, by=None, at=NOW)
    sign_in(client, "cora")

    before = client.get("/hearth/home/").content.decode()
    show_password_again(client)
    client.get(path_of("hearth", "mfa_activate_totp"))
    key = client.session.session_key
    with django_capture_on_commit_callbacks(execute=True):
        activated = client.post(
            path_of("hearth", "mfa_activate_totp"), {"code": totp(client.session["mfa.totp.secret"])}
        )
    after = client.get("/hearth/home/").content.decode()

    assert "One step before you begin" in before
    assert "You have no role here yet" not in before
    assert activated.status_code == 302
    assert client.session.session_key != key
    assert "One step before you begin" not in after
    assert {each.type for each in Authenticator.objects.filter(user=world.cora)} == {"totp", "recovery_codes"}


def test_sign_in_then_asks_for_the_second_step(client: Client, world: World) -> None:
    sign_in(client, "cora")
    show_password_again(client)
    client.get(path_of("hearth", "mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    client.post(path_of("hearth", "mfa_activate_totp"), {"code": totp(secret)})
    codes = Authenticator.objects.get(user=world.cora, type="recovery_codes").wrap().get_unused_codes()
    other = Client()

    asked = sign_in(other, "cora")
    refused = other.post(path_of("hearth", "mfa_authenticate"), {"code": "000000"})
    accepted = other.post(path_of("hearth", "mfa_authenticate"), {"code": codes[0]})
    third = Client()
    sign_in(third, "cora")
    again = third.post(path_of("hearth", "mfa_authenticate"), {"code": codes[0]})

    assert asked == "/hearth/accounts/2fa/authenticate/"
    assert refused.status_code == 200
    assert accepted["Location"] == "/hearth/home/"
    assert again.status_code == 200  # a recovery code works once


PAGES = ["account_login", "account_logout", "account_request_login_code", "account_reset_password", "account_signup"]
PAGES += ["account_reset_password_done", "account_reset_password_from_key_done", "account_inactive"]
OWN_PAGES = ["account_change_password", "mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn"]
OWN_PAGES += ["account_reauthenticate", "account_email", "mfa_generate_recovery_codes", "account_logout"]


@pytest.mark.parametrize("slug", ["", "hearth"])
def test_every_page_of_sign_in_wears_our_clothes(client: Client, world: World, slug: str) -> None:
    signed_in = Client()
    sign_in(signed_in, "lena")
    show_password_again(signed_in)

    for browser, names in ((client, PAGES), (signed_in, OWN_PAGES)):
        for name in names:
            response = browser.get(path_of(slug, name), follow=True)
            html = response.content.decode()
            assert response.status_code == 200, name
            assert 'class="top"' in html, name
            assert "<h1" in html, name
            assert "<script>" not in html, name
            assert "unsafe" not in response["Content-Security-Policy"], name


def test_a_second_step_shown_long_ago_is_asked_again_before_changes(client: Client, world: World) -> None:
    world.sign_in(client, world.lena)

    response = client.get(path_of("hearth", "mfa_activate_totp"))

    assert response["Location"].startswith("/hearth/accounts/reauthenticate/")
