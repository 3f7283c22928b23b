"""What is known when a seat is empty: who could follow, who has left already, and what was offered to whom."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from communitas.allocation.models import Acceptance, AskingStop, Offer, Plan, Reserve
from communitas.allocation.queries.building import Building
from communitas.allocation.queries.facts import read_facts, travel_of
from communitas.allocation.queries.naming import named
from communitas.allocation.queries.plans import hosts_of
from communitas.allocation.rules.alternatives import Alternative, Alternatives
from communitas.allocation.rules.following import BY_ITSELF, Moment
from communitas.allocation.rules.plan import Seated
from communitas.allocation.rules.plan import Visit as PlannedVisit
from communitas.allocation.rules.problem import SEATS, Problem, Seat
from communitas.allocation.rules.reading import ProblemRefused, read_problem
from communitas.allocation.rules.reasons import Reasons
from communitas.cycles.models import Cycle
from communitas.members.models import RoleGrant
from communitas.people.models import Account
from communitas.visits.models import TeamPlace, Visit
from communitas.visits.queries import settings_of, shape_for
from communitas.visits.queries.candidates import TAKEN
from communitas.visits.rules.team import SEATS as SEAT_WORDS
from communitas.visits.rules.team import Place, empty_seats

KEEPING = (Reserve.State.ASKED, Reserve.State.READY)
LATEST = 3  # offers that the page of a visit tells
LAST_PLANS = 5  # acceptances among which the one that arranged a visit is looked for


@dataclass(frozen=True, slots=True)
class Standing:
    """A visit as it stands now, with everybody whom a plan knows. All other visits of the cycle stay as they are."""

    problem: Problem
    planned: PlannedVisit
    names: dict[str, str]

    def ranked(self, seat: str) -> list[Alternative]:
        """Everybody with the level for the seat, the best first; people whom a rule keeps away last."""
        kind = _seat(seat)
        return Alternatives(self.problem, [self.planned]).of_seat(self.planned.host, kind) if kind else []

    def reason(self, seat: str) -> str:
        """Why the seat is empty: everybody who could sit there, counted by what keeps them away."""
        host = self.problem.hosts[0]
        found = Reasons(self.problem, [(host, self.planned.date, self.planned.team)])
        empty = found.visit(host, self.planned.date, self.planned.team).unfilled
        return named(next((one.reason for one in empty if one.seat == seat), ""), self.names)


def standing_of(visit: Visit, *, on: date, at: datetime) -> Standing | None:
    """A visit with a date as a problem of its own; None where plans do not know the visit or its host's place."""
    building = Building(read_facts(visit.enrolment.cycle, at=at), on, {}, only=visit.pk)
    content = building.content()
    if visit.on is None or visit.pk not in building.visits.values():
        return None
    try:  # what people settled against a rule stands, and no pin has to say so
        problem = read_problem(json.dumps(content | {"pinned": []}).encode())
    except ProblemRefused:
        return None
    known = {one.id for one in problem.reviewers}
    places = (one for one in building.facts.places if one.visit == visit.pk and f"p{one.account}" in known)
    pairs = ((f"p{one.account}", _seat(one.seat)) for one in places)
    team = tuple(Seated(person, seat) for person, seat in pairs if seat is not None)
    return Standing(problem, PlannedVisit(problem.hosts[0].id, visit.on, team), building.names)


def moment_of(visit: Visit, *, on: date) -> Moment:
    """How the visit stands today. Two queries."""
    travel = travel_of(visit.enrolment.cycle.network)
    return Moment(
        state=visit.state,
        day=visit.on,
        today=on,
        is_current=visit.enrolment.cycle.state == Cycle.State.OPEN,
        asks=travel.asks_next,
        stopped=stop_of(visit) is not None,
        stop_days=travel.stop_asking_days,
    )


def stop_of(visit: Visit) -> AskingStop | None:
    """Who said that nobody is asked by itself for this visit, if somebody did. One query."""
    return AskingStop.objects.filter(visit=visit, lifted_at=None).select_related("by").first()


def empty_in(visit: Visit) -> dict[str, int]:
    """How many seats of each kind are empty. Two queries."""
    shape = shape_for(settings_of(visit.enrolment.cycle.network), visit.enrolment.pathway)
    taken = visit.places.filter(state__in=TAKEN).values_list("account_id", "seat", "state")
    return empty_seats(shape, [Place(str(account), seat, state) for account, seat, state in taken])


def gone_from(visit: Visit) -> set[str]:
    """Who left the visit, or said that they cannot come, by their ids in a problem. Two queries."""
    left = visit.places.exclude(state__in=TAKEN).values_list("account_id", flat=True)
    unable = Reserve.objects.filter(visit=visit, state=Reserve.State.DECLINED).values_list("account_id", flat=True)
    return _ids([*left, *unable])


