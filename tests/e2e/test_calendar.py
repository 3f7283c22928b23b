"""A person puts their dates into their own calendar, chooses their mail, and stops a kind from a message."""

import pytest
from django.test import Client
from icalendar import Calendar

from communitas.kit import mail
from communitas.kit.mailing import stop_address
from communitas.kit.models import MailChoice
from communitas.web.models import Feed
from tests.cast import NOW, World
from tests.e2e.conftest import Visitor
from tests.e2e.persons import Person, let_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_lena_subscribes_chooses_and_stops(world: World, visitor: Visitor) -> None:
    lena = Person(visitor())
    let_in(lena.watched, world.lena)
    lena.go("people:profile")
    lena.press("Open your calendar")
    lena.press("Make my address")
    lena.look_everywhere()

    address = lena.page.locator("[data-copy-text]").inner_text()
    answer = Client().get(address.removeprefix("http://testserver"))
    assert answer.status_code == 200
    assert Calendar.from_ical(answer.content)["version"] == "2.0"
    lena.press("End the address")
    lena.reads("Make my address")
    assert Feed.objects.filter(ended_at=None).count() == 0

    lena.go("web:mail_choices")
    lena.look_everywhere()
    lena.page.get_by_role("group", name="Reports").get_by_label("once a week, all in one").check()
    lena.press("Save my choice")
    assert MailChoice.objects.get(account=world.lena).how == "weekly"

    message = mail.queue(
        tenant=world.network.tenant,
        to=world.lena.email or "",
        subject="A date",
        template="visits/mail/cancelled.txt",
        context={"name": "Lena", "network": world.network},
        at=NOW,
        account_id=world.lena.pk,
    )
    assert message is not None
    somebody = visitor()
    page = somebody.open(stop_address(message).removeprefix("http://testserver"))
    page.get_by_role("button", name="Stop this mail").click()
    page.get_by_role("heading", name="This mail has stopped").wait_for()
    assert MailChoice.objects.filter(account=world.lena, how="none").exists()


def test_cora_sees_what_would_leave_before_she_changes_the_days(world: World, visitor: Visitor) -> None:
    cora = Person(visitor())
    let_in(cora.watched, world.cora)
    cora.go("cycles:reminders")
    cora.look_everywhere()

    cora.fill("Days before", "21, 7")
    cora.press("See what would leave today")
    cora.reads("What would leave today")
    cora.press("Save the days")
    cora.reads("The days are saved.")
