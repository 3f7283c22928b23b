"""A person reads what is kept about their mail and calendars, without the secret itself."""

from django.test import Client

from communitas.kit import mailing
from communitas.kit.addresses import path_of
from communitas.web import actions
from tests.cast import NOW, World


def test_choices_and_calendar_addresses_are_told_without_their_secret(world: World, client: Client) -> None:
    mailing.choose(tenant=world.network.tenant, account_id=world.mina.pk, choices={"reviews": "weekly"}, at=NOW)
    feed = actions.make_feed(network=world.network, by=world.mina, at=NOW)
    world.sign_in(client, world.mina)

    page = client.get(path_of("hearth", "people:kept")).content.decode()

    assert "Self-reviews" in page
    assert "once a week, all in one" in page
    assert "2027-01-20" in page
    assert feed.secret not in page
