"""A link or code that lets its reader in does not stay in the database after it was sent."""

import re
from typing import Any

import pytest
from django.core import mail as sent
from django.test import Client

from communitas.kit import mail
from communitas.kit.models import OutboxMail
from communitas.members.actions import invitations
from communitas.people import actions
from tests.cast import NOW, World

REMOVED = "The text held a secret and was removed after sending."


@pytest.fixture(autouse=True)
def outside_the_demo(settings: Any) -> None:
    settings.SHOW_SENT_MAIL = False


def test_an_invitation_is_sent_with_its_link_and_kept_without(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        invitations.invite(
            network=world.network,
            community=world.lark,
            role="staff",
            email="new@lark.example",
            display_name="New",
            by=world.lena,
            at=NOW,
        )

    assert "http" in str(sent.outbox[0].body)
    assert OutboxMail.objects.get().text == REMOVED


@pytest.mark.parametrize(
    ("address", "field"), [("/hearth/accounts/login/code/", "email"), ("/hearth/accounts/password/reset/", "email")]
)
def test_ways_to_sign_in_are_kept_without_their_secret(
    world: World,
    client: Client,
    django_capture_on_commit_callbacks: Any,
    address: str,
    field: str,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {field: world.lena.email})

    assert re.search(r"http\S+|\b[A-Z0-9]{3,4}-?[A-Z0-9]{3,4}\b", str(sent.outbox[0].body))
    assert [message.text for message in OutboxMail.objects.all()] == [REMOVED]


def test_a_new_address_is_confirmed_by_a_link_that_is_not_kept(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        actions.ask_for_address(
            account=world.lena, email="l@new.example", link="http://x/", tenant=None, by=world.lena, at=NOW
        )

    assert "http://x/" in str(sent.outbox[0].body)
    assert OutboxMail.objects.get().text == REMOVED


def test_a_message_that_waits_or_holds_no_secret_keeps_its_text(world: World) -> None:
    said = {
        secret: mail.queue(
            tenant=None,
            to="x@people.example",
            subject="Hello",
            template="people/mail/address_changed.txt",
            context={"name": "Lena"},
            at=NOW,
            secret=secret,
        )
        for secret in (True, False)
    }
    waiting, plain = said[True], said[False]
    assert waiting is not None
    assert plain is not None
    assert "Lena" in waiting.text

    mail.send(plain.pk)

    plain.refresh_from_db()
    assert (plain.state, "Lena" in plain.text) == ("sent", True)


def test_the_demo_goes_on_showing_what_it_sent(world: World, settings: Any) -> None:
    settings.SHOW_SENT_MAIL = True
    message = mail.queue(
        tenant=None,
        to="x@people.example",
        subject="Hello",
        template="people/mail/address_changed.txt",
        context={"name": "Lena"},
        at=NOW,
        secret=True,
    )
    assert message is not None

    mail.send(message.pk)

    message.refresh_from_db()
    assert "Lena" in message.text
