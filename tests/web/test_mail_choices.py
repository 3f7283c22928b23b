"""Mail that follows each person's choice: at once, in a digest, or not at all."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as sent_mail
from django.test import Client

from communitas.kit import mail, mail_kinds, mailing
from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import MailChoice, OutboxMail
from communitas.members.rules.digests import last_digest
from communitas.members.ticking import send_digests
from tests.cast import World

MONDAY = datetime(2027, 1, 18, 12, tzinfo=UTC)


def choose(world: World, how: str, kind: str = "reports") -> None:
    mailing.choose(tenant=world.network.tenant, account_id=world.lena.pk, choices={kind: how}, at=MONDAY)


def queue(world: World, subject: str = "A report", template: str = "reports/mail/final.txt", **given: Any) -> Any:
    values = {"tenant": world.network.tenant, "to": world.lena.email, "account_id": world.lena.pk, "at": MONDAY}
    return mail.queue(**{**values, **given}, subject=subject, template=template, context={"name": "Lena"})


def test_a_message_leaves_at_once_unless_its_reader_chose_otherwise(world: World) -> None:
    usual = queue(world)
    choose(world, "daily")
    held = queue(world)
    choose(world, "none")
    nothing = queue(world)

    assert (usual.state, usual.kind) == ("waiting", "reports")
    assert (held.state, held.how) == ("held", "daily")
    assert nothing is None


@pytest.mark.parametrize(
    "template", ["visits/mail/concern_raised.txt", "people/mail/address_changed.txt", "members/mail/invitation.txt"]
)
def test_compulsory_mail_cannot_be_stopped(world: World, template: str) -> None:
    kind = mail_kinds.kind_of(template)

    assert kind is not None
    assert kind.compulsory
    with pytest.raises(NotAllowed, match="always comes at once"):
        choose(world, "none", kind.name)


def test_an_invitation_for_the_calendar_comes_at_once_or_not_at_all(world: World) -> None:
    with pytest.raises(NotAllowed, match="no such kind"):
        choose(world, "daily", "invitations")

    choose(world, "none", "invitations")


def test_every_template_of_mail_belongs_to_a_kind() -> None:
    from communitas.config.settings.base import PACKAGE

    templates = [path.relative_to(path.parents[2]).as_posix() for path in PACKAGE.glob("*/templates/*/mail/*.txt")]

    assert [name for name in templates if mail_kinds.kind_of(name) is None] == ["kit/mail/plain.txt"]


def test_a_choice_holds_in_one_network_alone(world: World) -> None:
    choose(world, "none")

    assert queue(world, tenant=world.twin.network.tenant) is not None


@pytest.mark.parametrize(
    ("how", "now", "last"),
    [
        ("daily", "2027-01-20T06:59", "2027-01-19T07:00"),
        ("daily", "2027-01-20T07:00", "2027-01-20T07:00"),
        ("weekly", "2027-01-20T12:00", "2027-01-18T07:00"),
        ("weekly", "2027-01-18T06:59", "2027-01-11T07:00"),
        ("weekly", "2027-01-18T07:00", "2027-01-18T07:00"),
        ("daily", "2027-03-28T08:00", "2027-03-28T07:00"),  # the night of the clocks
    ],
)
def test_a_digest_leaves_at_seven_by_the_networks_clock(how: str, now: str, last: str) -> None:
    zone = ZoneInfo("Europe/London")

    assert last_digest(how, datetime.fromisoformat(now).replace(tzinfo=zone), zone) == datetime.fromisoformat(
        last
    ).replace(tzinfo=zone)


def test_a_digest_holds_everything_once_and_leaves_once(world: World) -> None:
    choose(world, "daily")
    queue(world, "First")
    queue(world, "Second")

    early = send_digests(MONDAY + timedelta(hours=1))
    sent = send_digests(MONDAY + timedelta(days=1))
    again = send_digests(MONDAY + timedelta(days=1))

    digest = OutboxMail.objects.get(kind="digest")
    assert (early, sent, again) == ("", "1 sent", "")
    assert "FIRST" in digest.text
    assert "SECOND" in digest.text
    assert set(OutboxMail.objects.exclude(pk=digest.pk).values_list("state", flat=True)) == {"merged"}
    assert digest.merged.count() == 2


@pytest.mark.django_db(transaction=True)
def test_one_click_ends_a_kind_without_signing_in(world: World) -> None:
    queue(world)
    (message,) = sent_mail.outbox
    address = message.extra_headers["List-Unsubscribe"].strip("<>")
    client = Client(enforce_csrf_checks=True)

    looked = client.get(address)
    before = MailChoice.objects.count()
    clicked = client.post(address, {"List-Unsubscribe": "One-Click"})

    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in message.body
    assert (looked.status_code, before, clicked.status_code) == (200, 0, 200)
    assert MailChoice.objects.get().how == "none"
    assert queue(world) is None


@pytest.mark.django_db(transaction=True)
def test_a_digest_is_ended_by_its_own_link(world: World) -> None:
    choose(world, "weekly")
    queue(world)
    send_digests(MONDAY + timedelta(days=8))

    address = sent_mail.outbox[-1].extra_headers["List-Unsubscribe"].strip("<>")
    Client().post(address)

    assert MailChoice.objects.get().how == "none"


@pytest.mark.django_db(transaction=True)
def test_compulsory_mail_has_no_way_to_end_it(world: World) -> None:
    queue(world, template="people/mail/address_changed.txt")

    assert "List-Unsubscribe" not in sent_mail.outbox[-1].extra_headers


def test_a_forged_link_and_one_of_another_network_find_nothing(world: World) -> None:
    message = queue(world)
    address = mailing.stop_address(OutboxMail.objects.get(pk=message.pk))

    statuses = [
        Client().post(other).status_code for other in (address[:-3] + "x/", address.replace("/hearth/", "/harbour/"))
    ]

    assert statuses == [404, 404]
    assert MailChoice.objects.count() == 0


def test_a_person_chooses_on_their_own_page(world: World, client: Client) -> None:
    world.sign_in(client, world.lena)
    address = path_of("hearth", "web:mail_choices")

    client.post(address, {"reports": "weekly", "concerns": "none"})
    page = client.get(address).content.decode()
    client.post(address, {"reports": "never"})

    assert MailChoice.objects.get().how == "weekly"
    assert "They cannot be stopped" in page
    assert page.count('value="none"') == len([kind for kind in mail_kinds.kinds() if not kind.compulsory])
