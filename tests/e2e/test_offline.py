"""The offline workbook in a real browser: written without a network, sent when there is one, nothing lost."""

import json
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Route, expect

from communitas.kit.addresses import path_of
from communitas.members.models import Access
from communitas.workbooks import actions, queries
from communitas.workbooks.models import Device, Event, Quarantined, Review, SealedOutbox, Workbook
from communitas.workbooks.rules.fold import State
from communitas.workbooks.rules.registers import SELF, comment
from communitas.workbooks.views import offline
from tests.cast import NOW, World
from tests.e2e.conftest import Visitor
from tests.e2e.offline import EVERYTHING_KEPT, FULL, LOSE_EVERYTHING, bar, kept_for_offline, opened, send_now
from tests.e2e.persons import let_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def state_of(workbook: Workbook) -> State:
    return queries.state_of(queries.self_reviews().get(pk=workbook.pk))


def _answer(fault: dict[str, Any], route: Route) -> None:
    route.fulfill(**fault)


def test_answers_written_without_a_network_arrive_once_when_it_is_back(world: World, visitor: Visitor) -> None:
    mina = visitor()
    let_in(mina, world.mina)
    page = opened(mina, f"#/{world.workbook.pk}/1")
    page.locator("#c0 label", has_text="Partly met").click()
    bar(page, "The one answer is with the office")
    kept_for_offline(page)
    mina.check_everywhere()

    page.context.set_offline(True)
    page.locator("#c1 fieldset").focus()
    page.keyboard.press("2")
    page.keyboard.press("c")
    page.keyboard.type("We cook together.")
    bar(page, "2 answers only on this device since")
    page.reload()
    expect(page.locator('#c1 input[value="2"]')).to_be_checked()
    expect(page.locator("#c1-comment")).to_have_value("We cook together.")
    page.context.set_offline(False)
    bar(page, "All 3 answers are with the office")

    state = state_of(world.workbook)
    assert [state.answer(key, SELF).score for key in ("c1-1", "c1-2")] == [1, 2]
    assert [note.text for note in state.comments("c1-2", comment("self"))] == ["We cook together."]
    assert Event.objects.filter(workbook=world.workbook).count() == 3


def test_only_the_servers_own_word_counts_as_sent(world: World, visitor: Visitor) -> None:
    stefan = visitor()
    let_in(stefan, world.stefan)
    page = opened(stefan, f"#/{world.workbook.pk}/1")
    bar(page, "Everything is with the office")
    faults: list[tuple[dict[str, Any], str]] = [
        ({"status": 200, "content_type": "text/html", "body": "<h1>Free wifi</h1>"}, "Another page answered"),
        ({"status": 302, "headers": {"Location": "/hearth/accounts/login/"}}, "Another page answered"),
        ({"status": 200, "content_type": "application/json", "body": '{"protocol": 1, "resul'}, "broke off"),
        ({"status": 500, "content_type": "text/html", "body": "Oh"}, "has a problem"),
        ({"status": 200, "json": {"protocol": 1, "epoch": "e", "results": []}}, "Another page answered"),
    ]

    page.locator("#c0 label", has_text="Partly met").click()
    bar(page, "The one answer is with the office")
    for number, (fault, words) in enumerate(faults):
        page.route("**/sync/v1/*/events", partial(_answer, fault))
        page.locator("#c1 input").nth(number % 3).check(force=True)
        page.get_by_role("button", name="Send now").click()
        expect(page.locator("[data-detail]")).to_contain_text(words)
        bar(page, "only on this device since")
        page.unroute("**/sync/v1/*/events")
    send_now(page)
    bar(page, "All 2 answers are with the office")

    sent = Event.objects.filter(workbook=world.workbook)
    assert len(set(sent.values_list("event_id", flat=True))) == sent.count()
    assert sent.values("device_id", "device_seq").distinct().count() == sent.count()
    assert state_of(world.workbook).answer("c1-2", SELF).score == 1


def test_writing_goes_on_when_the_session_ends_and_signing_in_sends_it(world: World, visitor: Visitor) -> None:
    mina = visitor()
    let_in(mina, world.mina)
    page = opened(mina, f"#/{world.workbook.pk}/1")
    bar(page, "Everything is with the office")

    Session.objects.all().delete()
    page.locator("#c0 label", has_text="Not met").click()
    bar(page, "Sign in to send 1")
    page.get_by_role("button", name="Sign in").click()
    mina.check()
    panel = page.get_by_role("dialog")
    panel.get_by_label("Username or e-mail address").fill("mina")
    panel.get_by_label("Password").fill("not this one")
    panel.get_by_role("button", name="Sign in", exact=True).click()
    expect(panel.get_by_role("alert")).to_contain_text("not right")
    panel.get_by_label("Password").fill("a quiet word")
    panel.get_by_role("button", name="Sign in", exact=True).click()
    bar(page, "The one answer is with the office")

    assert [one.author_id for one in Event.objects.filter(workbook=world.workbook)] == [world.mina.pk]


