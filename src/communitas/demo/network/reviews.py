"""One community in one cycle: its visit, its self-review and its peer-review, step by step."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final

from communitas.cycles import actions as cycles
from communitas.cycles.models import Enrolment
from communitas.demo.network.calendar import moment
from communitas.demo.network.data import Place
from communitas.demo.network.founding import Hearth, Household
from communitas.demo.network.scoring import Score, Scorer
from communitas.demo.network.teams import CLIENT_MEMBER, LEAD, STAFF, Pool
from communitas.demo.network.words import Writer
from communitas.people.models import Account
from communitas.standards.rules.edition import Criterion, Level
from communitas.visits import actions as visits
from communitas.visits.models import Visit
from communitas.workbooks import actions as workbooks
from communitas.workbooks import queries as workbook_queries
from communitas.workbooks.models import Workbook
from communitas.workbooks.queries import Book, book_of
from communitas.workbooks.rules.registers import ACHIEVEMENT, AGREED, FEEDBACK, IMPROVEMENT, SELF, reviewer

SEATS: Final = {
    "developmental": (LEAD, STAFF, CLIENT_MEMBER),
    "peer_review": (LEAD, STAFF, STAFF, CLIENT_MEMBER),
    "accreditation": (LEAD, STAFF, CLIENT_MEMBER),
}
AUTHORS: Final = 4  # people who enter a self-review
NOTES: Final = 3  # achievements, and areas for improvement, of a review


def scorer_of(hearth: Hearth, code: str, top: int = 2) -> Scorer:
    """How a community scores; `top` is the highest mark of the edition."""
    data = hearth.place(code).data
    return Scorer(hearth.seed, code, data["strength"], data["candour"], top)


@dataclass
class Round:
    """One enrolment on its way; `anchor` is the day of the visit."""

    hearth: Hearth
    pool: Pool
    place: Place
    enrolment: Enrolment
    year: int
    anchor: date
    team: list[tuple[Account, str]] = field(default_factory=list)
    known: dict[str, Workbook] = field(default_factory=dict)

    @property
    def house(self) -> Household:
        """The people of the community."""
        return self.hearth.households[self.place.code]

    @property
    def cora(self) -> Account:
        """Who acts for the office."""
        return self.hearth.cora

    @cached_property
    def book(self) -> Book:
        """The criteria that apply to the community."""
        full = Enrolment.objects.select_related("edition", "service_type")
        return book_of(full.get(pk=self.enrolment.pk))

    @cached_property
    def section_of(self) -> dict[str, str]:
        """The code of the section of each criterion."""
        return {key: self.book.sections[place].code for key, place in self.book.place_of.items()}

    @cached_property
    def writer(self) -> Writer:
        """Who writes for the community and about it."""
        others = [place.code for place in self.hearth.chosen if place.code != "LARK"]
        return Writer(self.hearth.seed, self.place.code, self.year, self.section_of, others, self.book.top)

    @property
    def scorer(self) -> Scorer:
        """How the community scores."""
        return scorer_of(self.hearth, self.place.code, self.book.top)

    @cached_property
    def agreed(self) -> dict[str, Score]:
        """What the team comes to agree."""
        return self.scorer.agreed(self.book.criteria.values(), year=self.year)

    @cached_property
    def own(self) -> dict[str, Score]:
        """What the community gives itself."""
        return self.scorer.own(self.agreed, year=self.year)

    @property
    def visit(self) -> Visit:
        """The visit as it stands now."""
        return Visit.objects.select_related("enrolment__cycle__network__tenant", "enrolment__community").get(
            enrolment=self.enrolment
        )

    def workbook(self, kind: str) -> Workbook:
        """The workbook of the self-review or the peer-review."""
        if kind not in self.known:
            self.known[kind] = workbook_queries.workbooks().get(review__enrolment=self.enrolment, review__kind=kind)
        return self.known[kind]

    def at(self, days: int, hour: int = 10, minute: int = 0) -> datetime:
        """So many days after the visit, but never later than the story goes."""
        return self.hearth.calendar.past(self.anchor + timedelta(days=days), hour, minute)

    def opened_at(self) -> datetime:
        """When the cycle had just begun."""
        return moment(self.hearth.calendar.opens(self.year) + timedelta(days=9))


def plan_visit(round_: Round, *, form: str = Visit.Form.ON_SITE) -> None:
    """The office agrees a date; all others follow from it."""
    visits.plan(enrolment=round_.enrolment, on=round_.anchor, form=form, by=round_.cora, at=round_.opened_at())


def ask_team(round_: Round, *, cast: Iterable[str] = (), leave_empty: Iterable[str] = (), answers: int = 9) -> None:
    """The office asks a team; the first `answers` people say yes, the others have not answered yet."""
    left = list(leave_empty)
    seats = [seat for seat in SEATS[round_.enrolment.pathway] if seat not in left]
    at = min(round_.at(-84), round_.hearth.calendar.past(round_.hearth.calendar.today - timedelta(days=12)))
    visit = round_.visit
    round_.team = round_.pool.team(round_.place.code, round_.year, seats, cast=cast)
    for number, (who, seat) in enumerate(round_.team):
        place = visits.ask(visit=visit, account=who, seat=seat, by=round_.cora, at=at)
        if number < answers:
            visits.accept_place(place=place, by=who, at=at + timedelta(days=2 + number))


def appoint(round_: Round) -> None:
    """The team stands."""
    visits.appoint_team(visit=round_.visit, by=round_.cora, at=round_.at(-70, 12))


def confirm_visit(round_: Round) -> None:
    """The visit is confirmed to everybody, with what the team needs to know."""
    visit, at = round_.visit, round_.at(-21, 15)
    visits.change_practical(
        visit=visit,
        form=visit.form,
        place=f"The front door of {round_.enrolment.community_name}; somebody will be at the window from nine.",
        link="",
        practical="Lunch is cooked together. Please bring indoor shoes, and tell us what you do not eat.",
        by=round_.cora,
        at=at,
    )
    visits.confirm(visit=visit, by=round_.cora, at=at)


def open_self_review(round_: Round) -> None:
    """The window opens."""
    at = round_.hearth.calendar.past(round_.anchor - timedelta(weeks=14))
    cycles.open_self_review(enrolment=round_.enrolment, by=round_.cora, at=at)
    workbooks.open_self_review(enrolment=round_.enrolment, by=round_.cora, at=at)
    book = round_.workbook("self")
    for who, role in round_.house.everyone[:AUTHORS]:
        if role != "community_lead":
            workbooks.name_contributor(workbook=book, account=who, by=round_.house.lead, at=at + timedelta(hours=2))


def answer_self(round_: Round, *, share: float = 1.0) -> None:
    """The community answers as a group: sections are shared out among several people."""
    book, people = round_.workbook("self"), round_.house.everyone[:AUTHORS]
    keys = list(round_.own)[: round(len(round_.own) * share)]
    comments = round_.writer.comments({key: round_.own[key] for key in keys}, "self")
    last = round_.at(-31) if share == 1 else round_.hearth.now
    for number, (who, role) in enumerate(people):
        mine = [key for key in keys if int(round_.section_of[key] or 0) % len(people) == number]
        if mine:
            workbooks.answer_many(
                workbook=book,
                register=SELF,
                scores=round_.writer.reasons({key: round_.own[key] for key in mine}),
                comments={key: comments[key] for key in mine if key in comments},
                role=role,
                by=who,
                at=last - timedelta(days=3 * (len(people) - number - 1), hours=number),
            )


def send_self_review(round_: Round) -> None:
    """The community lead sends it; three in ten arrive in the last two days."""
    late = round_.place.data["candour"] > 0.2  # about three in ten
    at = round_.at(-29 if late else -30, 20 if late else 11)
    workbooks.send(workbook=round_.workbook("self"), by=round_.house.lead, at=at)


def score_alone(round_: Round, shares: Mapping[int, float] | None = None, *, most: int = 9) -> None:
    """Reviewers score before they talk. `shares` says how far each has come; who is through says so."""
    team = round_.team[:most]
    workbooks.begin(workbook=_peer(round_), by=team[0][0], at=round_.at(-6, 9))
    for number, (who, seat) in enumerate(team):
        share = 1.0 if shares is None else shares.get(number, 0.0)
        role = "lead_reviewer" if seat == LEAD else "reviewer"
        scores = round_.scorer.reviewer(round_.agreed, who.username, year=round_.year)
        kept = {key: scores[key] for key in list(scores)[: round(len(scores) * share)]}
        if not kept:
            continue
        workbooks.answer_many(
            workbook=_peer(round_),
            register=reviewer(str(who.pk)),
            scores=round_.writer.reasons(kept),
            comments=round_.writer.comments(kept, "reviewer", share=0.12),
            role=role,
            by=who,
            at=round_.at(-1, 18 + number),
        )
        if share == 1:
            workbooks.say_finished(workbook=_peer(round_), finished=True, role=role, by=who, at=round_.at(0, 8, number))


def agree(round_: Round, *, share: float = 1.0) -> None:
    """The team talks, and the lead reviewer writes down what it agrees and what it wants to say."""
    lead = round_.team[0][0]
    workbooks.open_discussion(workbook=_peer(round_), by=lead, at=round_.at(0, 13))
    kept = {key: round_.agreed[key] for key in list(round_.agreed)[: round(len(round_.agreed) * share)]}
    workbooks.answer_many(
        workbook=_peer(round_),
        register=AGREED,
        scores=round_.writer.agreed(kept, round_.own),
        comments=round_.writer.comments(kept, "reviewer"),
        role="lead_reviewer",
        by=lead,
        at=round_.at(0, 15),
    )
    for number, key in enumerate(_strengths(round_)[: NOTES if share == 1 else 1]):
        _note(round_, ACHIEVEMENT, key, round_.writer.noted("achievements", round_.section_of[key]), number)
    for number, key in enumerate(_weaknesses(round_)[: NOTES if share == 1 else 1]):
        _note(round_, IMPROVEMENT, key, round_.writer.noted("improvements", round_.section_of[key]), 10 + number)
    if share == 1:
        _note(round_, FEEDBACK, None, round_.writer.draw("team_feedback"), 30)


def hold_visit(round_: Round) -> None:
    """The day has come and gone."""
    who = round_.team[0][0] if round_.team else round_.cora
    visits.hold(visit=round_.visit, by=who, at=round_.at(0, 16, 30), today=round_.anchor)


def close_peer_review(round_: Round) -> None:
    """The agreed scores are complete."""
    workbooks.close(workbook=_peer(round_), by=round_.team[0][0], at=round_.at(1, 9))


def _peer(round_: Round) -> Workbook:
    if "peer" not in round_.known:
        workbooks.prepare_peer_review(enrolment=round_.enrolment, by=round_.cora, at=round_.at(-60))
    return round_.workbook("peer")


def _note(round_: Round, register: object, key: str | None, text: str, minute: int) -> None:
    workbooks.write_note(
        workbook=_peer(round_),
        criterion_key=key,
        register=register,  # type: ignore[arg-type]
        text=text,
        role="lead_reviewer",
        by=round_.team[0][0],
        at=round_.at(0, 16, minute),
    )


def _strengths(round_: Round) -> list[str]:
    """One criterion of each of the sections that went best."""
    return _one_a_section(round_, [key for key, score in round_.agreed.items() if score == round_.book.top])


def _weaknesses(round_: Round) -> list[str]:
    """One criterion of each section in which something is not met yet, essential ones first."""
    found = [key for key, score in round_.agreed.items() if score != "NA" and score < round_.book.top]
    return _one_a_section(round_, sorted(found, key=lambda key: _weight(round_.book.criteria[key])))


def _weight(criterion: Criterion) -> int:
    return {Level.ESSENTIAL: 0, Level.EXPECTED: 1, Level.DESIRABLE: 2}[criterion.level]


def _one_a_section(round_: Round, keys: Iterable[str]) -> list[str]:
    first: dict[str, str] = {}
    for key in keys:
        first.setdefault(round_.section_of[key], key)
    return list(first.values())
