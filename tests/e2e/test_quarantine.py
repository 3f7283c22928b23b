"""A late answer in a real browser: found, declined with a reason, looked at again, placed; a device is stopped."""

import os
from pathlib import Path

import pytest

from communitas.kit.addresses import path_of
from communitas.workbooks import queries
from communitas.workbooks.rules.registers import SELF
from tests.cast import World
from tests.e2e.conftest import Visitor
from tests.e2e.pages import WatchedPage
from tests.e2e.test_workbook import sign_in
from tests.workbooks.devices import tablet

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("PICTURES")  # a folder: then every page is drawn there, to be looked at


def look(visitor: WatchedPage, name: str) -> None:
    """Check the page in every theme and size."""
    visitor.check_everywhere()
    for theme, width in (("light", 1280), ("dark", 1280), ("light", 320)) if PICTURES else ():
        visitor.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        visitor.page.set_viewport_size({"width": width, "height": 900})
        visitor.page.screenshot(path=str(Path(str(PICTURES)) / f"{name}-{theme}-{width}.png"), full_page=True)


def test_the_lead_decides_about_a_stray_answer_and_stops_nobody_elses_device(world: World, visitor: Visitor) -> None:
    ward = tablet(world, world.stefan, queries.self_reviews().get(pk=world.workbook.pk))
    ward.results(ward.event(score=2))
    stray = ward.event(score=0, edition_hash="e" * 64, reason="We have not met since May.")
    ward.results(stray)
    ward.post("heartbeat", {"device": ward.device, "unsent": 14, "name": "Tablet of the ward"})
    lena, stefan = sign_in(visitor(), world.lena), sign_in(visitor(), world.stefan)

    page = lena.open(path_of("hearth", "workbooks:self_review", world.workbook.pk))
    look(lena, "overview")
    page.get_by_role("link", name="See who wrote it").click()
    page.get_by_text("Tablet of the ward").wait_for()
    look(lena, "unsent")
    page.go_back()
    page.get_by_role("link", name="See what was put aside").click()
    look(lena, "quarantine")
    page.get_by_role("link", name="Stefan").click()
    look(lena, "quarantined")
    page.get_by_role("button", name="Decline it").click()
    page.get_by_text("Please give a reason").first.wait_for()
    page.get_by_label("Your reason").fill("It was a trial.")
    page.get_by_role("button", name="Decline it").click()
    page.get_by_role("button", name="Look at it again").click()
    page.get_by_role("button", name="Place it").click()
    page.get_by_text("No answer is put aside here").wait_for()

    answer = queries.state_of(ward.workbook).answer("c1-1", SELF)
    assert (answer.kind, answer.authors) == ("differ", (str(world.stefan.pk),))

    page = stefan.open(path_of("hearth", "workbooks:my_devices"))
    look(stefan, "my-devices")
    page.get_by_role("button", name="Stop this device").click()
    page.get_by_text("stopped", exact=True).wait_for()


def test_the_contact_for_data_protection_removes_words(world: World, visitor: Visitor) -> None:
    ward = tablet(world, world.stefan, queries.self_reviews().get(pk=world.workbook.pk))
    ward.results(ward.event(register="comment:self", kind="comment", value={"text": "Ask John Doe about it."}))
    dee = sign_in(visitor(), world.dee)

    page = dee.open(path_of("hearth", "workbooks:self_review", world.workbook.pk))
    page.get_by_role("link", name="Remove words for data protection").click()
    look(dee, "removals")
    page.get_by_role("link", name="Remove", exact=False).last.click()
    look(dee, "redact")
    page.get_by_label("Your reason").fill("It names a resident.")
    page.get_by_role("button", name="Remove these words").click()
    page.get_by_text("The entry stays in the history").first.wait_for()

    assert "John Doe" not in page.content()
