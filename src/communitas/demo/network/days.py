"""What surrounds the day of a visit: dates, timetables, who meets whom, feedback, and two serious concerns."""

from datetime import date, datetime, timedelta
from typing import Final

from communitas.cycles.queries import calendar_of
from communitas.demo.network.current import Year
from communitas.demo.network.founding import Hearth
from communitas.demo.network.reviews import Round
from communitas.members import actions as members
from communitas.visits import actions as visits
from communitas.visits import queries
from communitas.visits.rules.feedback import HOST, QUESTIONS, TEAM
from communitas.visits.rules.timetable import Row, read_rows, usual_day

DANGER: Final = (
    "Ring 999, or 112 abroad, and tell the person in charge of the house.\n"
    "Hearth's own line, day and night: 020 7946 0958."
)
OFFERING: Final = ("PAPE", "FENL", "WERF")  # nobody has set a date yet: these offer some
SAID: Final = (
    ("They had read every page, and they asked us first.", "A little more time with the evening group."),
    ("We sat in the kitchen as if we had always been there.", ""),
    ("Two residents showed us everything, and nobody hurried us.", "Please send the gate form a week earlier."),
    ("The meeting in the morning was the heart of the day.", "A quieter room for scoring."),
)


def surround_the_visits(hearth: Hearth, year: Year) -> None:
    """Everything that people arrange around a visit, in the communities whose stories tell of it."""
    _settings(hearth)
    _dates(hearth, year)
    for code in ("SPRB", "OAKT", "LARK"):
        if code in year.rounds:
            _arrange(year.rounds[code], hearth.now)
    for code, answers in (("WREN", 2), ("LOCK", 9)):
        if code in year.rounds:
            _feedback(year.rounds[code], answers)
    _concerns(hearth, year)


def _settings(hearth: Hearth) -> None:
    at = hearth.now - timedelta(days=200)
    members.grant_role(
        account=hearth.cyrus, network=hearth.network, role="office", duties=["sec", "ana", "safe"], by=None, at=at
    )
    visits.change_safeguarding(
        network=hearth.network,
        named=hearth.dee,
        second=hearth.cyrus,
        danger=DANGER,
        acknowledge_hours=4,
        by=hearth.cora,
        at=at,
    )
    day = (
        *usual_day("on_site")[:4],
        Row("walk", "Walk in the garden", 15, "", "Who likes to come", "Garden"),
        *usual_day("on_site")[4:],
    )
    visits.change_template(
        network=hearth.network, pathway="accreditation", form="on_site", rows=day, seen=0, by=hearth.cora, at=at
    )


def days_to_offer(hearth: Hearth) -> list[date]:
    """The three days that every one of these offers, in about nine weeks."""
    calendar, start = calendar_of(hearth.network), hearth.calendar.today + timedelta(weeks=9)
    return [calendar.next_working_day(start + timedelta(days=8 * number)) for number in range(3)]


def _dates(hearth: Hearth, year: Year) -> None:
    """Communities without a visit yet offer dates; so does the one whose visit was postponed."""
    days, late = days_to_offer(hearth), hearth.now - timedelta(days=3)
    for code in OFFERING:
        if code in year.rounds and not queries.visits().filter(enrolment=year.rounds[code].enrolment).exists():
            round_ = year.rounds[code]
            visit = visits.plan(enrolment=round_.enrolment, on=None, by=hearth.cora, at=late - timedelta(days=9))
            visits.offer_dates(visit=visit, days=days, by=round_.house.lead, at=late)
    if "STIL" in year.rounds:
        round_ = year.rounds["STIL"]
        visits.offer_dates(visit=round_.visit, days=days, by=round_.house.lead, at=late)


def _arrange(round_: Round, now: datetime) -> None:
    """The host says who meets the team; host and lead reviewer each change a line; people say what they need."""
    visit, lead = round_.visit, round_.house.lead
    at = min(round_.at(-12), now - timedelta(hours=2))  # a visit may be near
    hidden = round_.enrolment.community.hidden_address
    visits.change_participants(
        visit=visit,
        client_members=14,
        staff=6,
        others=None,
        names="" if hidden else "Pav and Jo show you the house",
        access_needs="Two steps at the front door, a ramp at the side.",
        diet="We cook together: one dish without meat.",
        clearance="Send your full name and date of arrival to the gate a week before." if hidden else "",
        by=lead,
        at=at,
    )
    version = queries.version_of(visit)
    rows = read_rows(version.rows) if version else ()
    changed = [*rows[:2], Row("", "Tea in the kitchen", 15, "", "Everybody", "Kitchen", "", pause=True), *rows[3:]]
    visits.change_timetable(visit=visit, rows=changed, seen=1, by=lead, at=at + timedelta(hours=1))
    for place in visit.places.filter(state="accepted").select_related("account", "visit__enrolment__cycle__network"):
        if place.seat == "client_member":
            visits.change_needs(
                place=place, access_needs="A break when it gets loud.", diet="", clearance="", by=place.account, at=at
            )


def _feedback(round_: Round, answers: int) -> None:
    """Of the visits that took place lately one has all its feedback, the other is still waiting for some."""
    visit, at = round_.visit, min(round_.at(1, 18), round_.hearth.now)
    people = [(round_.house.lead, HOST), *((who, TEAM) for who, _seat in round_.team)]
    for number, (who, side) in enumerate(people[:answers]):
        good, better = SAID[number % len(SAID)]
        given = {key: 4 - (number + place) % 2 for place, key in enumerate(QUESTIONS[side])}
        visits.send_feedback(visit=visit, side=side, answers=given, good=good, better=better, by=who, at=at)


def _concerns(hearth: Hearth, year: Year) -> None:
    """One concern of last week is in hand; one of this afternoon waits."""
    if "LOCK" in year.rounds:
        round_ = year.rounds["LOCK"]
        at = round_.at(0, 14)
        first = visits.raise_concern(
            network=hearth.network,
            visit=round_.visit,
            seen="A door that leads to the stairs was locked from outside while people slept. Staff said it always is.",
            at_risk="Everybody on the second floor at night, if there is a fire.",
            told="The person in charge, at once. The door is open now.",
            by=round_.team[0][0],
            at=at,
        )
        visits.acknowledge_concern(concern=first, by=hearth.dee, at=at + timedelta(minutes=40))
        visits.add_concern_step(
            concern=first,
            words="Spoke with the manager. The lock is off; the fire officer comes on Thursday.",
            by=hearth.dee,
            at=at + timedelta(hours=2),
        )
    if "WREN" in year.rounds and "rafi" in hearth.accounts:
        visits.raise_concern(
            network=hearth.network,
            visit=year.rounds["WREN"].visit,
            seen="Somebody told me that they have had no contact with their family for a month and do not know why.",
            by=hearth.accounts["rafi"],
            at=hearth.now - timedelta(hours=1),
        )
