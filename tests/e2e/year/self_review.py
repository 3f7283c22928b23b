"""The self-review: several people, the keyboard, two answers that differ, sent by the lead."""

from django.utils import timezone
from playwright.sync_api import Page, expect

from communitas.workbooks import actions
from communitas.workbooks.rules.registers import SELF
from tests.e2e.persons import Person, saves
from tests.e2e.year.world import Year

NOBODY_ELSE = "It would put a person at risk here."


def saved(page: Page) -> None:
    """Wait until the bar says that the last change is saved."""
    expect(page.locator("#saved")).to_contain_text("Saved ")


def keyed(person: Person, key: str, criterion: int) -> None:
    """Press a key in a criterion of the page, counted from 0, and wait until the server has it."""
    page = person.page
    place = page.locator("[data-criterion]").nth(criterion)
    expect(place.locator("input:focus")).to_have_count(1)
    with page.expect_response(saves):
        page.keyboard.press(key)


def name_people(year: Year) -> None:
    """The lead names who answers with her."""
    lena = year["lena"]
    lena.go("web:home")
    lena.reads("8 of 8 criteria are still to be scored")
    lena.go("workbooks:self_review", year.workbook("LARK", "self").pk)
    lena.press("Who answers with you")
    lena.press("Name Mina")
    lena.press("Name Stefan")
    lena.reads("Mina", "Stefan")


def answer_together(year: Year) -> None:
    """Mina scores by keyboard while Stefan has the same page open; both score the first criterion."""
    pk = year.workbook("LARK", "self").pk
    mina, stefan = year["mina"], year["stefan"]
    mina.go("web:home")
    mina.look_everywhere()
    mina.press("Continue the self-review")  # from home to the review as a whole, and from there to what is open
    mina.press("Continue the self-review")
    stefan.page.route("**/pulse/**", lambda route: route.fulfill(status=204))  # he does not hear of Mina's marks yet
    stefan.go("workbooks:section", pk, 1)

    mina.page.locator("[data-criterion]").first.locator("input").first.focus()
    for criterion, key in enumerate(("2", "1", "0")):
        keyed(mina, key, criterion)
        mina.page.keyboard.press("ArrowDown")
    expect(mina.page.locator("[data-criterion]").nth(3).locator("input:focus")).to_have_count(1)
    mina.page.keyboard.press("n")
    expect(mina.page.get_by_label("Why it does not apply").last).to_be_focused()
    mina.page.keyboard.type(NOBODY_ELSE)
    with mina.page.expect_response(saves):
        mina.page.keyboard.press("Tab")
    mina.page.locator("[data-comment]").first.fill("We cook and eat together every day.")
    mina.page.locator("[data-criterion]").first.get_by_label("Met", exact=True).focus()
    saved(mina.page)
    mina.look()

    stefan.mark(0, "Partly met")
    stefan.reads(
        "Two answers differ:", "This waits for the community lead, who decides after you have talked about it."
    )
    stefan.look()
    stefan.page.unroute("**/pulse/**")


def resolve(year: Year) -> None:
    """The lead sees both answers and decides; what both said stays in the history."""
    lena, pk = year["lena"], year.workbook("LARK", "self").pk
    lena.go("workbooks:section", pk, 1)
    lena.press("See both and decide")
    lena.reads("Mina", "Stefan")
    lena.press("Choose ‘Met’")
    lena.reads("What each of you said stays in the history.")
    lena.go("workbooks:history", pk, "c1-1")
    lena.reads("Mina", "Stefan", "Lena")


def score_the_rest(year: Year) -> None:
    """The second section by mouse, and everything of Oak Court at once."""
    stefan, pk = year["stefan"], year.workbook("LARK", "self").pk
    stefan.go("workbooks:section", pk, 2)
    for criterion, mark in enumerate(("Met", "Met", "Partly met", "Not met")):
        stefan.mark(criterion, mark)
    actions.answer_many(
        workbook=year.workbook("OAK", "self"),
        register=SELF,
        scores={f"c{section}-{number}": (2 - number % 2, "") for section in (1, 2) for number in (1, 2, 3, 4)},
        comments={"c1-1": "Everybody has a key to the kitchen."},
        role="community_lead",
        by=year.accounts["oona"],
        at=timezone.now(),
    )


def send(year: Year) -> None:
    """Each lead sends; then it is locked, and the team may read it."""
    for name, code in (("lena", "LARK"), ("oona", "OAK")):
        lead, pk = year[name], year.workbook(code, "self").pk
        lead.go("workbooks:self_review", pk)
        lead.reads("Every criterion has an answer")
        lead.press("Send self-review")
        lead.press("Send self-review")
        lead.reads("Your self-review is sent. Thank you all for the work in it.")
    year["mina"].go("workbooks:section", year.workbook("LARK", "self").pk, 1)
    expect(year["mina"].page.locator("[data-comment]")).to_have_count(0)
    year["rafi"].go("workbooks:section", year.workbook("LARK", "self").pk, 1)
    year["rafi"].reads("We cook and eat together every day.")
