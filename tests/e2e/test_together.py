"""Several people in one workbook: work shared out, answers that arrive, marks that differ, both groups' views."""

import pytest
from playwright.sync_api import Page, expect

from communitas.kit.addresses import path_of
from communitas.workbooks import queries
from communitas.workbooks.rules.registers import SELF, comment
from tests.cast import World
from tests.e2e.conftest import Visitor
from tests.e2e.persons import Person, let_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def pulse(page: Page) -> None:
    """The sign 'I am here', at once instead of within seconds."""
    with page.expect_response(lambda answer: "/pulse/" in answer.url):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_community_shares_the_work_out_differs_decides_and_keeps_both_views(world: World, visitor: Visitor) -> None:
    lena, mina, stefan = (Person(visitor()) for _ in range(3))
    for person, account in ((lena, world.lena), (mina, world.mina), (stefan, world.stefan)):
        let_in(person.watched, account)
    book = world.workbook.pk
    section = path_of("hearth", "workbooks:section", book, 1)

    # The lead gives a whole section to Mina, takes one criterion back, and undoes that.
    lena.go("workbooks:who", book)
    first = lena.main.locator("form#give li").first
    first.locator("input[value='s:1']").check()
    lena.main.get_by_label("To whom").select_option(label="Mina (client member)")
    lena.main.get_by_label("By which day").fill("2099-01-20")
    lena.press("Give")
    lena.reads("Given to Mina: 3 criteria.", "You gave 3 criteria to Mina.", "Mina 3")
    lena.look_everywhere()
    lena.press("Undo")
    lena.reads("Undone.")
    lena.main.locator("input[value='s:1']").check()
    lena.main.get_by_label("To whom").select_option(label="Mina (client member)")
    lena.main.get_by_label("By which day").fill("2099-01-20")
    lena.press("Give")
    lena.press("All that was given")
    expect(lena.main.get_by_role("cell", name="undone")).to_have_count(3)

    # Mina finds it on her home page, and opens what is hers.
    mina.go("web:home")
    mina.reads("3 criteria given to you wait for an answer")
    mina.press("3 criteria given to you wait for an answer")
    mina.look_everywhere()
    mina.main.get_by_role("link", name="1.1").click()
    expect(mina.page.locator("#c0 .given")).to_have_text("Given to you, by 20 January")
    mina.press("Show only mine")

    # What one answers appears at the other, with the name, read out, and focus stays where it was.
    stefan.watched.open(section)
    mina.watched.open(section, axe=False)
    mina.page.locator("#c0 label", has_text="Partly met").click()
    mina.page.locator("#c0-said").get_by_text("Mina").wait_for()
    link = stefan.page.locator("#sections a").first
    link.focus()
    pulse(stefan.page)
    expect(stefan.page.locator('#c0 input[value="1"]')).to_be_checked()
    expect(stefan.page.locator("[data-announcer]")).to_have_text("Mina: 1.1 has a new answer.")
    expect(link).to_be_focused()
    stefan.page.locator("#c2 fieldset").focus()
    pulse(stefan.page)
    pulse(mina.page)
    expect(mina.page.locator("#people-now")).to_contain_text("Stefan is at 1.3.")
    expect(mina.page.locator("#c2 .here")).to_be_visible()

    # Two write in one criterion: nothing arrives under the hands of either. The lead makes one answer out of both.
    for person in (mina, stefan):
        person.page.locator("#c1-comment").focus()
    for person, words in ((mina, "Not at weekends."), (stefan, "Every day.")):
        person.page.locator("#c1-comment").fill(words)
        person.page.locator("#c1-said a", has_text="History").wait_for()
    mina.page.locator("#c1 label", has_text="Not met").click()
    mina.page.get_by_text("2 of 6 criteria answered").first.wait_for()
    pulse(stefan.page)
    expect(stefan.page.locator("#c1 .waits")).to_be_visible()
    stefan.page.locator("#c1 label", has_text="Met").first.click()
    stefan.page.get_by_text("This waits for the community lead").wait_for()
    lena.go("web:home")
    lena.reads("1 criterion has answers that differ: you decide")
    lena.go("workbooks:deciding", book)
    lena.look_everywhere()
    lena.main.get_by_text("Make one answer out of both").click()
    lena.main.get_by_label("One comment").fill("Every day, but not yet at weekends.")
    lena.main.locator("details .marks label", has_text="Partly met").click()
    lena.press("Decide")
    lena.reads("Decided: 1.2.", "No answers differ")

    # Each group says in its own words how it sees a criterion; both stand side by side.
    mina.page.locator("#c0-sides summary").click()
    mina.page.locator("#c0-client_members").fill("New people do not yet dare to speak.")
    mina.page.locator("#c0-client_members-seen").get_by_text("Saved").wait_for()
    pulse(stefan.page)
    expect(stefan.page.locator("#c0-sides .view")).to_contain_text("New people do not yet dare to speak.")
    stefan.page.locator("#c0-staff").press_sequentially("It works better than last year.")
    stefan.page.locator("#c0-staff-seen").get_by_text("Saved").wait_for()
    stefan.look_everywhere()
    lena.go("workbooks:send", book)
    lena.reads("New people do not yet dare to speak.", "It works better than last year.")
    lena.go("workbooks:history", book, "c1-1")
    lena.reads("how client members see it")

    state = queries.state_of(queries.self_reviews().get(pk=book))
    assert (state.answer("c1-1", SELF).score, state.answer("c1-2", SELF).score) == (1, 1)
    assert [note.text for note in state.comments("c1-2", comment("self"))] == ["Every day, but not yet at weekends."]
    assert [note.text for note in state.comments("c1-1", comment("staff"))] == ["It works better than last year."]
