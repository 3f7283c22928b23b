"""A seat of a team fell empty: a reserve is called, or the next person asked, or the office told why nobody is."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communitas.allocation.actions.reserving import call_reserve
from communitas.allocation.models import AskingStop, Offer
from communitas.allocation.queries import following as queries
from communitas.allocation.queries.needed import offered_to
from communitas.allocation.rules import following as rules
from communitas.cycles.models import Cycle
from communitas.cycles.queries import today_in
from communitas.kit import audit
from communitas.kit.addresses import address_of
from communitas.kit.exceptions import NotAllowed
from communitas.people.models import Account
from communitas.visits import actions as visits
from communitas.visits.actions.telling import tell_office
from communitas.visits.models import TeamPlace, Visit
from communitas.visits.queries import visits as all_visits
from communitas.visits.queries.candidates import TAKEN
from communitas.visits.rules.team import SEATS

OBSTACLES = {
    "over": gettext_lazy("Nobody is asked any more: the visit is over or was called off."),
    "closed_cycle": gettext_lazy("Nobody is asked any more: the cycle is not open."),
    "no_date": gettext_lazy("The visit has no date yet. The next plan fills its seats."),
    "too_late": gettext_lazy("The visit is so near that nobody new is asked by itself."),
}


@dataclass(frozen=True, slots=True)
class Seat:
    """An empty seat: of which visit, who left it, and in whose name somebody is asked."""

    visit: Visit
    name: str
    instead_of: TeamPlace | None
    by_itself: bool
    by: Account
    at: datetime

    @property
    def reason(self) -> str:
        """What the history of the visit says of the question."""
        if self.instead_of is None:
            return _("Asked next for an empty seat.")
        who = {"name": self.instead_of.account.display_name, "what": self.instead_of.get_state_display()}
        return _("Asked next, after %(name)s: %(what)s.") % who


@transaction.atomic
def offer_on(*, place: TeamPlace, by: Account | None, at: datetime) -> Offer | None:
    """Offer a seat that fell empty to whoever follows. Everything is read again: None when nothing is to be done.

    `by` is in whose name people are asked; without one whoever accepted the plan, else appointed the one who left.
    """
    visit = _held(place.visit_id)
    moment = queries.moment_of(visit, on=today_in(visit.enrolment.cycle.network, at))
    left = TeamPlace.objects.select_related("account", "appointed_by").get(pk=place.pk)
    by = by or queries.in_whose_name(visit, left, at=at)
    if by is None or rules.obstacle(moment) or moment.state not in rules.BY_ITSELF:
        return None
    if left.seat not in queries.empty_in(visit) or Offer.objects.filter(instead_of=left, by_itself=True).exists():
        return None
    seat = Seat(visit, left.seat, left, True, by, at)
    why = rules.obstacle_by_itself(moment)
    called = _call_reserve(seat)
    if called is not None or why in ("switched_off", "stopped"):
        return called
    return _give_up(seat, str(OBSTACLES[why])) if why else _ask_ranked(seat)


@transaction.atomic
def ask_next(*, visit: Visit, seat: str, by: Account, at: datetime) -> Offer:
    """Offer an empty seat on because somebody of the office wishes so: to a reserve first, then to who is next."""
    held = _held(visit.pk)
    moment = queries.moment_of(held, on=today_in(held.enrolment.cycle.network, at))
    if why := rules.obstacle(moment):
        raise NotAllowed(str(OBSTACLES[why]))
    if seat not in queries.empty_in(held):
        raise NotAllowed(_("This seat is taken."))
    left = held.places.exclude(state__in=TAKEN).filter(seat=seat).select_related("account")
    asked = Seat(held, seat, left.order_by("-answered_at", "-pk").first(), False, by, at)
    return _call_reserve(asked) or _ask_ranked(asked)


@transaction.atomic
def stop_asking(*, visit: Visit, reason: str = "", by: Account, at: datetime) -> AskingStop:
    """From now on nobody new is asked by itself for this visit: the office does so. Reserves are still called."""
    if queries.stop_of(_held(visit.pk)) is not None:
        raise NotAllowed(_("For this visit nobody is asked by itself already."))
    stop = AskingStop.objects.create(visit=visit, reason=reason.strip(), by=by, at=at)
    _note("allocation.stop_asking", visit, by, at, stop=stop.pk)
    return stop


@transaction.atomic
def go_on_asking(*, visit: Visit, by: Account, at: datetime) -> None:
    """Let the next person be asked by itself again. That it was stopped stays as history."""
    if not AskingStop.objects.filter(visit=visit, lifted_at=None).update(lifted_at=at, lifted_by=by):
        raise NotAllowed(_("This was taken back already."))
    _note("allocation.go_on_asking", visit, by, at)


def _held(visit_id: int) -> Visit:
    """The visit, read while its cycle is held: two seats that fall empty at once are offered on one after the other."""
    cycle = Cycle.objects.filter(enrolments__visit=visit_id).values("pk")
    Cycle.objects.select_for_update(of=("self",)).get(pk__in=cycle)
    return all_visits().get(pk=visit_id)


def _call_reserve(seat: Seat) -> Offer | None:
    """The first reserve who is ready and whom no rule keeps away by now: on the team at once, and told so."""
    for reserve in queries.ready_reserves(seat.visit, seat.name):
        try:
            with transaction.atomic():
                place = _ask(seat, reserve.account, quietly=True)
                visits.accept_place(place=place, by=reserve.account, at=seat.at)
        except (NotAllowed, IntegrityError):
            continue  # they stay in reserve: what stands against them may pass
        call_reserve(reserve=reserve, by=seat.by, at=seat.at)
        return _record(seat, Offer.How.RESERVE, place=place)
    return None


def _ask_ranked(seat: Seat) -> Offer:
    """The best person whom no rule keeps away; when a rule of visits refuses one meanwhile, the one after."""
    standing = queries.standing_of(seat.visit, on=today_in(seat.visit.enrolment.cycle.network, seat.at), at=seat.at)
    if standing is None:
        return _give_up(seat, _("Plans do not know this visit, or where its community is."))
    empty = standing.problem.settings.weights["unfilled_seat"]
    ranked, gone = standing.ranked(seat.name), queries.gone_from(seat.visit)
    enrolment = seat.visit.enrolment
    willing = {f"p{pk}" for pk in offered_to(enrolment.cycle, enrolment.community_id, seat.visit.on)}
    follow = rules.who_follows(ranked, gone=gone, waiting=queries.waiting_on(seat.visit), willing=willing)
    follow = follow[: rules.MOST_TRIED]
    accounts = Account.objects.in_bulk([int(one.person[1:]) for one in follow])
    told = list[str]()
    for one in follow:
        account = accounts[int(one.person[1:])]
        try:
            with transaction.atomic():
                place = _ask(seat, account)
        except (NotAllowed, IntegrityError) as why:
            told.append(f"{account.display_name}: {why.why if isinstance(why, NotAllowed) else _('asked already')}")
            continue
        numbers = {
            "rank": one.rank,
            "of_how_many": one.of_how_many,
            "difference": one.difference + empty,
            "km": round(one.km),
        }
        if one.person in willing:
            told.append(_("%(name)s had offered to come.") % {"name": account.display_name})
        return _record(seat, Offer.How.RANKED, place=place, words=" ".join(told), **numbers)
    names = [standing.names[person] for person in rules.worth_asking(ranked, gone=gone)]
    return _give_up(seat, " ".join([*told, standing.reason(seat.name)]), worth_asking=names)


def _ask(seat: Seat, account: Account, *, quietly: bool = False) -> TeamPlace:
    return visits.ask(
        visit=seat.visit,
        account=account,
        seat=seat.name,
        reason=seat.reason,
        quietly=quietly,
        by=seat.by,
        at=seat.at,
    )


def _give_up(seat: Seat, words: str, worth_asking: list[str] | None = None) -> Offer:
    """Nobody is asked. What happens by itself is told to the office by mail; whoever pressed a button reads it."""
    if seat.by_itself:
        network = seat.visit.enrolment.cycle.network
        tell_office(
            visit=seat.visit,
            subject=_("A seat on the visit to %(community)s is empty"),
            template="allocation/mail/nobody_left.txt",
            by=seat.by,
            at=seat.at,
            seat=SEATS[seat.name],
            why=words,
            worth_asking=", ".join(worth_asking or []),
            seats_address=address_of(network.slug, "allocation:seats", seat.visit.pk),
        )
    if worth_asking:
        words += " " + _("Worth asking for this day: %(names)s.") % {"names": ", ".join(worth_asking)}
    return _record(seat, Offer.How.NOBODY, words=words)


def _record(seat: Seat, how: str, **said: object) -> Offer:
    offer = Offer.objects.create(
        visit=seat.visit,
        seat=seat.name,
        instead_of=seat.instead_of,
        how=how,
        by_itself=seat.by_itself,
        by=seat.by,
        at=seat.at,
        **said,
    )
    place = offer.place_id
    _note("allocation.offer_on", seat.visit, seat.by, seat.at, offer=offer.pk, how=how, seat=seat.name, place=place)
    return offer


def _note(verb: str, visit: Visit, by: Account, at: datetime, **detail: object) -> None:
    audit.record(tenant=visit.enrolment.cycle.network.tenant, verb=verb, obj=visit, by=by, at=at, detail=detail)
