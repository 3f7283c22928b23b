"""The workbook in a real browser: keyboard, saving by itself, two people at once."""

import pytest
from django.test import Client
from playwright.sync_api import Route, expect

from communitas.kit.addresses import path_of
from communitas.people.models import Account
from communitas.workbooks import queries
from communitas.workbooks.rules.registers import SELF, comment
from tests.cast import World
from tests.e2e.conftest import Visitor
from tests.e2e.pages import WatchedPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(visitor: WatchedPage, account: Account) -> WatchedPage:
    """Give the visitor's browser the session of a person who signed in."""
    client = Client()
    client.force_login(account)
    cookie = client.cookies["sessionid"].value
    visitor.page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": visitor.address}])
    return visitor


def test_whole_section_is_scored_from_the_keyboard(world: World, visitor: Visitor) -> None:
    mina = sign_in(visitor(), world.mina)
    page = mina.open(path_of("hearth", "workbooks:section", world.workbook.pk, 1))

    page.locator("#c0 fieldset").focus()
    page.keyboard.press("2")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("1")
    page.keyboard.press("c")
    page.keyboard.type("On most days.")
    page.keyboard.press("Escape")
    page.get_by_text("2 of 6 criteria answered").first.wait_for()
    page.locator("#c1-said").get_by_text("Mina").wait_for()
    mina.check_everywhere()

    workbook = queries.self_reviews().get(pk=world.workbook.pk)
    state = queries.state_of(workbook)
    assert [state.answer(key, SELF).score for key in ("c1-1", "c1-2", "c1-3")] == [2, 1, None]
    assert [note.text for note in state.comments("c1-2", comment("self"))] == ["On most days."]


def test_a_mark_chosen_while_the_page_still_loads_is_saved(world: World, visitor: Visitor) -> None:
    mina = sign_in(visitor(), world.mina)
    held: list[Route] = []
    mina.page.route("**/htmx-2*.js", lambda route: held.append(route))
    page = mina.page
    page.goto(mina.address + path_of("hearth", "workbooks:section", world.workbook.pk, 1), wait_until="commit")
    page.locator("#c0 label", has_text="Partly met").click()
    expect(page.locator('#c0 input[value="1"]')).to_be_checked()

    held[0].continue_()
    page.locator("#c0-said").get_by_text("Mina").wait_for()

    state = queries.state_of(queries.self_reviews().get(pk=world.workbook.pk))
    assert state.answer("c1-1", SELF).score == 1


def test_two_people_see_each_other_and_differ_side_by_side(world: World, visitor: Visitor) -> None:
    section = path_of("hearth", "workbooks:section", world.workbook.pk, 1)
    mina, stefan, lena = (sign_in(visitor(), one) for one in (world.mina, world.stefan, world.lena))
    for each in (mina, stefan):
        each.open(section)

    mina.page.locator("#c0 label", has_text="Partly met").click()
    mina.page.locator("#c0-said").get_by_text("Mina").wait_for()
    stefan.page.locator("#c0 label", has_text="Met").first.click()
    stefan.page.get_by_text("Two answers differ").wait_for()
    page = lena.open(section)
    page.get_by_role("link", name="See both and decide").click()
    lena.check_everywhere()
    page.get_by_role("button", name="Choose ‘Partly met’").click()
    page.wait_for_url(f"**{section}*")

    answer = queries.state_of(queries.self_reviews().get(pk=world.workbook.pk)).answer("c1-1", SELF)
    assert (answer.kind, answer.score, answer.authors) == ("one", 1, (str(world.lena.pk),))


def test_others_answers_arrive_but_never_where_somebody_writes(world: World, visitor: Visitor) -> None:
    section = path_of("hearth", "workbooks:section", world.workbook.pk, 1)
    mina, stefan = (sign_in(visitor(), one) for one in (world.mina, world.stefan))
    for each in (mina, stefan):
        each.open(section)
    words = stefan.page.locator("#c1-comment")
    words.press_sequentially("We cook on")
    mina.page.locator("#c0 label", has_text="Partly met").click()
    mina.page.locator("#c1 label", has_text="Not met").click()
    mina.page.locator("#c1-said").get_by_text("Mina").wait_for()

    stefan.page.evaluate("htmx.trigger('#pulse', 'pulse')")
    expect(stefan.page.locator('#c0 input[value="1"]')).to_be_checked()
    kept = words.input_value()
    words.press_sequentially(" Sundays.")
    words.press("Escape")
    stefan.page.locator("#c1-said").get_by_text("Stefan").wait_for()

    state = queries.state_of(queries.self_reviews().get(pk=world.workbook.pk))
    assert kept == "We cook on"
    assert [note.text for note in state.comments("c1-2", comment("self"))] == ["We cook on Sundays."]
    assert state.answer("c1-2", SELF).score == 0


def test_not_applicable_waits_for_its_reason(world: World, visitor: Visitor) -> None:
    stefan = sign_in(visitor(), world.stefan)
    page = stefan.open(path_of("hearth", "workbooks:section", world.workbook.pk, 1))

    page.locator("#c2 label", has_text="Not applicable").click()
    page.keyboard.type("There is no garden.")
    page.keyboard.press("Tab")
    page.locator("#c2-said").get_by_text("Stefan").wait_for()

    answer = queries.state_of(queries.self_reviews().get(pk=world.workbook.pk)).answer("c1-3", SELF)
    assert (answer.score, answer.reason) == ("NA", "There is no garden.")


def test_lead_looks_through_and_sends(world: World, visitor: Visitor) -> None:
    lena = sign_in(visitor(), world.lena)
    page = lena.open(path_of("hearth", "workbooks:self_review", world.workbook.pk))
    lena.check_everywhere()
    page.get_by_role("link", name="Send self-review").first.click()
    lena.check_everywhere()
    page.get_by_label("Why some criteria have no answer").fill("The house had a flood.")
    page.get_by_role("button", name="Send self-review").click()
    page.get_by_text("Your self-review is sent").first.wait_for()
    lena.check()
    lena.open(path_of("hearth", "workbooks:section", world.workbook.pk, 1))

    assert page.locator("textarea").count() == 0


def test_team_scores_alone_and_then_agrees(world: World, visitor: Visitor) -> None:
    review = world.workbook.review
    review.state = "sent"
    review.save()
    rafi, ludo = sign_in(visitor(), world.rafi), sign_in(visitor(), world.ludo)
    page = rafi.open(path_of("hearth", "workbooks:peer_review", world.peer_workbook.pk))
    rafi.check_everywhere()
    page.get_by_role("button", name="Start scoring").click()
    page.locator("#c0 label", has_text="Partly met").click()
    page.get_by_text("1 of 6 criteria answered").first.wait_for()
    rafi.check_everywhere()

    page = ludo.open(path_of("hearth", "workbooks:peer_review", world.peer_workbook.pk))
    page.get_by_role("button", name="Open the discussion").click()
    page.get_by_text("All reviewers who scored gave this mark.").wait_for()
    ludo.check_everywhere()
    page.get_by_role("button", name="Agree 1.1").click()
    page.locator("#c0-said").get_by_text("Ludo").wait_for()

    ludo.open(path_of("hearth", "workbooks:findings", world.peer_workbook.pk))
    ludo.open(path_of("hearth", "workbooks:close", world.peer_workbook.pk))
    ludo.open(path_of("hearth", "workbooks:peer_history", world.peer_workbook.pk, "c1-1"))
