"""A questionnaire from its first word to the criterion it speaks to: built, handed out, answered, counted, released."""

from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import expect

from communitas.kit.addresses import path_of
from communitas.people.models import Account
from communitas.questionnaires.models import Opening, Questionnaire, Reply
from tests.cast import World
from tests.e2e.conftest import Visitor
from tests.e2e.pages import WatchedPage
from tests.questionnaires.conftest import open_at_lark, publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def at(name: str, *args: object) -> str:
    return path_of("hearth", name, *args)


def sign_in(visitor: WatchedPage, account: Account) -> WatchedPage:
    """Give the visitor's browser the session of a person who signed in."""
    client = Client()
    client.force_login(account)
    cookie = client.cookies["sessionid"].value
    visitor.page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": visitor.address}])
    return visitor


def _build(office: WatchedPage, world: World) -> Questionnaire:
    page = office.open(at("questionnaires:begin"), axe=False)
    page.get_by_label("Edition").select_option(str(world.edition.pk))
    page.get_by_label("Who is asked").select_option("client_member")
    page.get_by_label("Title").fill("Living here")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("link", name="Add a part").click()
    page.get_by_label("Title").fill("Belonging")
    page.get_by_role("button", name="Add the part").click()
    page.get_by_role("link", name="Add an item").click()
    page.get_by_label("Words", exact=True).fill("I feel safe here.")
    page.get_by_label("Criteria it speaks to").fill("1.1")
    office.check()
    page.get_by_role("button", name="Add the item").click()
    expect(page.get_by_role("link", name="I feel safe here.")).to_be_visible()
    office.check_everywhere()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published. From now on it never changes")).to_be_visible()
    return Questionnaire.objects.get()


def _open_for_all(office: WatchedPage, world: World) -> Opening:
    page = office.open(at("questionnaires:open_all", world.cycle.pk))
    page.get_by_label("Living here").check()
    page.get_by_label("First day").fill("2020-01-01")
    page.get_by_label("Last day").fill("2099-12-31")
    page.get_by_role("button", name="Open for all").click()
    expect(page.get_by_text("Opened 2 times.")).to_be_visible()
    office.check()
    return Opening.objects.get(enrolment=world.enrolment)


def _slips(lead: WatchedPage, opening: Opening) -> list[str]:
    page = lead.open(at("questionnaires:opening", opening.pk), axe=False)
    lead.check_everywhere()
    page.get_by_label("How many slips").fill("3")
    page.get_by_role("button", name="Make slips to print").click()
    expect(page.get_by_role("heading", name="Print these slips now")).to_be_visible()
    lead.check()
    return page.locator(".slip-code").all_inner_texts()


def _answer(somebody: WatchedPage, opening: Opening, code: str, words: str) -> str:
    page = somebody.open(at("questionnaires:by_link", opening.link_token), axe=False)
    page.get_by_label("Your code").fill(code)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label(words, exact=True).check()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    return page.locator(".code-shown").inner_text()


def test_a_questionnaire_is_built_answered_without_names_and_shown_beside_its_criterion(
    world: World, visitor: Visitor, visitor_without_scripts: Visitor
) -> None:
    cache.clear()
    office, lead = sign_in(visitor(), world.cora), sign_in(visitor(), world.lena)
    _build(office, world)
    opening = _open_for_all(office, world)
    codes = _slips(lead, opening)

    # Three people with a slip and no account, the first without JavaScript, the second on a telephone.
    plain, phone, third = visitor_without_scripts(), visitor(), visitor()
    _answer(plain, opening, codes[0], "Strongly agree")
    phone.page.set_viewport_size({"width": 320, "height": 640})
    phone.open(at("questionnaires:by_link", opening.link_token))
    _answer(phone, opening, codes[1], "Agree")
    phone.check()
    taken_back = _answer(third, opening, codes[2], "Disagree")

    # A shared device, which goes back to its first page and keeps nothing.
    device = visitor()
    for words in ("Disagree", "In between", "Strongly disagree"):
        page = device.open(at("questionnaires:device", opening.kiosk_token), axe=False)
        page.get_by_role("link", name="Begin").click()
        page.get_by_label(words, exact=True).check()
        if words == "Disagree":
            device.check_everywhere()
        page.get_by_role("button", name="Send my answers").click()
        page.get_by_role("link", name="Done").click()
        expect(page.get_by_role("link", name="Begin")).to_be_visible()
    kept = device.page.evaluate("localStorage.length + sessionStorage.length")

    page = third.open(at("questionnaires:withdraw"))
    page.get_by_label("Your code").fill(taken_back)
    page.get_by_role("button", name="Take my answers back").click()
    expect(page.get_by_text("Your answers are removed.")).to_be_visible()
    assert (kept, Reply.objects.filter(opening=opening).count()) == (0, 5)

    # The community sees how many, the office releases, the team reads what.
    page = lead.open(at("questionnaires:counters", world.enrolment.pk), axe=False)
    expect(page.locator(".figure b").first).to_have_text("5")
    lead.check()
    page = lead.open(at("questionnaires:close", opening.pk))
    page.get_by_role("button", name="Close it").click()
    page = office.open(at("questionnaires:release", opening.pk))
    page.get_by_role("button", name="Release the answers").click()
    expect(page.get_by_text("Released. The figures never change.")).to_be_visible()

    team = sign_in(visitor(), world.rafi)
    page = team.open(at("workbooks:peer_section", world.peer_workbook.pk, 1), axe=False)
    page.get_by_role("link", name="2 of 5 agree").click()
    expect(page.get_by_role("heading", name="What people said about 1.1")).to_be_visible()
    team.check_everywhere()
    page.get_by_role("link", name="All figures").click()
    expect(page.get_by_text("5 answers came back.")).to_be_visible()


def test_a_shared_device_that_nobody_touches_goes_back_to_its_first_page(world: World, visitor: Visitor) -> None:
    window = {"opens_on": date(2020, 1, 1), "closes_on": date(2099, 12, 31)}
    opening = open_at_lark(world, publish(world), **window)
    device = visitor()
    device.page.clock.install()
    page = device.open(at("questionnaires:on_device", opening.kiosk_token), axe=False)
    page.get_by_label("Agree", exact=True).check()

    page.clock.run_for(125_000)
    expect(page.get_by_text("Are you still there?")).to_be_visible()
    page.clock.run_for(60_000)

    expect(page.get_by_role("link", name="Begin")).to_be_visible()
    assert not Reply.objects.exists()
