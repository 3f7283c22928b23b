"""The local report: drafted, checked by the host, decided by somebody else, signed by two; then the action plan."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Download, expect
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from tests.e2e.year.world import LEADS, Year


def deliver(year: Year) -> None:
    """The lead reviewer writes the summary and delivers the draft; Oak Court's is delivered as it is."""
    ludo, erin = year["ludo"], year["erin"]
    ludo.go("reports:local", year.report("LARK").pk)
    ludo.look_everywhere()
    ludo.press("Write the summary")
    ludo.fill("Summary", "A warm house that looks after its meals and could share its weekends.")
    ludo.press("Save the summary")
    for lead, code in ((ludo, "LARK"), (erin, "OAK")):
        lead.go("reports:local", year.report(code).pk)
        lead.press("Deliver the draft")
        lead.reads("Delivered. The community and the team can read the draft now; the time to check facts runs.")


def check_facts(year: Year) -> None:
    """Lark House raises a point and the team comments; Oak Court finds everything right."""
    lena, rafi, oona = year["lena"], year["rafi"], year["oona"]
    lena.go("web:home")
    lena.go("reports:local", year.report("LARK").pk)
    lena.press("Check the facts")
    lena.look_everywhere()
    choices = lena.main.get_by_label("Which criterion")
    choices.select_option(choices.locator("option", has_text="1.1 ").first.get_attribute("value"))
    lena.fill("What is not right, and what is right", "Weekends have been planned together since May.")
    lena.main.get_by_label("Which score would be right").select_option(label="met")
    lena.press("Add this point")
    rafi.go("reports:local", year.report("LARK").pk)
    rafi.press("Comment on the draft")
    rafi.fill("What is not right, and what is right", "We saw the plan on the wall.")
    rafi.press("Add this comment")
    lena.go("reports:check", year.report("LARK").pk)
    expect(lena.main.get_by_text("We saw the plan on the wall.")).to_have_count(0)
    lena.press("Send the points")
    oona.go("reports:check", year.report("OAK").pk)
    oona.press("Everything is right")


def decide(year: Year) -> None:
    """Cora was not on the visit: she accepts the point, which changes the agreed score, and notes the comment."""
    cora, pk = year["cora"], year.report("LARK").pk
    cora.go("reports:local", pk)
    cora.press("Decide the points")
    cora.look_everywhere()
    cora.press("Decide", within=cora.main.locator("li.point", has_text="Weekends have been planned"))
    cora.main.get_by_label("Accept the point").check()
    cora.fill("Reason", "The team saw the plan too.")
    cora.main.get_by_label("New agreed score").select_option(label="met")
    cora.look_everywhere()
    cora.press("Record the decision")
    cora.press("Decide", within=cora.main.locator("li.point", has_text="We saw the plan"))
    cora.main.get_by_label("Take note: nothing changes").check()
    cora.press("Record the decision")
    cora.reads("The team saw the plan too.")


def sign(year: Year) -> None:
    """Cora signs first, Cyrus second; the first alone does not make it final."""
    cora, cyrus = year["cora"], year["cyrus"]
    for code in ("LARK", "OAK"):
        pk = year.report(code).pk
        cora.go("reports:local", pk)
        cora.press("Sign as the first person")
        cora.reads("Signed by one person.")
        expect(cora.main.get_by_role("button", name="Sign as the second person")).to_have_count(0)
        cyrus.go("web:second")
        cyrus.press("Look at it first")
        cyrus.press("Sign as the second person")
        assert year.report(code).state == "final"
    cyrus.go("reports:locals")
    cyrus.look_everywhere()


def read_and_keep(year: Year) -> None:
    """A resident reads the final report; its PDF is tagged and names the community."""
    mina, lena, pk = year["mina"], year["lena"], year.report("LARK").pk
    mina.go("reports:local", pk)
    mina.reads("A warm house that looks after its meals and could share its weekends.")
    mina.look_everywhere()
    mina.press("Open all sections")
    mina.reads("The team saw the plan too.")
    lena.go("reports:local", pk)
    text = text_of_tagged(lena.downloads("Download the PDF"))
    assert "Lark House" in text
    assert "The kitchen is the heart of the house." in text


def plan_actions(year: Year) -> None:
    """Each lead answers every area and sends the plan, which completes the cycle."""
    for code, name in LEADS.items():
        lead, enrolment = year[name], year.enrolment(code)
        lead.go("web:home")
        lead.press("Open the action plan")
        lead.press("Plan an action")
        lead.fill("What we will do", "Plan every weekend in the Friday meeting.")
        lead.fill("Who sees to it", "The weekend group")
        lead.fill("By when", (year.today + timedelta(days=60)).isoformat())
        lead.press("Save the action")
        lead.press("Send the action plan")
        lead.reads("Sent. Your community has completed this cycle.")
        enrolment.refresh_from_db()
        assert enrolment.stage == "completed"
    year["lena"].look_everywhere()
    year["lena"].press("Plan every weekend in the Friday meeting.")
    year["lena"].look_everywhere()


def text_of_tagged(found: Download) -> str:
    """The words of a PDF that was downloaded; it must be tagged."""
    reader = PdfReader(BytesIO(Path(found.path()).read_bytes()))
    marks = reader.root_object["/MarkInfo"]
    assert isinstance(marks, DictionaryObject)
    assert bool(marks["/Marked"])
    assert "/StructTreeRoot" in reader.root_object
    return " ".join(" ".join(sheet.extract_text().split()) for sheet in reader.pages)
