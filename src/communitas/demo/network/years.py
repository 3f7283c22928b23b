"""A whole cycle that ran in this installation: last year's."""

from datetime import date, timedelta
from typing import Final

from communitas.cycles import actions as cycles
from communitas.cycles.models import Cycle, Enrolment
from communitas.demo.network import improving, reporting, reviews
from communitas.demo.network.calendar import moment
from communitas.demo.network.data import Place
from communitas.demo.network.founding import Hearth
from communitas.demo.network.luck import luck
from communitas.demo.network.past import EDITION_OF_YEAR
from communitas.demo.network.reviews import Round
from communitas.demo.network.teams import Pool
from communitas.visits import actions as visits

LAST: Final = 4
CAST: Final = {"LARK": ("ludo", "rafi", "nadia"), "OAKT": ("ludo",), "QUAY": ("nadia",)}
PATHWAY: Final = {"developmental": "developmental", "full": "peer_review", "accredited": "accreditation"}


def open_year(hearth: Hearth, year: int) -> Cycle:
    """The office opens a cycle."""
    calendar = hearth.calendar
    cycle = cycles.open_cycle(
        network=hearth.network,
        name=calendar.name(year),
        opens_on=calendar.opens(year),
        closes_on=calendar.closes(year),
        edition=hearth.editions[EDITION_OF_YEAR[year]],
        by=hearth.cora,
        at=moment(calendar.opens(year), 9),
        previous=hearth.cycles.get(year - 1),
    )
    hearth.cycles[year] = cycle
    return cycle


def enrol_everybody(hearth: Hearth, year: int) -> dict[str, Enrolment]:
    """Everybody whose membership opens a pathway joins; the others are told apart."""
    calendar, cycle = hearth.calendar, hearth.cycles[year]
    edition_modules = {layer.code for layer in cycle.edition.layers.filter(kind="module")}
    joined: dict[str, Enrolment] = {}
    for place in hearth.chosen:
        data = place.data
        if data["membership"] not in PATHWAY or data["joined_on"] > calendar.opens(year):
            continue
        joined[place.code] = cycles.enrol(
            cycle=cycle,
            community=hearth.communities[place.code],
            pathway=PATHWAY[data["membership"]],
            modules=[module for module in data["modules"] if module in edition_modules],
            by=hearth.cora,
            at=moment(calendar.opens(year) + timedelta(days=2)),
        )
    return joined


def run_last_year(hearth: Hearth, pool: Pool) -> None:
    """Every community goes the whole way, from its self-review to its certificate."""
    open_year(hearth, LAST)
    joined = enrol_everybody(hearth, LAST)
    for number, (code, enrolment) in enumerate(sorted(joined.items(), key=lambda pair: (pair[0] not in CAST, pair[0]))):
        round_ = Round(hearth, pool, hearth.place(code), enrolment, LAST, _anchor(hearth, hearth.place(code)))
        reviews.plan_visit(round_)
        reviews.ask_team(round_, cast=CAST.get(code, ()))
        reviews.appoint(round_)
        reviews.confirm_visit(round_)
        if enrolment.pathway == "developmental":
            finish_developmental(round_)
            continue
        most = 9 if code in CAST or number < len(CAST) else 2
        reviews.open_self_review(round_)
        reviews.answer_self(round_)
        reviews.send_self_review(round_)
        reviews.score_alone(round_, most=most)
        reviews.hold_visit(round_)
        reviews.agree(round_)
        reviews.close_peer_review(round_)
        reporting.draft(round_)
        reporting.deliver(round_)
        reporting.raise_points(round_, number % 3)
        reporting.answer(round_)
        reporting.decide(round_)
        reporting.sign_first(round_)
        reporting.sign_second(round_)
        reporting.plan(round_)
        reporting.complete(round_)
        reporting.issue_certificate(round_)
        reporting.finish_actions(round_)
        improving.share(round_, number)
        if number == 0:
            improving.show(round_)
    cycles.close_cycle(cycle=hearth.cycles[LAST], by=hearth.cora, at=moment(hearth.calendar.closes(LAST), 16))


def finish_developmental(round_: Round) -> None:
    """A supportive visit, unscored: held, closed, and the certificate says so."""
    reviews.hold_visit(round_)
    visits.close(visit=round_.visit, by=round_.cora, at=round_.at(3, 11))
    reporting.prepare_certificate(round_)
    reporting.issue_certificate(round_)


def _anchor(hearth: Hearth, place: Place) -> date:
    chance = luck(hearth.seed, "visit", place.code)
    day = hearth.calendar.opens(LAST) + timedelta(days=chance.randrange(105, 240))
    return hearth.calendar.visit((day - hearth.calendar.today).days)
