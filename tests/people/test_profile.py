"""The person's own page: name, address, consents, what is kept; and the printed card."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import OutboxMail
from communitas.people import actions
from communitas.people.models import Account, Consent, OneTimeCode
from tests.cast import NOW, World


@pytest.fixture(autouse=True)
def no_limits_from_other_tests() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def test_name_and_colours_are_saved_and_remembered_by_the_browser(client: Client, world: World) -> None:
    world.sign_in(client, world.mina)

    response = client.post(path_of("hearth", "people:profile"), {"display_name": " Mina  K ", "theme": "dark"})

    world.mina.refresh_from_db()
    assert response.status_code == 302
    assert (world.mina.display_name, world.mina.theme) == ("Mina K", "dark")
    assert client.cookies["theme"].value == "dark"


def test_a_name_that_says_too_much_is_explained(client: Client, world: World) -> None:
    world.sign_in(client, world.mina)

    response = client.post(path_of("hearth", "people:profile"), {"display_name": "mina@home.example", "theme": "auto"})

    assert response.status_code == 200
    assert "is not an address" in response.content.decode()


def test_the_profile_shows_roles_told_by_members(client: Client, world: World) -> None:
    world.sign_in(client, world.nadia)

    html = client.get(path_of("hearth", "people:profile")).content.decode()

    assert "client member" in html
    assert "Hearth Oak Court" in html


def test_a_new_address_counts_once_its_link_was_opened_and_confirmed(client: Client, world: World) -> None:
    world.sign_in(client, world.mina)
    client.post(path_of("hearth", "people:address"), {"email": "mina@new.example"})
    mail = OutboxMail.objects.get()
    link = re.findall(r"http://testserver(\S+)", mail.text)[0]

    client.get(link)
    world.mina.refresh_from_db()
    before = world.mina.email
    client.post(link)
    world.mina.refresh_from_db()

    assert (mail.to, before, world.mina.email) == ("mina@new.example", "mina@people.example", "mina@new.example")
    assert OutboxMail.objects.first().to == "mina@people.example"  # type: ignore[union-attr]  # the old address is told


def test_the_link_works_for_its_own_person_only_and_once(world: World) -> None:
    actions.ask_for_address(account=world.mina, email="m@new.example", link="/x/", tenant=None, by=world.mina, at=NOW)
    token = re.findall(r"/x/(\S+)/", OutboxMail.objects.get().text)[0]

    with pytest.raises(NotAllowed, match="another account"):
        actions.confirm_address(token=token, by=world.lena, at=NOW)
    actions.confirm_address(token=token, by=world.mina, at=NOW)
    with pytest.raises(NotAllowed, match="used already"):
        actions.confirm_address(token=token, by=world.mina, at=NOW)


def test_nobody_takes_over_the_address_of_another(world: World) -> None:
    with pytest.raises(NotAllowed, match="another account"):
        actions.ask_for_address(
            account=world.mina, email="LENA@people.example", link="/", tenant=None, by=world.mina, at=NOW
        )


def test_a_consent_taken_back_stands_beside_the_one_given(client: Client, world: World) -> None:
    world.sign_in(client, world.mina)
    for given in ("yes", "yes", "no"):
        client.post(path_of("hearth", "people:consent"), {"purpose": "quotes", "given": given})

    answers = list(Consent.objects.filter(account=world.mina).values_list("purpose", "given"))

    assert answers == [("quotes", False), ("quotes", True)]


def test_nobody_consents_for_another(world: World) -> None:
    with pytest.raises(NotAllowed, match="Only the person"):
        actions.answer_consent(account=world.mina, purpose="quotes", given=True, by=world.lena, at=NOW)


def test_what_is_kept_comes_as_a_page_and_as_files(client: Client, world: World) -> None:
    world.sign_in(client, world.mina)
    path = path_of("hearth", "people:kept")

    told = json.loads(client.get(path + "?format=json").content)
    csv = client.get(path + "?format=csv")

    assert told["Account"][0]["Username"] == "mina"
    assert told["Roles"][0]["Community"] == "Hearth Lark House"
    assert "Hearth Lark House" in csv.content.decode("utf-8-sig")
    assert csv["Content-Disposition"] == 'attachment; filename="about-me.csv"'


def card(world: World) -> tuple[Account, str]:
    account = actions.create_account(username="moss", display_name="Moss", by=world.lena, at=NOW)
    return account, actions.make_code(account=account, by=world.lena, at=NOW)


def test_a_card_sets_a_password_and_signs_in_once(client: Client, world: World) -> None:
    account = actions.create_account(username="moss", display_name="Moss", by=world.lena, at=NOW)
    code = actions.make_code(account=account, by=world.lena, at=NOW)
    typed = {"username": " MOSS ", "code": code.lower().replace("-", " "), "password": "four words in a row"}
    OneTimeCode.objects.update(made_at=NOW - timedelta(days=365 * 2))
    late = client.post(path_of("hearth", "people:code"), typed)
    OneTimeCode.objects.update(made_at=NOW)

    first = client.post(path_of("hearth", "people:code"), typed)
    again = Client().post(path_of("hearth", "people:code"), typed)

    assert late.status_code == 200
    assert first["Location"] == "/hearth/home/"
    assert client.get(path_of("hearth", "people:profile")).status_code == 200
    assert "no longer works" in again.content.decode()


def test_after_five_wrong_codes_the_right_one_is_refused(world: World) -> None:
    _account, code = card(world)
    for _ in range(5):
        with pytest.raises(NotAllowed):
            actions.use_code(username="moss", typed="WRONG", password="x", at=NOW)

    with pytest.raises(NotAllowed, match="no longer works"):
        actions.use_code(username="moss", typed=code, password="x", at=NOW)


def test_a_new_card_ends_the_one_before(world: World) -> None:
    account, old = card(world)
    new = actions.make_code(account=account, by=world.lena, at=NOW)

    with pytest.raises(NotAllowed):
        actions.use_code(username="moss", typed=old, password="x", at=NOW)
    assert actions.use_code(username="moss", typed=new, password="x", at=NOW) == account


def test_the_refusal_is_the_same_for_nobody_and_for_a_wrong_code(world: World) -> None:
    card(world)

    with pytest.raises(NotAllowed) as wrong:
        actions.use_code(username="moss", typed="WRONG", password="x", at=NOW)
    with pytest.raises(NotAllowed) as nobody:
        actions.use_code(username="nobody", typed="WRONG", password="x", at=NOW)

    assert wrong.value.why == nobody.value.why


def test_a_code_is_kept_only_as_a_hash(world: World) -> None:
    _account, code = card(world)

    kept = OneTimeCode.objects.get().code_hash

    assert code not in kept
    assert code.replace("-", "") not in kept