def test_another_person_sees_only_initials_and_a_number(world: World, visitor: Visitor) -> None:
    tablet = visitor()
    let_in(tablet, world.mina)
    page = opened(tablet, f"#/{world.workbook.pk}/1")
    bar(page, "Everything is with the office")
    page.route("**/sync/v1/*/events", lambda route: route.abort())
    page.locator("#c0 label", has_text="Not met").click()
    page.locator("#c0-comment").fill("Only Mina knows this.")
    bar(page, "2 answers only on this device")

    page.goto(f"{tablet.address}/hearth/offline/#/")
    page.unroute("**/sync/v1/*/events")
    let_in(tablet, world.stefan)
    page.reload()
    expect(page.locator("main")).to_contain_text("M has 2 unsent on this device")
    tablet.check()
    left = page.evaluate(EVERYTHING_KEPT)
    assert "Only Mina knows this." not in left
    assert Event.objects.filter(workbook=world.workbook).count() == 0

    let_in(tablet, world.mina)
    with page.expect_response("**/sync/v1/sealed"):
        page.reload()
    bar(page, "Everything is with the office")
    assert [one.author_id for one in SealedOutbox.objects.all()] == [world.mina.pk]


def test_signing_out_with_unsent_answers_keeps_them_locked(world: World, visitor: Visitor) -> None:
    lena = visitor()
    let_in(lena, world.lena)
    page = opened(lena, f"#/{world.workbook.pk}/1")
    kept_for_offline(page)
    page.context.set_offline(True)
    page.locator("#c0 label", has_text="Partly met").click()
    bar(page, "1 answer only on this device")
    page.get_by_role("link", name="Sign out").click()
    expect(page.locator("main")).to_contain_text("1 answer is only on this device")
    with page.expect_download() as found:
        page.get_by_role("button", name="Save a sealed copy and sign out").click()
    expect(page.locator("h1")).to_contain_text("You are signed out")
    lena.check()
    page.reload()
    expect(page.locator("main")).to_contain_text("L has 1 unsent on this device")
    page.context.set_offline(False)
    page.goto(f"{lena.address}/hearth/offline/")
    expect(page.locator("h1")).to_contain_text("Sign in to begin")

    copy = json.loads(Path(found.value.path()).read_text("utf-8"))
    assert (copy["wbk"], copy["count"], copy["account"]) == (1, 1, str(world.lena.pk))
    assert Session.objects.count() == 0