def waiting_on(visit: Visit, *, other: bool = False) -> set[str]:
    """Who was asked for another visit of that day, sits on its team, or is a reserve for any. Two queries.

    With `other`, reserves of this visit itself are left out.
    """
    if visit.on is None:
        return set()
    elsewhere = TeamPlace.objects.filter(visit__on=visit.on, state__in=TAKEN).exclude(visit=visit)
    reserved = Reserve.objects.filter(on=visit.on, state__in=KEEPING)
    reserved = reserved.exclude(visit=visit) if other else reserved
    return _ids([*elsewhere.values_list("account_id", flat=True), *reserved.values_list("account_id", flat=True)])


def ready_reserves(visit: Visit, seat: str) -> list[Reserve]:
    """Who keeps the day free for this seat, whoever said so first. One query."""
    if visit.on is None:
        return []
    there = visit.places.filter(state__in=TAKEN).values("account")
    ready = Reserve.objects.filter(visit=visit, seat=seat, state=Reserve.State.READY, on=visit.on)
    return list(ready.exclude(account__in=there).select_related("account").order_by("answered_at", "pk"))


def in_whose_name(visit: Visit, place: TeamPlace, *, at: datetime) -> Account | None:
    """Who accepted the plan of the visit, else who appointed the one who left, else somebody of the office."""
    cycle, host = visit.enrolment.cycle, f"c{visit.enrolment.community_id}"
    accepted = Acceptance.objects.filter(plan__cycle=cycle).select_related("plan", "by").order_by("-at", "-pk")
    for one in accepted[:LAST_PLANS]:
        if host in hosts_of(one.plan):
            return one.by
    if place.appointed_by_id is not None:
        return place.appointed_by
    grants = RoleGrant.objects.filter(network=cycle.network, role="office", since_at__lte=at)
    held = grants.exclude(until_at__lte=at).filter(account__is_active=True)
    first = held.select_related("account").order_by("pk").first()
    return first.account if first else None


def offers_of(visit: Visit) -> QuerySet[Offer]:
    """To whom a seat of the visit was offered on, the newest first."""
    return (
        Offer.objects.filter(visit=visit)
        .select_related("instead_of__account", "place__account", "by", "visit")
        .order_by("-pk")
    )


def without_reserves(cycle: Cycle, *, on: date) -> list[tuple[Visit, int]]:
    """The visits ahead whose team is appointed, with how many reserves are wished beyond those there are. Two queries.

    Visits that have enough are left out.
    """
    wished = travel_of(cycle.network).reserves_wished
    ready = Count("reserves", filter=Q(reserves__state=Reserve.State.READY))
    found = Visit.objects.filter(enrolment__cycle=cycle, state__in=BY_ITSELF, on__gte=on).annotate(ready=ready)
    short = found.filter(ready__lt=wished).select_related("enrolment").order_by("on", "pk")
    return [(visit, wished - visit.ready) for visit in short]


def latest_offers(visits: Iterable[int]) -> dict[int, list[str]]:
    """The last offers of each visit in words, the newest first. One query."""
    found = defaultdict[int, list[str]](list)
    offers = Offer.objects.filter(visit__in=visits).select_related("place__account")
    for one in offers.order_by("-pk"):
        if len(found[one.visit_id]) < LATEST:
            found[one.visit_id].append(f"{SEAT_WORDS[one.seat].capitalize()}: {in_words(one)}")
    return found


def offers_in(plan: Plan, community_id: int) -> list[str]:
    """The last offers of a visit that a plan speaks of, in words. One query."""
    visits = Visit.objects.filter(enrolment__cycle=plan.cycle_id, enrolment__community=community_id)
    return [words for some in latest_offers(visits.values_list("pk", flat=True)).values() for words in some]


def in_words(offer: Offer) -> str:
    """An offer as a sentence: who was asked, as which of how many, and because of what."""
    if offer.place is None:
        return _("Nobody was asked. %(why)s") % {"why": offer.words}
    said = {
        "name": offer.place.account.display_name,
        "rank": offer.rank,
        "count": offer.of_how_many,
        "km": offer.km,
        "cost": f"{offer.difference or 0:,.0f}",
    }
    if offer.how == Offer.How.RESERVE:
        return _("%(name)s kept the day free and was called.") % said
    words = _(
        "%(name)s was asked next: number %(rank)s of %(count)s whom no rule keeps away, %(km)s km from home. "
        "The way and what else counts make %(cost)s in the weights of plans."
    )
    return " ".join(filter(None, [words % said, offer.words]))


def _ids(accounts: Iterable[int]) -> set[str]:
    return {f"p{pk}" for pk in accounts}


def _seat(name: str) -> Seat | None:
    return next((one for one in SEATS if one == name), None)
