"""The travel and cost sheet: who travels how, from how far, and what it costs."""

from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communitas.allocation.models import ApproximatePoint, HomeBase, Journey
from communitas.allocation.queries.facts import travel_of
from communitas.allocation.rules.problem import kilometres
from communitas.allocation.rules.travelling import drive_pence, road_km
from communitas.allocation.rules.whereabouts import Point, known_point
from communitas.cycles.models import Cycle
from communitas.kit.models import AuditLine
from communitas.kit.prepared import Finder
from communitas.members.models import Community
from communitas.visits.models import TeamPlace, Visit
from communitas.visits.queries.candidates import TAKEN

VERBS = ("allocation.enter_journey", "allocation.settle_journey")
AMOUNTS = ("estimate", "actual", "agreed")
FIELDS = {
    "mode": gettext_lazy("how"),
    "lift_with": gettext_lazy("with"),
    "overnight": gettext_lazy("overnight"),
    "arrives": gettext_lazy("arrival"),
    "estimate": gettext_lazy("expected"),
    "actual": gettext_lazy("actual"),
    "agreed": gettext_lazy("agreed"),
    "paid_on": gettext_lazy("paid on"),
}
WITH = (
    "account",
    "from_community",
    "journey",
    "visit__enrolment__community",
    "visit__enrolment__cycle__network__tenant",
)
place_named = Finder(lambda: TeamPlace.objects.select_related(*WITH))


def sheet_of(visit: Visit) -> QuerySet[TeamPlace]:
    """The people on a team, and whoever left it and has entered a journey."""
    return _with_journeys(TeamPlace.objects.filter(visit=visit))


def sheet_in(cycle: Cycle) -> QuerySet[TeamPlace]:
    """The same for all visits of a cycle."""
    return _with_journeys(TeamPlace.objects.filter(visit__enrolment__cycle=cycle))


def totals(places: QuerySet[TeamPlace]) -> dict[str, int]:
    """What is expected, what it cost and what was agreed, in pence. One query."""
    found = places.order_by().aggregate(**{name: Sum(f"journey__{name}") for name in AMOUNTS})
    return {name: found[name] or 0 for name in AMOUNTS}


def money(pence: int | None, currency: str) -> str:
    """An amount as people write it; nothing where nobody has said one."""
    return "" if pence is None else f"{pence / 100:,.2f} {currency}"


def road_of(place: TeamPlace) -> int | None:
    """Kilometres by road, there and back, from where the person sets out; None where nobody knows. Four queries."""
    base = HomeBase.objects.filter(network=place.visit.enrolment.cycle.network, account=place.account).first()
    start = (base.latitude, base.longitude) if base else _point(place.from_community)
    host = _point(place.visit.enrolment.community)
    return road_km(kilometres(*start, *host)) if start and host else None


def drive_cost(place: TeamPlace, km: int | None) -> int | None:
    """What it would cost to drive so far, as the network counts it. One query."""
    travel = travel_of(place.visit.enrolment.cycle.network)
    return None if km is None else drive_pence(km, rate=travel.mileage_rate, unit=travel.mileage_unit)


def rate_in_words(place: TeamPlace) -> str:
    """What a mile or kilometre by car counts. One query."""
    travel = travel_of(place.visit.enrolment.cycle.network)
    said = {"amount": money(travel.mileage_rate, travel.currency), "unit": travel.get_mileage_unit_display()}
    return _("%(amount)s for each %(unit)s") % said


def journey_of(place: TeamPlace) -> Journey | None:
    """What was entered for a place. One query."""
    return Journey.objects.filter(place=place).first()


def before(place: TeamPlace) -> list[dict[str, Any]]:
    """What was entered before, the newest first, from the audit trail. One query."""
    tenant = place.visit.enrolment.cycle.network.tenant
    lines = AuditLine.objects.filter(tenant=tenant, verb__in=VERBS, object_id=str(place.pk)).select_related("by")
    return [
        {"what": _changed(line.detail), "by": line.by.display_name if line.by else "", "when": line.at, "reason": ""}
        for line in lines.order_by("-number")
    ]


def _changed(detail: dict[str, Any]) -> str:
    """What changed in one line: each field with what stood there and what stands now."""
    pairs = [(name, detail["before"].get(name), now) for name, now in detail["now"].items() if name in FIELDS]
    return "; ".join(f"{FIELDS[name]}: {_plain(name, old)} → {_plain(name, new)}" for name, old, new in pairs)


def _plain(name: str, value: Any) -> str:
    if value in (None, ""):
        return "–"
    if name in AMOUNTS:
        return f"{value / 100:,.2f}"
    if name == "overnight":
        return _("yes") if value else _("no")
    return str(Journey.Mode(value).label) if name == "mode" else str(value)


def _with_journeys(places: QuerySet[TeamPlace]) -> QuerySet[TeamPlace]:
    there = places.filter(state__in=TAKEN) | places.filter(journey__isnull=False)
    return there.select_related("account", "journey", "visit__enrolment")


def _point(community: Community | None) -> Point | None:
    """Where a community is, as far as plans may know: of a hidden address roughly."""
    if community is None:
        return None
    found = ApproximatePoint.objects.filter(community=community).first()
    rough = (found.latitude, found.longitude) if found else None
    return known_point(community.latitude, community.longitude, hidden=community.hidden_address, rough=rough)
