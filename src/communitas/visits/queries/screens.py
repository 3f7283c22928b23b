"""What the screens of visits show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from communitas.kit.prepared import Finder
from communitas.people.models import Account
from communitas.visits.models import Clearance, Objection, TeamPlace, Visit, VisitSettings
from communitas.visits.queries.settings import settings_of, shape_for
from communitas.visits.rules.team import LEAD, SEATS, Place, empty_seats, empty_seats_in_words, leads_the_team

ON_TEAM = ("asked", "accepted", "absent")
NEXT_FIRST = ("when", "ahead_on", "-on")  # what comes, soonest first; then what has no date; then what is over


@dataclass(frozen=True)
class TeamMember:
    """One seat of a team: who sits on it and what they answered, or that it is empty."""

    seat: str
    seat_words: str
    name: str = ""
    community: str = ""
    answer: str = ""
    place_id: int | None = None
    account_id: int | None = None
    answer_by: date | None = None
    object_until: datetime | None = None
    clearance: Clearance | None = None

    @property
    def empty(self) -> bool:
        return self.place_id is None

    @property
    def is_coming(self) -> bool:
        return self.answer in {"asked", "accepted"}


def visits() -> QuerySet[Visit]:
    """Visits with what their pages show."""
    return Visit.objects.select_related(
        "enrolment__cycle__network__tenant", "enrolment__community__site_clearance", "enrolment__organisation"
    )


visit = Finder(visits)


def in_time(found: QuerySet[Visit], today: date) -> QuerySet[Visit]:
    """Visits in the order NEXT_FIRST, that can be asked whether an answer is `overdue` and the host `objecting`."""
    over = Q(on__lt=today) | Q(state__in=[Visit.State.HELD, Visit.State.CLOSED, Visit.State.CANCELLED])
    when = Case(When(over, then=Value(2)), When(on=None, then=Value(1)), default=Value(0), output_field=IntegerField())
    late = TeamPlace.objects.filter(visit=OuterRef("pk"), state="asked", answer_by__lt=today)
    open_ones = Objection.objects.filter(place__visit=OuterRef("pk"), decision="")
    found = found.alias(overdue=Exists(late), objecting=Exists(open_ones))
    return found.annotate(when=when, ahead_on=Case(When(~over, then=F("on"))))


def short_of_people(found: QuerySet[Visit]) -> QuerySet[Visit]:
    """Those whose team was appointed, that are still to come, and that have a seat without anybody who comes.

    Three queries: how many seats there are is a setting.
    """
    coming = Count("places", filter=Q(places__state__in=["asked", "accepted"]), distinct=True)
    ahead = found.filter(state__in=["team_appointed", "confirmed"]).order_by()
    rows = ahead.annotate(coming=coming).values_list("pk", "enrolment__pathway", "enrolment__cycle__network", "coming")
    kept = {one.network_id: one for one in VisitSettings.objects.filter(network__in={row[2] for row in rows})}
    sizes = {row[1:3]: shape_for(kept.get(row[2]) or VisitSettings(), row[1]).size for row in rows}
    return found.filter(pk__in=[pk for pk, pathway, network, there in rows if there < sizes[pathway, network]])


def team_of(visit: Visit, settings: VisitSettings | None = None) -> list[TeamMember]:
    """The seats in the order of the network's settings, the empty ones too."""
    shape = shape_for(settings or settings_of(visit.enrolment.cycle.network), visit.enrolment.pathway)
    places = list(
        visit.places.filter(state__in=ON_TEAM).select_related("account", "from_community", "clearance__recorded_by")
    )
    empty = empty_seats(shape, [Place(str(place.account_id), place.seat, place.state) for place in places])
    members: list[TeamMember] = []
    for seat in dict.fromkeys([*shape.seats, *(place.seat for place in places)]):
        members += [_member(place) for place in places if place.seat == seat]
        members += [TeamMember(seat, SEATS[seat])] * empty.get(seat, 0)
    return members


def empty_seat_words(visit: Visit) -> tuple[str, ...]:
    """One sentence for each kind of seat that is empty."""
    shape = shape_for(settings_of(visit.enrolment.cycle.network), visit.enrolment.pathway)
    places = visit.places.filter(state__in=ON_TEAM)
    return empty_seats_in_words(shape, [Place(str(place.account_id), place.seat, place.state) for place in places])


def empty_words(visit: Visit, team: Iterable[TeamMember], settings: VisitSettings) -> tuple[str, ...]:
    """The same of a team that was read already: no query."""
    places = [Place(str(one.account_id), one.seat, one.answer) for one in team if not one.empty]
    return empty_seats_in_words(shape_for(settings, visit.enrolment.pathway), places)


def missing_words(visit: Visit, team: Iterable[TeamMember], settings: VisitSettings) -> tuple[str, ...]:
    """Likewise, with the seats of those who cannot come on the day: no query."""
    return empty_words(visit, [one for one in team if one.is_coming], settings)


def my_places(account: Account, network_id: int) -> QuerySet[TeamPlace]:
    """The places that a person was given in a network, newest visit first."""
    mine = TeamPlace.objects.filter(account=account, visit__enrolment__cycle__network_id=network_id)
    return mine.select_related("visit__enrolment__cycle", "visit__enrolment__community").order_by("-visit__on", "-pk")


def on_team(enrolment_id: int) -> set[int]:
    """The accounts that were on the team of an enrolment's visit, whatever became of their access."""
    places = TeamPlace.objects.filter(visit__enrolment_id=enrolment_id, state__in=ON_TEAM)
    return set(places.values_list("account_id", flat=True))


def leads_team(enrolment_id: int, account_id: int) -> bool:
    """Whether this person leads the team of an enrolment's visit, as far as seats decide it: one query."""
    places = TeamPlace.objects.filter(visit__enrolment_id=enrolment_id, state="accepted", seat=LEAD)
    team = [Place(str(pk), LEAD, "accepted") for pk in places.values_list("account_id", flat=True)]
    return leads_the_team(str(account_id), team)


def _member(place: TeamPlace) -> TeamMember:
    return TeamMember(
        seat=place.seat,
        seat_words=SEATS[place.seat],
        name=place.account.display_name,
        community=str(place.from_community or ""),
        answer=place.state,
        place_id=place.pk,
        account_id=place.account_id,
        answer_by=place.answer_by,
        object_until=place.object_until,
        clearance=getattr(place, "clearance", None),
    )
