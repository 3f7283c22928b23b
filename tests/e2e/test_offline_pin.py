"""A PIN for a device that may be lost: nothing can be read without it, and no answer depends on it."""

import json

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from communitas.kit.addresses import path_of
from communitas.workbooks import actions
from communitas.workbooks.models import Device, Event, SealedOutbox, Unsent
from tests.cast import NOW, World
from tests.e2e.conftest import Visitor
from tests.e2e.offline import EVERYTHING_KEPT, bar, kept_for_offline, opened
from tests.e2e.pages import WatchedPage
from tests.e2e.persons import let_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PIN = "314159"
ENCRYPTED = '"iv":{"0"'  # how a row that only the PIN opens begins; a sealed copy carries text
SPARE = '"kind":"spare"'


def with_pin(visited: WatchedPage, world: World) -> Page:
    """Mina has set a PIN on her own device; the page with her workbook is open and the app is on the device."""
    let_in(visited, world.mina)
    visited.page.clock.install()
    page = opened(visited, f"#/{world.workbook.pk}/prepare")
    expect(page.locator("[data-check=trial]")).to_have_attribute("data-ok", "true")
    assert "people agree on matter" in page.evaluate(EVERYTHING_KEPT)
    page.get_by_label("New PIN", exact=True).fill(PIN)
    page.get_by_label("New PIN, once more").fill(PIN)
    page.get_by_role("button", name="Set the PIN").press("Enter")
    expect(page.locator("[data-pin] [role=status]")).to_contain_text("The PIN is set")
    return page


def write(page: Page, world: World) -> None:
    """An answer without a network, in the first section."""
    kept_for_offline(page)
    page.goto(page.url.split("#")[0] + f"#/{world.workbook.pk}/1")
    page.locator("[data-criterion]").first.wait_for()
    page.context.set_offline(True)
    page.locator("#c0-comment").fill("Only Mina knows this.")
    bar(page, "1 answer only on this device")


def try_pin(page: Page, pin: str) -> None:
    page.get_by_label("PIN of this device").fill(pin)
    page.get_by_label("PIN of this device").press("Enter")


def locked(page: Page) -> None:
    """Nothing can be read, on the page or in what the browser keeps."""
    expect(page.locator("h1")).to_have_text("Type your PIN")
    found = page.evaluate(EVERYTHING_KEPT) + page.content()
    assert "Only Mina knows" not in found
    assert "people agree on matter" not in found


def test_after_five_minutes_the_pin_is_asked_for_and_the_answers_are_still_there(
    world: World, visitor: Visitor
) -> None:
    mina = visitor()
    page = with_pin(mina, world)
    mina.check_everywhere()
    write(page, world)
    beside = page.context.new_page()
    beside.goto(page.url)
    expect(beside.locator("h1")).to_have_text("Type your PIN")
    beside.close()
    kept = page.evaluate(EVERYTHING_KEPT)
    assert "Only Mina knows" not in kept  # open, and encrypted all the same
    assert SPARE in kept

    page.clock.fast_forward(185_000)
    bar(page, "it locks and asks for your PIN")
    page.keyboard.press("Shift")
    page.clock.fast_forward(301_000)
    locked(page)
    expect(page.locator(".status-bar")).to_be_hidden()
    expect(page.locator("main")).to_contain_text("1 answer waits here")
    mina.check_everywhere()
    page.reload()
    locked(page)
    try_pin(page, "271828")
    expect(page.get_by_role("alert")).to_contain_text("You can try 4 more times")
    page.reload()
    try_pin(page, "271828")
    expect(page.get_by_role("alert")).to_contain_text("You can try 3 more times")
    mina.check_everywhere()
    try_pin(page, PIN)
    expect(page.locator("#c0-comment")).to_have_value("Only Mina knows this.")
    page.context.set_offline(False)
    bar(page, "The one answer is with the office")

    assert Event.objects.filter(workbook=world.workbook).count() == 1
    assert SPARE not in page.evaluate(EVERYTHING_KEPT)


def test_five_wrong_pins_leave_the_sealed_answers_which_are_sent_after_signing_in(
    world: World, visitor: Visitor
) -> None:
    mina = visitor()
    page = with_pin(mina, world)
    write(page, world)
    page.close(run_before_unload=False)  # it had no time to lock itself
    mina.page = page = page.context.new_page()
    page.goto(mina.address + path_of("hearth", "workbooks:offline"))
    locked(page)
    assert ENCRYPTED in page.evaluate(EVERYTHING_KEPT)

    for left in ("4 more times", "3 more times", "2 more times", "once more"):
        try_pin(page, "271828")
        expect(page.get_by_role("alert")).to_contain_text(left)
    try_pin(page, "271828")
    expect(page.locator("h1")).to_have_text("The PIN was wrong five times")
    expect(page.locator("main")).to_contain_text("1 answer stays on this device, locked")
    mina.check_everywhere()
    found = page.evaluate(EVERYTHING_KEPT)
    assert '"kind":"outbox"' in found
    assert ENCRYPTED not in found
    with page.expect_response("**/accounts/logout/"):
        page.context.set_offline(False)
    page.reload()
    expect(page.locator("h1")).to_have_text("Sign in to begin")
    assert Session.objects.count() == 0

    let_in(mina, world.mina)
    with page.expect_response("**/sync/v1/sealed"):
        page.reload()
    outbox = SealedOutbox.objects.get()
    actions.add_outbox(
        outbox=outbox, workbook=world.workbook, readable=True, role="client_member", by=world.mina, at=NOW
    )
    assert Event.objects.get(workbook=world.workbook).author == world.mina


