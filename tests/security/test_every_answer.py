"""What every answer carries and what every change demands, for every address there is."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.exceptions import NoReverseMatch

from communitas.kit.addresses import path_of
from tests.cast import World

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; object-src 'none'; "
    "frame-ancestors 'none'"
)


def _patterns(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
        elif pattern.name:
            yield f"{namespace}{pattern.name}", pattern


def _addresses() -> list[str]:
    """Every address, with 1 or a word where an argument stands."""
    found = []
    for name, pattern in _patterns(get_resolver()):
        converters = pattern.pattern.converters
        arguments = [
            "x" if type(converter).__name__ in {"StringConverter", "SlugConverter"} else 1
            for converter in converters.values()
        ]
        try:
            found.append(path_of("hearth", name, *arguments))
        except NoReverseMatch:
            continue
    return sorted(set(found))


def directives(policy: str) -> set[str]:
    return {directive.strip() for directive in policy.split(";") if directive.strip()}


def test_there_are_addresses_to_ask() -> None:
    assert len(_addresses()) > 60


def test_every_answer_to_nobody_has_the_content_security_policy(world: World, client: Client) -> None:
    client.raise_request_exception = False
    wrong = []
    for address in [*_addresses(), "/", "/nowhere/", "/hearth/nowhere/"]:
        response = client.get(address)
        if response.status_code >= 500 or directives(response.headers.get("Content-Security-Policy", "")) != directives(
            POLICY
        ):
            wrong.append(f"{address}: {response.status_code}")

    assert wrong == []


@pytest.mark.parametrize("name", ["lena", "cora", "ludo"])
def test_every_page_of_somebody_who_signed_in_is_kept_by_no_cache(world: World, client: Client, name: str) -> None:
    client.raise_request_exception = False
    world.sign_in(client, getattr(world, name))
    wrong = []
    for address in _addresses():
        response = client.get(address)
        policy = response.headers.get("Cache-Control", "")
        public = address.startswith(("/hearth/verify/", "/hearth/healthz")) or response.status_code == 405
        if response.status_code >= 500 or not (public or "no-store" in policy or "no-cache" in policy):
            wrong.append(f"{address}: {response.status_code} {policy}")

    assert wrong == []


def test_every_change_without_its_token_is_refused(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    world.sign_in(client, world.cora)

    wrong = {}
    for address in _addresses():
        for method in (client.post, client.put, client.patch, client.delete):
            status = method(address).status_code
            if status not in {403, 404, 405}:
                wrong[address] = status

    assert wrong == {}


def test_a_forged_host_is_refused(client: Client, world: World) -> None:
    assert client.get("/hearth/", headers={"host": "evil.example"}).status_code == 400


def test_no_answer_lets_another_site_read_it(client: Client, world: World) -> None:
    response = client.get("/hearth/", headers={"origin": "https://evil.example"})

    assert not response.has_header("Access-Control-Allow-Origin")
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_the_session_key_changes_at_sign_in(client: Client, world: World) -> None:
    client.get("/hearth/accounts/login/")
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key

    client.post("/hearth/accounts/login/", {"login": "lena", "password": "a quiet word"})

    assert client.session.session_key != before
    assert "_auth_user_id" in client.session


def test_signing_out_ends_the_session_on_the_server(client: Client, world: World) -> None:
    world.sign_in(client, world.lena)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value

    client.post("/hearth/accounts/logout/")

    stolen = Client()
    stolen.cookies[settings.SESSION_COOKIE_NAME] = key
    assert stolen.get(path_of("hearth", "web:home")).status_code == 302


def test_an_account_that_is_switched_off_is_out_at_its_next_request(client: Client, world: World) -> None:
    world.sign_in(client, world.lena)
    assert client.get(path_of("hearth", "web:home")).status_code == 200

    world.lena.is_active = False
    world.lena.save()

    assert client.get(path_of("hearth", "web:home")).status_code == 302


def test_a_role_that_ended_counts_no_more_at_the_next_request(client: Client, world: World) -> None:
    world.sign_in(client, world.rafi)
    address = path_of("hearth", "visits:visit", world.visit.pk)
    assert client.get(address).status_code == 200

    world.rafi.accesses.update(until_at="2026-01-01T00:00Z")

    assert client.get(address).status_code == 404


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client: Client, world: World) -> None:
    client.post("/hearth/accounts/login/", {"login": "lena", "password": "a quiet word"})

    cookie: Any = client.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


@pytest.mark.parametrize("address", ["/hearth/?q=%00", "/hearth/standards/?q=a%00b", "/hearth/%00/"])
def test_an_address_that_holds_a_nul_is_refused(client: Client, world: World, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 400
    assert "<h1" in response.content.decode()