def test_signing_out_on_an_ordinary_page_asks_first_and_leaves_nothing_to_read(world: World, visitor: Visitor) -> None:
    stefan = visitor()
    let_in(stefan, world.stefan)
    review = path_of("hearth", "workbooks:self_review", world.workbook.pk)
    page = stefan.open(review, axe=False)
    page.get_by_role("link", name="Work without a network").click()
    expect(page.locator("[data-check=trial]")).to_have_attribute("data-ok", "true")
    page.get_by_role("link", name="Open the workbook").click()
    page.get_by_role("link", name="Section 1").click()
    page.route("**/sync/v1/*/events", lambda route: route.abort())
    page.locator("#c0 label", has_text="Partly met").click()
    bar(page, "1 answer only on this device")

    stefan.open(review, axe=False)
    page.locator(".who summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("h1")).to_contain_text("Sign out of this device")
    page.unroute("**/sync/v1/*/events")
    page.get_by_role("button", name="Send and sign out").click()
    expect(page.locator("h1")).to_contain_text("You are signed out")
    assert "people agree on matter" not in page.evaluate(EVERYTHING_KEPT)
    assert Event.objects.filter(workbook=world.workbook).count() == 1
    assert Session.objects.count() == 0


def test_two_tabs_and_a_killed_worker_send_each_answer_once(world: World, visitor: Visitor) -> None:
    stefan = visitor()
    let_in(stefan, world.stefan)
    first = opened(stefan, f"#/{world.workbook.pk}/1")
    kept_for_offline(first)
    bar(first, "Everything is with the office")
    second = first.context.new_page()
    second.goto(first.url)
    second.locator("#c0").wait_for()
    first.context.set_offline(True)

    first.locator("#c0 label", has_text="Partly met").click()
    expect(second.locator('#c0 input[value="1"]')).to_be_checked()
    second.locator("#c1 label", has_text="Not met").click()
    bar(first, "2 answers only on this device")
    browser = first.context.new_cdp_session(first)
    browser.send("ServiceWorker.enable")
    browser.send("ServiceWorker.stopAllWorkers")
    first.reload()
    bar(first, "2 answers only on this device")
    first.context.set_offline(False)
    for page in (first, second):
        bar(page, "All 2 answers are with the office")

    assert Event.objects.filter(workbook=world.workbook).count() == 2


def test_preparing_says_what_is_wrong_and_storage_that_fails_is_told(world: World, visitor: Visitor) -> None:
    mina = visitor()
    let_in(mina, world.mina)
    page = mina.page
    page.clock.install(time=datetime(2017, 1, 1, tzinfo=UTC))
    opened(mina, f"#/{world.workbook.pk}/prepare")
    clock = page.locator("[data-check=clock]")
    expect(clock).to_contain_text("minutes off")
    for name in ("shell", "book", "earlier", "trial"):
        expect(page.locator(f"[data-check={name}]")).to_have_attribute("data-ok", "true")
    mina.check()

    page.goto(f"{mina.address}/hearth/offline/#/{world.workbook.pk}/1")
    page.locator("#c0").wait_for()
    page.evaluate(FULL)
    page.locator("#c0 label", has_text="Partly met").click()
    bar(page, "This device could not keep your last words")
    page.locator("#c1 legend").click()  # who turns to something else finds the words there afterwards
    page.clock.run_for(3000)
    expect(page.locator('#c0 input[value="1"]')).to_be_checked()
    page.evaluate("() => { IDBObjectStore.prototype.put = window.put; }")
    page.get_by_role("button", name="Try again").click()
    page.clock.run_for(3000)
    bar(page, "The one answer is with the office")

    [event] = Event.objects.filter(workbook=world.workbook)
    assert event.made_at.year == 2017


def test_a_browser_that_keeps_nothing_or_has_lost_it_says_so(world: World, visitor: Visitor) -> None:
    private = visitor()
    let_in(private, world.mina)
    private.page.add_init_script(
        "delete window.indexedDB; Object.defineProperty(window, 'indexedDB', { value: undefined })"
    )
    page = opened(private, f"#/{world.workbook.pk}", axe=True)
    expect(page.locator("main")).to_contain_text("print the workbook")

    evicted = visitor()
    let_in(evicted, world.stefan)
    page = opened(evicted, f"#/{world.workbook.pk}/1")
    page.locator("#c0 label", has_text="Partly met").click()
    bar(page, "The one answer is with the office")
    page.goto("about:blank")
    page.goto(f"{evicted.address}/hearth/offline/manifest.webmanifest")
    page.evaluate(LOSE_EVERYTHING)
    opened(evicted, f"#/{world.workbook.pk}/1")
    bar(page, "This browser removed the offline copy; the office holds 1")


def test_an_answer_to_a_closed_review_is_put_aside_and_a_person_who_is_removed_keeps_nothing(
    world: World, visitor: Visitor
) -> None:
    stefan = visitor()
    let_in(stefan, world.stefan)
    with stefan.page.expect_response("**/heartbeat"):
        page = opened(stefan, f"#/{world.workbook.pk}/1")
    page.evaluate("() => { const now = Date.now(); Date.now = () => now; }")  # what is written now never settles
    page.locator("#c0 label", has_text="Partly met").click()
    bar(page, "1 answer only on this device")

    Review.objects.filter(pk=world.workbook.review_id).update(state="sent")
    with page.expect_response("**/book"):  # the app knows of it before it sends
        page.evaluate("dispatchEvent(new Event('online'))")
    page.get_by_role("button", name="Send now").click()
    bar(page, "1 needs a decision")
    expect(page.locator("#c0-said, #c0 .said")).to_contain_text("put it aside")
    assert Quarantined.objects.filter(workbook=world.workbook).count() == 1

    Access.objects.filter(account=world.stefan).delete()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("h1")).to_contain_text("You no longer have access")
    assert "c1-1" not in page.evaluate(EVERYTHING_KEPT)


def test_a_new_version_waits_until_everything_is_sent(
    world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    mina = visitor()
    let_in(mina, world.mina)
    page = opened(mina, f"#/{world.workbook.pk}/1")
    kept_for_offline(page)
    page.route("**/sync/v1/*/events", lambda route: route.abort())
    page.locator("#c0 label", has_text="Partly met").click()
    bar(page, "1 answer only on this device")

    monkeypatch.setattr(offline, "version", lambda shell, files: "the next one")
    page.evaluate("navigator.serviceWorker.getRegistration().then((found) => found.update()).then(() => null)")
    expect(page.locator("[data-detail]")).to_contain_text("waits until everything is sent")
    page.locator("h1").click()
    with page.expect_navigation():
        page.unroute("**/sync/v1/*/events")
        send_now(page)
    bar(page, "The one answer is with the office")

    assert "the next one" in page.evaluate("caches.keys().then((names) => names.join())")


def test_a_stopped_device_erases_what_can_be_read(world: World, visitor: Visitor) -> None:
    lost = visitor()
    let_in(lost, world.mina)
    with lost.page.expect_response("**/heartbeat"):
        page = opened(lost, f"#/{world.workbook.pk}/1")
    device = Device.objects.get(account=world.mina)

    actions.stop_device(device=device, by=world.mina, at=NOW)
    page.reload()
    expect(page.locator("h1")).to_contain_text("This device has been stopped")
    lost.check()

    assert "people agree on matter" not in page.evaluate(EVERYTHING_KEPT)
