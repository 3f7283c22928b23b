"""Cycles of a network, for lists and choices."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from communitas.cycles.models import Cycle, Enrolment
from communitas.cycles.rules.stages import ENDED
from communitas.members.models import Network
from communitas.standards.models import Edition

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a new cycle begins with, before the office changes it."""

    name: str
    opens_on: date
    closes_on: date
    edition: int | None


def cycles_of(network: Network) -> QuerySet[Cycle]:
    """The cycles of a network, newest first, with how many enrolments each has and how many are under way."""
    return (
        Cycle.objects.filter(network=network)
        .select_related("edition__standard_set")
        .annotate(
            communities=Count("enrolments"),
            under_way=Count("enrolments", filter=~Q(enrolments__stage__in=ENDED)),
        )
        .order_by("-opens_on", "-pk")
    )


def current_cycle(network: Network) -> Cycle | None:
    """The cycle that people mean by 'the cycle': the newest open one, else the newest planned one, else the newest."""
    rows = list(Cycle.objects.filter(network=network).order_by("-opens_on", "-pk"))
    for state in (Cycle.State.OPEN, Cycle.State.PLANNED, Cycle.State.CLOSED):
        for cycle in rows:
            if cycle.state == state:
                return cycle
    return None


def editions_to_use(network: Network) -> QuerySet[Edition]:
    """The published editions of a network, newest first."""
    published = Edition.objects.filter(standard_set__network=network, state=Edition.State.PUBLISHED)
    return published.select_related("standard_set").order_by("-published_at", "-number", "pk")


def proposed(network: Network, today: date) -> Proposed:
    """A year after the newest cycle, or a year from today, with the newest edition."""
    last = Cycle.objects.filter(network=network).order_by("-opens_on").first()
    opens_on = last.closes_on + timedelta(days=1) if last else today
    edition = editions_to_use(network).first()
    closes_on = opens_on + YEAR - timedelta(days=1)
    return Proposed(str(closes_on.year), opens_on, closes_on, edition.pk if edition else None)


def under_way(cycle: Cycle) -> list[Enrolment]:
    """The enrolments that have not come to an end, which keep a cycle open."""
    return list(cycle.enrolments.exclude(stage__in=ENDED).order_by("community_name", "pk"))
