"""The visit: each reviewer scores alone, the team agrees, the lead closes."""

from django.utils import timezone
from playwright.sync_api import expect

from communitas.workbooks import actions
from communitas.workbooks.rules.events import Score
from communitas.workbooks.rules.registers import IMPROVEMENT, reviewer
from tests.e2e.year.world import TEAMS, Year

KEYS = [f"c{section}-{number}" for section in (1, 2) for number in (1, 2, 3, 4)]
LARK_SELF: dict[str, Score] = dict(zip(KEYS, (2, 1, 0, "NA", 2, 2, 1, 0), strict=True))
OAK_AGREED: dict[str, Score] = {key: 2 - number % 2 for key, number in zip(KEYS, (1, 2, 3, 4, 1, 2, 3, 4), strict=True)}


def score_alone(year: Year) -> None:
    """Ludo starts; he and Rafi score by hand, Nadia's marks come at once. Nobody sees the others' marks."""
    pk = year.workbook("LARK", "peer").pk
    ludo, rafi = year["ludo"], year["rafi"]
    ludo.go("web:home")
    ludo.look_everywhere()
    ludo.go("visits:visit", year.visit("LARK").pk)
    ludo.press("It took place")
    ludo.go("workbooks:peer_review", pk)
    ludo.press("Start scoring")
    ludo.mark(0, "Partly met")
    rafi.go("workbooks:peer_section", pk, 1)
    rafi.reads("Lark House")
    expect(rafi.main.get_by_text("Ludo")).to_have_count(0)
    rafi.mark(0, "Met")
    for name, marks in (("ludo", {"c1-1"}), ("rafi", {"c1-1"}), ("nadia", set[str]())):
        _score(year, "LARK", name, {key: mark for key, mark in LARK_SELF.items() if key not in marks})
        year[name].go("workbooks:peer_review", pk)
        year[name].press("I have finished")
    year["rafi"].reads("You have finished your own scores")


def agree(year: Year) -> None:
    """The lead opens the discussion, takes over what is equal, gives a reason where it differs."""
    pk = year.workbook("LARK", "peer").pk
    ludo = year["ludo"]
    ludo.go("workbooks:peer_review", pk)
    ludo.press("Open the discussion")
    ludo.reads("Ludo", "Rafi")
    ludo.press("Agree where all are equal")
    ludo.go("workbooks:discussion", pk, 1)
    first = ludo.page.locator("[data-criterion]").first
    first.get_by_label("Reason, where it differs from the self-score or is not applicable").fill(
        "Members eat together on weekdays; weekends are still being planned."
    )
    ludo.mark(0, "Partly met")
    ludo.go("workbooks:findings", pk)
    _find(year, "an achievement", "The kitchen is the heart of the house.", "")
    _find(year, "an area for improvement", "Plan the weekends together.", "1.1")
    ludo.look_everywhere()


def _find(year: Year, kind: str, text: str, code: str) -> None:
    ludo = year["ludo"]
    ludo.fill("What the team found", text)
    ludo.main.get_by_label("What it is").select_option(label=kind)
    if code:
        choices = ludo.main.get_by_label("Criterion it belongs to")
        wanted = choices.locator("option", has_text=f"{code} ").first.get_attribute("value")
        choices.select_option(wanted)
    ludo.press("Add")
    ludo.reads(text)


def close(year: Year) -> None:
    """Nothing is missing: the lead closes. Oak Court's team comes to the same point with its own marks."""
    erin, oak = year["erin"], year.workbook("OAK", "peer")
    erin.go("workbooks:peer_review", oak.pk)
    erin.press("Start scoring")
    for name, _seat in TEAMS["OAK"]:
        _score(year, "OAK", name, OAK_AGREED)
    erin.go("workbooks:peer_review", oak.pk)
    erin.press("Open the discussion")
    erin.press("Agree where all are equal")
    actions.write_note(
        workbook=year.workbook("OAK", "peer"),
        criterion_key="c1-1",
        register=IMPROVEMENT,
        text="Say goodbye to everybody who leaves.",
        role="lead_reviewer",
        by=year.accounts["erin"],
        at=timezone.now(),
    )
    for name, code in (("ludo", "LARK"), ("erin", "OAK")):
        lead = year[name]
        lead.go("workbooks:close", year.workbook(code, "peer").pk)
        lead.press("Close the peer-review")
        lead.reads("The peer-review is closed. The draft report can be written now.")
    year["ludo"].look_everywhere()


def _score(year: Year, code: str, name: str, scores: dict[str, Score]) -> None:
    account = year.accounts[name]
    role = "lead_reviewer" if name in {"ludo", "erin"} else "reviewer"
    actions.answer_many(
        workbook=year.workbook(code, "peer"),
        register=reviewer(str(account.pk)),
        scores={
            key: (score, "It would put a person at risk." if score == "NA" else "") for key, score in scores.items()
        },
        role=role,
        by=account,
        at=timezone.now(),
    )
