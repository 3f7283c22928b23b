"""The action plan in a real browser: the board, evidence, and an achievement that goes into the library."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from communitas.people.models import Account
from communitas.reports.models import Action, Practice
from tests.cast import World
from tests.e2e.conftest import Visitor
from tests.e2e.persons import Person, let_in
from tests.reports.local.conftest import Report, close_review

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def arrive(visitor: Visitor, account: Account, seen: set[tuple[str, str]]) -> Person:
    person = Person(visitor(), seen=seen)
    let_in(person.watched, account)
    return person


def test_an_action_moves_over_the_board_and_an_achievement_into_the_library(world: World, visitor: Visitor) -> None:
    enrolment = Report(world, close_review(world, world).pk).final().enrolment
    action = Action.objects.create(
        enrolment=enrolment,
        text="Two people a night",
        owner_name="Stefan",
        due_on=timezone.localdate() - timedelta(days=1),
        made_at=timezone.now(),
    )
    seen: set[tuple[str, str]] = set()
    lena, cora, otto = (arrive(visitor, who, seen) for who in (world.lena, world.cora, world.otto))

    lena.go("reports:board", enrolment.pk)
    lena.look_everywhere()
    lena.main.get_by_role("button", name="Start").focus()
    with lena.page.expect_navigation():
        lena.page.keyboard.press("Enter")
    assert Action.objects.get(pk=action.pk).state == "under_way"
    assert lena.page.url.endswith(f"#action-{action.pk}")
    lena.press("Undo the last move")
    lena.reads("It stands as it stood before.")
    assert Action.objects.get(pk=action.pk).state == "planned"

    # The same with the mouse: dropped in a column it goes there, or asks for the reason first.
    card, column = lena.page.locator("li.card"), "[data-state={}]"
    with lena.page.expect_navigation():
        card.drag_to(lena.page.locator(column.format("done")), target_position={"x": 20, "y": 10})
    assert Action.objects.get(pk=action.pk).state == "done"
    card.drag_to(lena.page.locator(column.format("under_way")), target_position={"x": 20, "y": 10})
    expect(card.locator("textarea")).to_be_focused()
    lena.press("Undo the last move")
    assert Action.objects.get(pk=action.pk).state == "planned"

    lena.press("Two people a night")
    lena.main.get_by_label("How far it has come").select_option(label="half")
    lena.press("Write it down")
    lena.reads("under way: half")
    lena.press("Add a file or a link")
    lena.main.get_by_label("File").set_input_files(
        {"name": "rota.txt", "mimeType": "text/plain", "buffer": b"Two people, each night.\n"}
    )
    lena.press("Add")
    lena.look_everywhere()
    assert lena.downloads("rota.txt").suggested_filename == "rota.txt"

    lena.go("reports:plan", enrolment.pk)
    lena.press("Choose an achievement to share")
    lena.press("Share with the network")
    lena.fill("Words for the library", "Mina chairs the morning meeting.")
    lena.press("Offer it to the library")
    lena.reads("Please say it without: Mina.")
    lena.fill("Words for the library", "Those who live here chair the morning meeting.")
    lena.press("Offer it to the library")
    practice = Practice.objects.get()

    cora.go("reports:overview")
    cora.look_everywhere()
    cora.go("reports:practices")
    cora.press("Read it")
    cora.press("Take it into the library")
    cora.reads("It stands in the library now.")

    otto.go("reports:practices")
    otto.reads("Those who live here chair the morning meeting.")
    otto.look_everywhere()
    lena.go("reports:practice", practice.pk)
    lena.press("Withdraw it")
    otto.go("reports:practice", practice.pk, expect_status=404)
