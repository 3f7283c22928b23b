"""The year begins: a cycle, two communities, their visits and teams."""

from datetime import timedelta

from tests.e2e.year.world import LEADS, TEAMS, Year


def begin(year: Year) -> None:
    """The office opens a cycle with the edition and enrols two communities."""
    cora = year["cora"]
    cora.go("web:home")
    cora.press("Begin a cycle")
    cora.look_everywhere()
    cora.fill("Name", "2027")
    cora.fill("Opens on", (year.today - timedelta(days=120)).isoformat())
    cora.fill("Closes on", (year.today + timedelta(days=240)).isoformat())
    cora.main.get_by_label("Edition").select_option(label=str(year.edition))
    cora.press("Begin the cycle")

    cora.main.get_by_label("Lark House").check()
    cora.main.get_by_label("Oak Court").check()
    cora.main.get_by_label("Pathway").select_option(label="peer review")
    cora.look_everywhere()
    cora.press("Enrol the ticked ones")
    cora.reads("2 communities joined the cycle.", "2 without a visit date")


def plan_visits(year: Year) -> None:
    """The office plans both visits, finds reviewers and asks them."""
    cora = year["cora"]
    for code, team in TEAMS.items():
        cora.go("visits:plan", year.enrolment(code).pk)
        cora.fill("Date", year.today.isoformat())
        cora.main.get_by_label("on site").check()
        cora.press("Plan the visit")
        for name, seat in team:
            cora.go("visits:candidates", year.visit(code).pk)
            cora.main.get_by_label("Seat").select_option(label=seat)
            cora.press("Show")
            cora.press(f"Ask {name.capitalize()}")
            cora.reads(f"{name.capitalize()} is asked.")
    cora.go("visits:candidates", year.visit("LARK").pk)
    cora.look_everywhere()


def answer_the_office(year: Year) -> None:
    """Everybody who was asked says yes; the host says what the team needs to know."""
    for code, team in TEAMS.items():
        for name, _seat in team:
            person = year[name]
            person.go("visits:mine")
            person.press("Answer")
            person.press("Yes, I will come")
            person.reads("Thank you. You are on the team.")
        lead = year[LEADS[code]]
        lead.go("visits:practical", year.visit(code).pk)
        lead.fill("Where to come", "The green door beside the garden.")
        lead.press("Save")
        lead.reads("The green door beside the garden.")


def confirm_visits(year: Year) -> None:
    """The office appoints the teams, with one empty seat each, and confirms the days."""
    cora = year["cora"]
    for code in TEAMS:
        cora.go("visits:visit", year.visit(code).pk)
        cora.reads("One staff reviewer seat is empty.")
        cora.press("Appoint the team")
        cora.press("Confirm the visit")
        cora.reads("The visit is confirmed and the team has been told.")
    cora.look_everywhere()
    cora.go("visits:list")
    cora.look_everywhere()


def open_self_reviews(year: Year) -> None:
    """The windows have begun: the office opens both self-reviews from the cockpit."""
    cora = year["cora"]
    cora.go("cycles:now")
    cora.press("Open them")
    cora.reads("2 self-reviews are open now.")
    cora.look_everywhere()
