"""What a reviewer has said, for their own pages and for the office."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from communitas.allocation.models import Availability, AvailableDay, DaysAsked
from communitas.allocation.queries.preparing import days_in
from communitas.allocation.rules.saying import by_month, days_to_choose
from communitas.cycles.models import Cycle
from communitas.members.models import Network
from communitas.people.models import Account
from communitas.visits.models import TeamPlace
from communitas.visits.queries import reviewers


@dataclass(frozen=True, slots=True)
class Day:
    """A day that can be chosen: whether hosts still need people, and the visit that the person has on it."""

    on: date
    is_chosen: bool
    is_needed: bool
    taken: TeamPlace | None


@dataclass(frozen=True, slots=True)
class Month:
    """The days of a month, with how many are chosen and on how many people are needed."""

    first: date
    days: tuple[Day, ...]

    @property
    def chosen(self) -> int:
        return sum(day.is_chosen for day in self.days)

    @property
    def is_open(self) -> bool:
        """Whether the month stands open at first: something is chosen in it, needed or taken."""
        return any(day.is_chosen or day.is_needed or day.taken for day in self.days)

    @property
    def needed(self) -> int:
        return sum(day.is_needed for day in self.days)


def cycles_to_say(network: Network, *, today: date) -> list[Cycle]:
    """The running cycle and the coming ones, in order. One query."""
    found = Cycle.objects.filter(network=network, closes_on__gte=today).exclude(state=Cycle.State.CLOSED)
    return list(found.select_related("network__tenant").order_by("opens_on", "pk"))


def days_of_cycle(cycle: Cycle, *, today: date, also: Collection[date]) -> list[date]:
    """The days of a cycle that one can still choose."""
    return days_to_choose(max(today, cycle.opens_on), cycle.closes_on, also)


def months_of(
    days: Sequence[date], *, chosen: Collection[date], needed: Collection[date], taken: Mapping[date, TeamPlace]
) -> list[Month]:
    """The days to choose from, by month."""
    return [
        Month(first, tuple(Day(day, day in chosen, day in needed, taken.get(day)) for day in some))
        for first, some in by_month(days)
    ]


def taken_days(network: Network, account: Account, *, today: date) -> dict[date, TeamPlace]:
    """The visits that somebody has or is asked for, by day. One query."""
    places = TeamPlace.objects.filter(
        account=account, state__in=["asked", "accepted"], visit__enrolment__cycle__network=network, visit__on__gte=today
    ).exclude(visit__state__in=["cancelled", "postponed"])
    return {place.visit.on: place for place in places.select_related("visit__enrolment") if place.visit.on}


def words_of(cycles: Sequence[Cycle], account: Account) -> dict[int, Availability]:
    """What somebody said of the cycles as wholes, by cycle. One query."""
    return {one.cycle_id: one for one in Availability.objects.filter(cycle__in=cycles, account=account)}


def word_of(cycle: Cycle, account: Account) -> Availability | None:
    """What somebody said of a cycle as a whole. One query."""
    return Availability.objects.filter(cycle=cycle, account=account).first()


def who_said(cycle: Cycle, account: Account) -> list[tuple[str, int]]:
    """Whose word the days of a cycle are: `own`, `office` or `import`, with how many. One query."""
    return sorted(Counter(day.said_by for day in days_in(cycle).filter(account=account)).items())


def silent(cycle: Cycle, *, today: date, at: datetime) -> QuerySet[Account]:
    """Everybody who may review and has said neither a day of the cycle still to come nor that they cannot."""
    mine: dict[str, Any] = {"account": OuterRef("pk")}
    days = AvailableDay.objects.filter(
        network=cycle.network_id, on__gte=max(today, cycle.opens_on), on__lte=cycle.closes_on, **mine
    )
    told = Availability.objects.filter(cycle=cycle, none=True, **mine)
    return reviewers(cycle.network_id, now=at).filter(~Exists(days), ~Exists(told)).order_by("pk")


def last_asked(cycle: Cycle) -> DaysAsked | None:
    """When the office last asked for days of a cycle. One query."""
    return DaysAsked.objects.filter(cycle=cycle).select_related("by").first()


def days_by_cycle(cycles: Sequence[Cycle], days: Collection[date]) -> dict[int, int]:
    """How many of the days fall into each cycle."""
    found = defaultdict[int, int](int)
    for cycle in cycles:
        found[cycle.pk] = sum(cycle.opens_on <= day <= cycle.closes_on for day in days)
    return found
