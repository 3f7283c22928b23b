"""The year ends: certificates that anybody can check, and national figures that give nobody away."""

from playwright.sync_api import expect

from communitas.recognition.models import Certificate
from communitas.reports.models import NationalReport
from tests import factories
from tests.e2e.year.report import text_of_tagged
from tests.e2e.year.world import Year


def certify(year: Year) -> None:
    """Cora proposes both certificates, Cyrus confirms, and anybody can check one by its code."""
    cora, cyrus, lena, anybody = year["cora"], year["cyrus"], year["lena"], year.anybody()
    cora.go("recognition:list")
    cora.look_everywhere()
    cora.press("Propose them all")
    cora.reads("2 certificates wait for a colleague.")
    for _ in range(2):
        cyrus.go("web:second")
        cyrus.press("Confirm")
        cyrus.reads("Confirmed:")
    issued = Certificate.objects.get(community_name="Lark House")
    lena.go("recognition:own")
    lena.look_everywhere()
    assert "Lark House" in text_of_tagged(lena.downloads("Download"))

    anybody.watched.open("/verify/", axe=False)
    anybody.look_everywhere()
    anybody.page.get_by_role("main").get_by_role("textbox").fill(issued.code.lower())
    anybody.press("Check")
    anybody.reads("This certificate holds", "Lark House")
    anybody.look_everywhere()


def publish(year: Year) -> None:
    """With twelve more communities of the year, Cora freezes the figures and Cyrus releases them."""
    cycle = year.cycle
    factories.make_scored_cycle(cycle, factories.make_scored_communities(year.network, 12))
    cora, cyrus, anybody = year["cora"], year["cyrus"], year.anybody()
    anybody.go("reports:nationals")
    anybody.reads("No national report yet")
    cora.go("reports:national_draft", cycle.pk)
    cora.reads("14 of 14 communities have signed or imported scores.")
    cora.look_everywhere()
    cora.fill("Introduction", "Fourteen communities looked at themselves and at each other.")
    cora.press("Freeze the figures")
    cora.reads("Done")
    report = NationalReport.objects.get(release__cycle=cycle)
    anybody.go("reports:national", report.pk, expect_status=404)
    cora.go("reports:national", report.pk)
    cora.reads("Frozen, not public yet.")
    cora.press("Propose the release")
    cora.reads("Waiting for a second person.")
    cyrus.go("web:second")
    cyrus.press("Confirm")
    cyrus.go("reports:national_exact", report.pk)
    cyrus.reads("For the office only.")


def read_figures(year: Year) -> None:
    """Anybody reads the report: small groups are hidden, no community is named, the PDF says the same."""
    anybody = year.anybody()
    anybody.go("reports:nationals")
    anybody.press("Read the report of 2027")
    anybody.look_everywhere()
    anybody.reads("Fourteen communities looked at themselves and at each other.", "hidden")
    expect(anybody.page.get_by_text("Lark House")).to_have_count(0)
    text = text_of_tagged(anybody.downloads("PDF"))
    assert "Hearth" in text
    assert "Lark House" not in text
