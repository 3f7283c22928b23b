"""The office designs the local report, a resident reads it in large print, and a commissioner by a private link."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from communitas.kit.addresses import path_of
from communitas.reports.models import LocalReport
from communitas.reports.queries.document import build
from communitas.reports.rules import stored
from tests.cast import NOW, World
from tests.e2e.conftest import Visitor
from tests.e2e.persons import Person, let_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def signed(world: World) -> LocalReport:
    """A final report in the design that is in use."""
    report = LocalReport.objects.create(enrolment=world.enrolment, state="drafting", begun_at=NOW)
    document = stored.as_json(build(report, dated_on=NOW.date(), final=True))
    LocalReport.objects.filter(pk=report.pk).update(
        state="final",
        document=document,
        document_hash=stored.document_hash(document),
        delivered_at=NOW - timedelta(days=20),
        first_signed_by=world.cora,
        first_signed_at=NOW,
        signed_by=world.cyrus,
        signed_at=NOW,
    )
    return report


def test_a_report_is_designed_read_in_large_print_and_shared(world: World, visitor: Visitor) -> None:
    cora, mina, lena, commissioner = (Person(visitor()) for _ in range(4))
    for person, account in ((cora, world.cora), (mina, world.mina), (lena, world.lena)):
        let_in(person.watched, account)

    # A colour that is too pale is refused with a sentence; a darker one is kept, looked at and used.
    cora.go("reports:designs")
    cora.main.get_by_label("Main colour").fill("#88aacc")
    cora.main.get_by_label("Welcome").fill("This report is for all of us.")
    cora.press("Keep and look at it")
    cora.reads("at least 4.5 to 1")
    cora.main.get_by_label("Main colour").fill("#2b3f8c")
    cora.press("Keep and look at it")
    cora.reads("This is a sample.", "This report is for all of us.")
    expect(cora.main.get_by_role("heading", level=1)).to_have_css("color", "rgb(43, 63, 140)")
    cora.look_everywhere()
    cora.press("Use this design")
    cora.reads("Version 1 is used from now on.", "In use")

    # A resident reads it; a link into a closed section opens it; the short version is large.
    report = signed(world)
    mina.go("reports:local", report.pk)
    mina.reads("This report is for all of us.")
    expect(mina.main.locator("details.part").first).not_to_have_attribute("open", "")
    mina.page.goto(mina.page.url + "#c-1.1")
    expect(mina.main.locator("[id='c-1.1']")).to_be_visible()
    mina.press("Large print")
    mina.reads("The marks", "not applicable")
    expect(mina.main.locator(".large p").last).to_have_css("font-size", "24px")
    mina.look_everywhere()

    # The lead makes a private link; whoever has it reads the report, until it is ended.
    lena.go("reports:links", report.pk)
    lena.main.get_by_label("Who gets it").fill("Calder Vale commissioners")
    lena.main.get_by_label("Why").fill("The yearly contract")
    lena.press("Make a link")
    lena.reads("It is shown only once", "not yet")
    address = lena.main.locator(".address").inner_text()
    path = address[address.index("/hearth/") :]
    commissioner.watched.open(path, axe=False)
    commissioner.reads("This report is private.", "Calder Vale commissioners", "This report is for all of us.")
    commissioner.look_everywhere()
    lena.go("reports:links", report.pk)
    lena.reads("once,")
    lena.press("End this link")
    lena.reads("It opens nothing any more.")
    commissioner.watched.open(path, expect=410)
    commissioner.reads("This link has ended")
    assert path_of("hearth", "web:home") not in commissioner.page.content()
