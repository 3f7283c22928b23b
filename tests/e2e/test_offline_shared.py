"""A device that is shared or kept in a secure place: it closes itself, and who is removed can still hand over."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from communitas.members.models import Access, RoleGrant
from communitas.workbooks.models import Event, Quarantined, SealedOutbox
from tests.cast import World
from tests.e2e.conftest import Visitor
from tests.e2e.offline import EVERYTHING_KEPT, bar, kept_for_offline, opened
from tests.e2e.persons import let_in
from tests.factories.networks import LONG_AGO

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_shared_device_keeps_nothing_readable_and_what_waits_arrives_even_after_a_removal(
    world: World, visitor: Visitor
) -> None:
    mina = visitor()
    let_in(mina, world.mina)
    mina.page.clock.install()
    page = opened(mina, f"#/{world.workbook.pk}/prepare")
    expect(page.locator("[data-check=trial]")).to_have_attribute("data-ok", "true")
    page.get_by_label("This device is shared or kept in a secure place").press("Space")
    expect(page.locator("[data-shared]")).to_contain_text("closes and nothing can be read")
    mina.check_everywhere()

    page.goto(f"{mina.address}/hearth/offline/#/{world.workbook.pk}/1")
    page.locator("#c0-comment").fill("The office knows this.")
    bar(page, "The one answer is with the office")
    page.wait_for_function(f"(text) => ({EVERYTHING_KEPT})().then((kept) => !kept.includes(text))", arg="office knows")
    expect(page.locator("#c0-comment")).to_have_value("The office knows this.")
    kept_for_offline(page)
    page.reload()
    expect(page.locator("#c0-comment")).to_have_value("The office knows this.")
    assert "office knows" not in page.evaluate(EVERYTHING_KEPT)

    page.context.set_offline(True)
    page.locator("#c1-comment").fill("Only Mina knows this.")
    bar(page, "1 answer only on this device")
    page.clock.fast_forward(185_000)
    bar(page, "In two minutes it closes")
    page.keyboard.press("Shift")
    bar(page, "1 answer only on this device")
    page.clock.fast_forward(301_000)
    expect(page.locator("h1")).to_contain_text("Closed because nobody used it")
    expect(page.locator("main")).to_contain_text("1 answer stays on this device, locked")
    kept = page.evaluate(EVERYTHING_KEPT)
    assert "Only Mina knows" not in kept
    assert "people agree on matter" not in kept

    with page.expect_response("**/accounts/logout/"):
        page.context.set_offline(False)
    page.reload()
    expect(page.locator("h1")).to_contain_text("Sign in to begin")
    assert Session.objects.count() == 0
    RoleGrant.objects.filter(account=world.mina).update(until_at=LONG_AGO)
    Access.objects.filter(account=world.mina).update(until_at=LONG_AGO)
    let_in(mina, world.mina)
    with page.expect_response("**/sync/v1/sealed") as handed:
        page.reload()

    assert handed.value.json()["status"] == "quarantined"
    bar(page, "Everything is with the office")
    assert Quarantined.objects.get().author == world.mina
    assert not SealedOutbox.objects.filter(state="waiting").exists()
    assert Event.objects.count() == 1


def test_a_shared_device_that_was_put_away_open_is_closed_at_the_next_start(world: World, visitor: Visitor) -> None:
    stefan = visitor()
    let_in(stefan, world.stefan)
    page = opened(stefan, f"#/{world.workbook.pk}/prepare")
    box = page.get_by_label("This device is shared or kept in a secure place")
    expect(page.locator("[data-check=trial]")).to_have_attribute("data-ok", "true")
    box.check()
    expect(page.locator("[data-shared]")).to_contain_text("closes and nothing can be read")
    page.clock.install()
    page.clock.pause_at("2099-01-01")  # six minutes later, and more

    page.reload()
    expect(page.locator("h1")).to_contain_text("Sign in to begin")

    assert "people agree on matter" not in page.evaluate(EVERYTHING_KEPT)
    assert Session.objects.count() == 0
