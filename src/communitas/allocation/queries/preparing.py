"""What the office entered about reviewers and places, for the pages on which it does so."""

from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from communitas.allocation.models import ApproximatePoint, Availability, AvailableDay, HomeBase
from communitas.allocation.queries.facts import OPEN, travel_of
from communitas.allocation.rules.importing import Said, read_reviewers
from communitas.allocation.rules.problem import DEFAULT_WEIGHTS
from communitas.cycles.models import Cycle
from communitas.kit.tabular import read_guarded
from communitas.members.actors import Actor
from communitas.members.models import Community, Network
from communitas.people.models import Account
from communitas.visits.models import OfferedDate, Visit
from communitas.visits.queries import reviewers, settings_of
from communitas.visits.queries.agenda import HOSTS
from communitas.visits.queries.openings import BEFORE_A_VISIT

LIMITS = (
    *("max_distance_km", "max_same_community", "asks_next", "stop_asking_days", "reserves_wished"),
    *("currency", "mileage_rate", "mileage_unit"),
)


def reviewer_of(network: Network, pk: int, *, at: datetime) -> Account | None:
    """Somebody who may review in the network; None for anybody else. One query."""
    return reviewers(network.pk, now=at).filter(pk=pk).first()


def days_in(cycle: Cycle) -> QuerySet[AvailableDay]:
    """The days of a cycle on which somebody of its network is free."""
    days = AvailableDay.objects.filter(network=cycle.network, on__gte=cycle.opens_on, on__lte=cycle.closes_on)
    return days.order_by("on", "pk")


def people(cycle: Cycle, *, at: datetime) -> QuerySet[Account]:
    """Everybody who may review, with `free`: on how many days of the cycle; and `has_base`: a home base was entered.

    `days_in_cycle`, `bases_here` and `words_of_cycle` are read with them. Four queries.
    """
    days = days_in(cycle).filter(account=OuterRef("pk")).order_by().values("account")
    return (
        reviewers(cycle.network_id, now=at)
        .annotate(
            free=Coalesce(Subquery(days.annotate(count=Count("pk")).values("count")), 0),
            has_base=Exists(HomeBase.objects.filter(network=cycle.network, account=OuterRef("pk"))),
        )
        .prefetch_related(
            Prefetch("available_days", days_in(cycle), to_attr="days_in_cycle"),
            Prefetch("home_bases", HomeBase.objects.filter(network=cycle.network), to_attr="bases_here"),
            Prefetch("availabilities", Availability.objects.filter(cycle=cycle), to_attr="words_of_cycle"),
        )
    )


def read_table(network: Network, content: bytes, name: str, *, at: datetime) -> tuple[list[Said], list[str]]:
    """What a table says of reviewers, and what is wrong with it in sentences. One query."""
    reading = read_guarded(content, file=name)
    sheet = next((one for one in reading.sheets if one.rows and not one.hidden), None)
    if reading.problems or sheet is None:
        return [], [str(one) for one in reading.problems] or [_("The file holds no table.")]
    known = reviewers(network.pk, now=at).values_list("username", "pk")
    said, problems = read_reviewers(sheet, {username.casefold(): pk for username, pk in known})
    return said, [str(one) for one in problems]


def days_wanted(cycle: Cycle, *, on: date) -> list[date]:
    """The days on which visits of the cycle could still be, as their hosts offer them. Two queries."""
    waiting = Visit.objects.filter(enrolment__cycle=cycle, enrolment__stage__in=BEFORE_A_VISIT, state__in=OPEN)
    offered = OfferedDate.objects.filter(visit__in=waiting.filter(on=None), state="offered", on__gte=on)
    found = set(offered.values_list("on", flat=True)) | set(waiting.filter(on__gte=on).values_list("on", flat=True))
    return sorted(day for day in found if day is not None)


def days_of(network: Network, account: Account) -> set[date]:
    """The days on which somebody is free. One query."""
    return set(AvailableDay.objects.filter(network=network, account=account).values_list("on", flat=True))


def base_of(network: Network, account: Account) -> HomeBase | None:
    """Where somebody sets out from, if that was entered. One query."""
    return HomeBase.objects.filter(network=network, account=account).first()


def point_of(community: Community) -> ApproximatePoint | None:
    """Roughly where a community is, if that was entered. One query."""
    return ApproximatePoint.objects.filter(community=community).first()


def settings_now(network: Network) -> dict[str, Any]:
    """What the network has set, or the usual: by the names of the form's fields. One query."""
    found = travel_of(network)
    limits: dict[str, Any] = {name: getattr(found, name) for name in LIMITS}
    usual: dict[str, Any] = {str(name): weight for name, weight in DEFAULT_WEIGHTS.items()}
    weights = usual | dict(found.weights)
    return limits | {name: int(one) if one == int(one) else one for name, one in weights.items()}


def limits_in_words(network: Network) -> list[tuple[str, str]]:
    """What the network has set and people want to know, as pairs of words. Two queries."""
    travel = travel_of(network)
    limits = settings_of(network)
    resting = max(0, limits.repeat_after - 1)
    return [
        (_("Nobody travels farther than"), _("%(km)s km") % {"km": travel.max_distance_km}),
        (_("People of one community in a team"), _("at most %(count)s") % {"count": travel.max_same_community}),
        (_("Visits of one person in a cycle"), _("at most %(count)s") % {"count": limits.visits_per_reviewer}),
        (_("Cycles before the same community comes again"), str(resting)),
        (_("Years before somebody visits a community that they left"), str(limits.former_years)),
    ]


def own_communities(network: Network, actor: Actor) -> list[Community]:
    """The communities in which somebody lives or works. One query, and none for anybody else."""
    own: set[int] = set().union(*(actor.communities_as(role) for role in HOSTS))
    return list(Community.objects.filter(network=network, pk__in=own).order_by("name")) if own else []
