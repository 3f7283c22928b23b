"""The main screens that the year does not visit: standards, cockpit, reminders, people, other doors, two networks."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from communitas.members.models import RoleGrant
from communitas.standards.models import Edition
from tests import factories
from tests.cast import World
from tests.e2e.conftest import Visitor
from tests.e2e.persons import Person, let_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cora(world: World, visitor: Visitor) -> Person:
    """The office at its browser."""
    person = Person(visitor())
    let_in(person.watched, world.cora)
    return person


def test_anybody_reads_searches_and_compares_the_standards(world: World, visitor: Visitor) -> None:
    newer = factories.make_edition(world.network, number=2, sections=3, published=False)
    newer.predecessor = world.edition
    newer.state = Edition.State.PUBLISHED
    newer.content_hash = "1" * 64
    newer.published_at = world.edition.published_at
    newer.save()
    anybody = Person(visitor())

    anybody.go("standards:sets")
    anybody.look_everywhere()
    anybody.press(str(newer))
    anybody.look_everywhere()
    anybody.page.get_by_label("Search in this edition").fill("matter 3.2")
    anybody.page.wait_for_url("**matter*")
    expect(anybody.main.locator("article.entry")).to_have_count(1)
    anybody.press("3.2")
    anybody.reads("Hearth: people agree on matter 3.2.")
    anybody.go("standards:compare", "standards", 2, 1)
    anybody.look_everywhere()
    anybody.reads("What changed from edition 1 to edition 2")


def test_the_cockpit_keeps_its_filters_in_the_address(world: World, cora: Person) -> None:
    cora.go("cycles:cockpit", world.cycle.pk)
    cora.look_everywhere()
    cora.page.get_by_label("Search", exact=True).fill("Oak")
    cora.page.wait_for_url("**q=Oak*")
    expect(cora.main.locator("tbody th a")).to_have_text(["Hearth Oak Court"])
    cora.page.reload()
    expect(cora.main.locator("tbody th a")).to_have_text(["Hearth Oak Court"])
    cora.press("Clear the filters")
    expect(cora.main.locator("tbody th a")).to_have_count(2)
    name = cora.downloads("CSV").suggested_filename

    assert name.endswith(".csv")


def test_the_office_reads_a_reminder_before_it_leaves(world: World, cora: Person) -> None:
    cora.go("cycles:cockpit", world.cycle.pk)
    cora.main.get_by_label("Hearth Lark House").check()
    cora.press("Remind the ticked ones")
    cora.look_everywhere()
    cora.reads("As Hearth Lark House reads it")
    cora.fill("Subject", "{community}: a friendly word")
    cora.press("Look at it again")
    cora.reads("Hearth Lark House: a friendly word")
    mail.outbox.clear()
    cora.press("Send 1 message")

    cora.reads("Done")
    assert [(one.to, one.subject) for one in mail.outbox] == [
        (["lena@people.example"], "Hearth Lark House: a friendly word")
    ]


def test_an_invitation_is_accepted_and_the_role_ends(world: World, cora: Person, visitor: Visitor) -> None:
    cora.go("members:invite")
    cora.fill("Name", "Ida")
    cora.fill("E-mail address", "ida@people.example")
    cora.main.get_by_label("staff", exact=True).check()
    cora.main.get_by_label("Community they come from").select_option(label="Hearth Elm Row")
    mail.outbox.clear()
    cora.main.locator("form button[type=submit], form button:not([type])").first.click()
    cora.page.wait_for_load_state()
    link = re.search(r"https?://\S+", str(mail.outbox[0].body))
    assert link is not None
    ida = Person(visitor())
    ida.watched.open(re.sub(r"^https?://[^/]+", "", link.group().rstrip(".")), axe=False)
    ida.look_everywhere()
    ida.fill("Your name, as others see it", "Ida")
    ida.fill("Choose a password", "three quiet words")
    ida.press("Accept the invitation")
    grant = RoleGrant.objects.get(account__email="ida@people.example")
    cora.go("members:people")
    cora.look_everywhere()
    cora.go("members:role_end", grant.pk)
    cora.fill("Reason", "She has moved on.")
    cora.press("End the role")

    grant.refresh_from_db()
    assert grant.until_at is not None


def test_a_printed_card_lets_in_once(world: World, visitor: Visitor) -> None:
    lena, jo = Person(visitor()), Person(visitor())
    let_in(lena.watched, world.lena)

    lena.go("members:account_add", world.lark.pk)
    lena.fill("Name", "Jo")
    lena.fill("Username", "jo.lark")
    lena.main.get_by_label("client member").check()
    lena.main.locator("form").get_by_role("button").first.click()
    lena.page.wait_for_load_state()
    lena.look_everywhere()
    code = lena.page.locator(".printed-card .code").inner_text()
    jo.go("people:code")
    jo.look_everywhere()
    jo.fill("Username", "jo.lark")
    jo.fill("Code", code)
    jo.fill("Choose a password", "three quiet words")
    jo.press("Sign in")
    jo.page.wait_for_url("**/hearth/home/")
    jo.page.context.clear_cookies()
    jo.go("people:code")
    jo.fill("Username", "jo.lark")
    jo.fill("Code", code)
    jo.fill("Choose a password", "four other quiet words")
    jo.press("Sign in")

    expect(jo.main.get_by_role("alert")).to_be_visible()


def test_a_code_by_mail_lets_in(world: World, visitor: Visitor) -> None:
    lena = Person(visitor())
    mail.outbox.clear()

    lena.go("account_login")
    lena.look_everywhere()
    lena.press("Send me a code by e-mail")
    lena.fill("E-mail address", "lena@people.example")
    lena.press("Send me a code")
    code = re.search(r"^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]+)*)\s*$", str(mail.outbox[0].body), re.MULTILINE)
    assert code is not None, mail.outbox[0].body
    lena.fill("Code", code.group(1))
    lena.press("Sign in")

    lena.page.wait_for_url("**/hearth/home/")


def test_one_person_goes_from_one_network_to_the_other(world: World, visitor: Visitor) -> None:
    factories.grant(world.stefan, world.twin.network, "staff", community=world.twin.elm)
    stefan = Person(visitor())
    let_in(stefan.watched, world.stefan)

    stefan.go("web:home")
    stefan.page.locator("details.who summary").click()
    stefan.press("Switch network or role", within=stefan.page.locator("details.who"))
    stefan.look_everywhere()
    stefan.press("Go there", within=stefan.main.locator("section, article, div.card", has_text="Harbour").last)

    stefan.page.wait_for_url("**/harbour/home/")
    stefan.reads("Harbour Elm Row")
