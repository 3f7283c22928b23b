"""What follows from a plan: evidence of its actions, and achievements that are shared with the network."""

from typing import Final

from communitas.demo.network.reviews import Round
from communitas.reports import actions as reports
from communitas.reports import queries as report_queries
from communitas.reports.queries.practices import achievements_of

SHOWN: Final = b"House meeting\n\nWe agreed how we go on, and who looks after it. We talk about it again in a month.\n"
SHARED: Final = (
    ("Everybody who lives here chairs the morning meeting in turn. A card with the five steps of the meeting lies on "
     "the table, so that nobody needs to know it by heart.", "accept", ""),
    ("New people get a companion for their first month: somebody who came a year before them. Both write down after "
     "each week what was good and what was hard, and the house reads it together.", "accept", ""),
    ("We listen to each other.", "return",
     "This is good to hear. Please say how you do it, so that others can try it."),
    ("Once a month the kitchen is run by those who live here alone: they plan, shop with the budget, cook, and tell "
     "the house meeting what it cost.", "", ""),
)  # fmt: skip


def show(round_: Round) -> None:
    """Minutes and a link stand beside the first action."""
    action = report_queries.actions().filter(enrolment=round_.enrolment).order_by("pk").first()
    if action is None:
        return
    lead, at = round_.house.lead, round_.at(205)
    reports.add_file(action=action, pieces=[SHOWN], name="House meeting.txt", by=lead, at=at)
    reports.add_link(action=action, link="https://example.org/what-we-tried", name="What we tried", by=lead, at=at)


def share(round_: Round, number: int) -> None:
    """The lead offers the first achievement; the office takes it in, gives it back, or has not read it yet."""
    if number >= len(SHARED):
        return
    report = report_queries.final_report(round_.enrolment)
    if report is None or not achievements_of(report.enrolment):
        return
    words, verb, reason = SHARED[number]
    practice = reports.offer_practice(
        enrolment=report.enrolment, number=1, text=words, by=round_.house.lead, at=round_.at(90, 10)
    )
    if verb == "accept":
        reports.accept_practice(practice=practice, by=round_.cora, at=round_.at(92, 10))
    elif verb == "return":
        reports.return_practice(practice=practice, reason=reason, by=round_.cora, at=round_.at(92, 10))
