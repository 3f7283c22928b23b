"""The cycle that runs: every community stands somewhere else in it."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from communitas.cycles import actions as cycles
from communitas.cycles.models import Enrolment
from communitas.demo.network import comparing, evidence, reporting, reviews, spreadsheets
from communitas.demo.network.calendar import YEARS, moment
from communitas.demo.network.founding import Hearth
from communitas.demo.network.reviews import Round
from communitas.demo.network.teams import CLIENT_MEMBER, Pool
from communitas.demo.network.years import enrol_everybody, finish_developmental, open_year
from communitas.visits import actions as visits
from communitas.workbooks import actions as workbooks
from communitas.workbooks.rules.registers import SELF, comment

# How far each community is, in the order in which it gets there.
REACHED: Final = (
    *("enrolled", "planned", "open", "sent", "confirmed", "scoring", "agreeing", "drafting", "with_host", "deciding"),
    *("signing", "plan", "completed", "proposed", "issued"),
)


@dataclass(frozen=True)
class Story:
    """Where one community stands: its visit so many days from today, how far it is, who is on its team."""

    visit: int | None
    reached: str
    cast: tuple[str, ...] = ()
    team: str = "whole"  # whole, asking, none
    share: float = 1.0  # of the work that is under way
    points: int = 0


STORIES: Final = {
    "WREN": Story(-2, "scoring", ("ludo", "rafi", "nadia")),
    "LOCK": Story(-7, "agreeing", ("ludo",), share=0.6),
    "RIDG": Story(19, "sent", ("rafi",), team="asking"),
    "OAKT": Story(13, "sent", ("nadia",)),
    "SPRB": Story(7, "confirmed", ("ludo",)),
    "LARK": Story(34, "open", share=0.81),
    "AURO": Story(41, "open", share=0.34, team="asking"),
    "SPRI": Story(48, "open", share=0.62),
    "HOPE": Story(45, "open", share=0.48, team="asking"),
    "QUAY": Story(62, "open", share=0.16, team="none"),
    "ORCH": Story(70, "open", share=0.05, team="none"),
    "WERF": Story(None, "enrolled"),
    "PAPE": Story(None, "enrolled"),
    "TOBA": Story(26, "sent", team="none"),
    "STIL": Story(21, "sent", team="asking"),
    "TABM": Story(-14, "drafting", share=0.0),
    "CORT": Story(-19, "drafting"),
    "STEP": Story(-3, "scoring", ("ludo",), share=0.0),  # a prison: scored on paper
    "MOUR": Story(-41, "with_host", points=3),
    "OXBO": Story(-50, "deciding", points=4),
    "SALT": Story(-58, "signing", points=2),
    "MILL": Story(-84, "plan", share=0.5, points=1),
    "FELL": Story(-128, "plan", share=0.0),
    "TAFF": Story(-129, "completed", points=1),
    "QUAR": Story(-132, "proposed", points=2),
    "BECK": Story(-150, "issued", points=1),
    "GATE": Story(-147, "issued"),
    "HAZE": Story(-148, "issued", points=2),
    "TABL": Story(-145, "issued"),
    "HAVN": Story(-143, "issued", points=1),
    "WINT": Story(-139, "issued"),
    "CLEA": Story(-136, "issued", points=1),
    "ROWN": Story(-91, "issued"),
    "LANT": Story(-60, "completed"),
    "THOR": Story(29, "confirmed", team="asking"),
    "FENL": Story(None, "enrolled"),
    "ELMS": Story(None, "enrolled"),
    "WEIR": Story(60, "planned", team="none"),
}
SHOWING: Final = frozenset({"WREN", "LOCK"})  # communities whose evidence their visitors see
DIFFERING: Final = 2  # answers of Lark House on which its people do not agree yet
VIEWS: Final = (
    "In our meeting most of us said this is better than last year.",
    "Three of us would say it is not yet like this at weekends.",
)


@dataclass
class Year:
    """The running cycle while it is being made."""

    hearth: Hearth
    pool: Pool
    rounds: dict[str, Round] = field(default_factory=dict)


def run_this_year(hearth: Hearth, pool: Pool) -> Year:
    """Open the cycle, change what changes in its first weeks, and bring each community to where it stands."""
    open_year(hearth, YEARS)
    comparing.declare_cells(hearth)
    joined, year = enrol_everybody(hearth, YEARS), Year(hearth, pool)
    for code, enrolment in joined.items():
        _changes_early(hearth, code, enrolment)
    for code, story in STORIES.items():
        if code in joined:
            enrolment = Enrolment.objects.select_related("cycle__network__tenant", "community").get(pk=joined[code].pk)
            anchor = hearth.calendar.visit(story.visit or 0)
            year.rounds[code] = Round(hearth, pool, hearth.place(code), enrolment, YEARS, anchor)
            bring(year.rounds[code], story)
    for code, round_ in year.rounds.items():
        _changes_late(round_, code)
    return year


def bring(round_: Round, story: Story) -> None:
    """Take one community as far as its story says."""
    if story.visit is None:
        return
    reviews.plan_visit(round_, form="virtual" if round_.place.code == "AURO" else "on_site")
    if round_.enrolment.pathway == "developmental":
        _developmental(round_, story)
        return
    if _reaches(story, "open"):
        reviews.open_self_review(round_)
    _ask(round_, story)
    if not _reaches(story, "open"):
        return
    if not _reaches(story, "sent"):
        reviews.answer_self(round_, share=story.share)
        return
    reviews.answer_self(round_)
    if round_.place.code in SHOWING:
        evidence.show(round_)
    reviews.send_self_review(round_)
    if _reaches(story, "confirmed"):
        reviews.confirm_visit(round_)
    if _reaches(story, "scoring"):
        _peer_review(round_, story)
    if _reaches(story, "drafting"):
        _report(round_, story)


def _reaches(story: Story, what: str) -> bool:
    return REACHED.index(story.reached) >= REACHED.index(what)


def _ask(round_: Round, story: Story) -> None:
    if story.team == "asking":
        reviews.ask_team(round_, cast=story.cast, leave_empty=[CLIENT_MEMBER], answers=1)
    elif story.team == "whole":
        reviews.ask_team(round_, cast=story.cast)
        reviews.appoint(round_)


def _peer_review(round_: Round, story: Story) -> None:
    scoring = story.reached == "scoring"
    reviews.hold_visit(round_)
    shares = {0: 0.9, 1: 0.55, 2: 1.0, 3: 0.2} if story.share else {}
    reviews.score_alone(round_, shares if scoring else None)
    if scoring:
        evidence.show_of_reviewer(round_)
    if not scoring:
        reviews.agree(round_, share=story.share if story.reached == "agreeing" else 1.0)
    if _reaches(story, "drafting"):
        reviews.close_peer_review(round_)


def _report(round_: Round, story: Story) -> None:
    if story.reached != "drafting" or story.share:
        reporting.draft(round_)
    if _reaches(story, "with_host"):
        reporting.deliver(round_)
        reporting.raise_points(round_, story.points)
    if _reaches(story, "deciding"):
        reporting.answer(round_)
        reporting.decide(round_, leave=2 if story.reached == "deciding" else 0)
    if _reaches(story, "signing"):
        reporting.sign_first(round_)
    if _reaches(story, "plan"):
        reporting.sign_second(round_)
        if story.share:
            reporting.plan(round_, leave=1 if story.reached == "plan" else 0)
    if _reaches(story, "completed"):
        reporting.complete(round_)
    if story.reached == "proposed":
        reporting.propose_certificate(round_)
    if story.reached == "issued":
        reporting.issue_certificate(round_)


def _developmental(round_: Round, story: Story) -> None:
    if story.team == "asking":
        reviews.ask_team(round_, answers=1)
        return
    reviews.ask_team(round_)
    reviews.appoint(round_)
    reviews.confirm_visit(round_)
    if story.reached == "issued":
        finish_developmental(round_)
    else:
        reviews.hold_visit(round_)
        visits.close(visit=round_.visit, by=round_.cora, at=round_.at(3, 11))
        reporting.prepare_certificate(round_)


def _changes_early(hearth: Hearth, code: str, enrolment: Enrolment) -> None:
    """A new name and a new type came in the first weeks of the cycle."""
    event, place = hearth.place(code).event, hearth.place(code)
    at = moment(hearth.calendar.opens(YEARS) + timedelta(days=20), 14)
    if event.get("kind") == "rename":
        cycles.rename(enrolment=enrolment, name=place.data["name"], reason=event["reason"], by=hearth.cora, at=at)
    elif event.get("kind") == "change_type":
        kind = hearth.network.service_types.get(code=place.data["service_type"])
        cycles.change_type(enrolment=enrolment, service_type=kind, reason=event["reason"], by=hearth.cora, at=at)


def _changes_late(round_: Round, code: str) -> None:
    """One community left, one joined another, whose visit was postponed; Lark House still talks."""
    hearth, event, late = round_.hearth, round_.place.event, round_.hearth.calendar.past(round_.hearth.calendar.today)
    enrolment = round_.enrolment
    if event.get("kind") == "withdraw":
        cycles.withdraw(enrolment=enrolment, reason=event["reason"], by=hearth.cora, at=late - timedelta(days=90))
    elif event.get("kind") == "merge" and event["into"] in hearth.communities:
        into = hearth.communities[event["into"]]
        cycles.merge(
            enrolment=enrolment, into=into, reason=event["reason"], by=hearth.cora, at=late - timedelta(days=30)
        )
    elif code == "STIL":
        visits.postpone(
            visit=round_.visit,
            reason="Weir Street has just moved in, and the house asked for time to become one community.",
            by=hearth.cora,
            at=late - timedelta(days=6),
        )
    elif code == "HOPE":
        until = round_.anchor - timedelta(weeks=2)
        reason = "Officers were needed elsewhere for three weeks, so the wing asked for more time."
        cycles.extend(
            enrolment=enrolment,
            stage="self_review",
            until=until,
            reason=reason,
            by=hearth.cora,
            at=late - timedelta(days=9),
        )
    elif code == "LARK":
        _lark_still_talks(round_)
        evidence.show(round_)
        spreadsheets.upload_filled(round_)


def _lark_still_talks(round_: Round) -> None:
    """Mina sees two criteria otherwise, and says what client members think of two more."""
    hearth = round_.hearth
    mina, book, late = hearth.accounts["mina"], round_.workbook("self"), hearth.now
    of_others = [key for key in list(round_.own)[:60] if int(round_.section_of[key] or 0) % reviews.AUTHORS != 1]
    answered = [key for key in of_others if round_.own[key] == round_.book.top]  # hers are the sections 1, 5, ...
    other = dict.fromkeys(answered[3 : 3 + DIFFERING], (round_.book.top - 1, ""))
    workbooks.answer_many(
        workbook=book, register=SELF, scores=other, role="client_member", by=mina, at=late - timedelta(hours=2)
    )
    for number, (key, text) in enumerate(zip(answered[10:], VIEWS, strict=False)):
        workbooks.write_note(
            workbook=book,
            criterion_key=key,
            register=comment("client_members"),
            text=text,
            role="client_member",
            by=mina,
            at=late - timedelta(minutes=50 - number),
        )