def test_who_does_not_know_the_pin_takes_a_sealed_copy_and_signs_in_again(world: World, visitor: Visitor) -> None:
    mina = visitor()
    page = with_pin(mina, world)
    write(page, world)
    page.reload()
    locked(page)

    page.get_by_role("link", name="Sign out").click()
    expect(page.get_by_role("heading", name="Go on without the PIN")).to_be_visible()
    mina.check_everywhere()
    page.get_by_role("button", name="Try the PIN again").click()
    page.get_by_role("button", name="I do not know it").click()
    page.get_by_role("button", name="Remove it and sign in again").click()
    expect(page.locator("h1")).to_have_text("The PIN is removed")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save a sealed copy").click()
    copy = json.loads(saved.value.path().read_text("utf-8"))

    with page.expect_response("**/accounts/logout/"):
        page.context.set_offline(False)
    page.get_by_role("button", name="Sign in", exact=True).click()
    panel = page.get_by_role("dialog")
    panel.get_by_label("Username or e-mail address").fill("mina")
    panel.get_by_label("Password").fill("a quiet word")
    with page.expect_response("**/sync/v1/sealed"):
        panel.get_by_role("button", name="Sign in", exact=True).click()

    assert (copy["account"], copy["count"]) == (str(world.mina.pk), 1)
    assert "Only Mina knows" not in json.dumps(copy)
    assert SealedOutbox.objects.get().author == world.mina


def test_a_pin_is_changed_and_taken_away_by_who_knows_it(world: World, visitor: Visitor) -> None:
    mina = visitor()
    page = with_pin(mina, world)
    status = page.locator("[data-pin] [role=status]")

    page.locator("summary", has_text="Change the PIN").click()
    page.locator("summary", has_text="Take the PIN away").click()
    page.locator("#pin-old").fill("271828")
    page.get_by_label("New PIN", exact=True).fill("27182818")
    page.get_by_label("New PIN, once more").fill("27182818")
    page.get_by_role("button", name="Change the PIN").click()
    expect(page.get_by_role("alert")).to_contain_text("You can try 4 more times")
    mina.check_everywhere()
    page.locator("#pin-old").fill(PIN)
    page.get_by_label("New PIN", exact=True).fill("27182818")
    page.get_by_label("New PIN, once more").fill("27182818")
    page.get_by_role("button", name="Change the PIN").click()
    expect(status).to_contain_text("The PIN is changed")
    page.reload()
    try_pin(page, PIN)
    expect(page.get_by_role("alert")).to_contain_text("You can try 4 more times")
    try_pin(page, "27182818")
    page.reload()
    try_pin(page, "27182818")

    page.locator("summary", has_text="Take the PIN away").click()
    page.locator("#pin-away").fill("27182818")
    page.get_by_role("button", name="Take the PIN away").click()
    expect(status).to_contain_text("The PIN is taken away")
    assert "people agree on matter" in page.evaluate(EVERYTHING_KEPT)
    page.reload()
    expect(page.locator("h1")).to_have_text("Prepare for offline")


def test_a_locked_device_hands_over_what_is_sealed_and_the_office_can_stop_it(world: World, visitor: Visitor) -> None:
    mina = visitor()
    page = with_pin(mina, world)
    write(page, world)
    page.clock.fast_forward(301_000)
    locked(page)

    with page.expect_response("**/sync/v1/sealed"), page.expect_response("**/heartbeat"):
        page.context.set_offline(False)
    device = Device.objects.get(account=world.mina)
    assert Unsent.objects.get(device=device).count == 1
    assert SealedOutbox.objects.get().author == world.mina
    actions.stop_device(device=device, by=world.mina, at=NOW)
    page.reload()
    expect(page.locator("h1")).to_have_text("This device has been stopped")
    mina.check()

    assert '"kind":"outbox"' in page.evaluate(EVERYTHING_KEPT)


def test_every_tab_asks_for_the_pin(world: World, visitor: Visitor) -> None:
    mina = visitor()
    let_in(mina, world.mina)
    beside = mina.page.context.new_page()
    beside.goto(mina.address + path_of("hearth", "workbooks:offline") + f"#/{world.workbook.pk}/1")
    beside.locator("#c0-comment").fill("Typed beside, and secret.")

    page = with_pin(mina, world)
    expect(beside.locator("h1")).to_have_text("Type your PIN")
    try_pin(beside, PIN)
    expect(beside.locator("#c0-comment")).to_have_value("Typed beside, and secret.")
    beside.evaluate("(name) => { new BroadcastChannel(name).postMessage('locked'); }", f"communitas-{world.mina.pk}")
    locked(page)

    assert "and secret" not in page.evaluate(EVERYTHING_KEPT)


def test_wrong_pins_count_where_the_pin_is_changed_too(world: World, visitor: Visitor) -> None:
    mina = visitor()
    page = with_pin(mina, world)

    page.locator("summary", has_text="Take the PIN away").click()
    for left in ("4 more times", "3 more times", "2 more times", "once more"):
        page.locator("#pin-away").fill("271828")
        page.locator("#pin-away").press("Enter")
        expect(page.get_by_role("alert")).to_contain_text(left)
    page.locator("#pin-away").fill("271828")
    page.locator("#pin-away").press("Enter")
    expect(page.locator("h1")).to_have_text("The PIN was wrong five times")
    expect(page.locator("main")).to_contain_text("Nothing of yours can be read")

    assert ENCRYPTED not in page.evaluate(EVERYTHING_KEPT)
