"""What the office enters before a plan: points on the map, home bases, free days, how far people travel."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.allocation.models import AllocationSettings, ApproximatePoint, AvailableDay, HomeBase
from communitas.allocation.queries.refusing import refuse_stranger
from communitas.allocation.rules.problem import DEFAULT_WEIGHTS
from communitas.kit import audit
from communitas.kit.exceptions import NotAllowed
from communitas.members.models import Community, Network
from communitas.people.models import Account


@transaction.atomic
def set_point(*, community: Community, latitude: float, longitude: float, by: Account, at: datetime) -> None:
    """Say roughly where a community is. Of a hidden address nothing nearer than this is used."""
    _refuse_off_earth(latitude, longitude)
    place = {"latitude": latitude, "longitude": longitude}  # the trail keeps each one, also after the next
    values = {**place, "changed_by": by, "changed_at": at}
    ApproximatePoint.objects.update_or_create(community=community, defaults=values)
    audit.record(
        tenant=community.network.tenant, verb="allocation.set_point", obj=community, by=by, at=at, detail=place
    )


@transaction.atomic
def set_home_base(
    *, network: Network, account: Account, latitude: float, longitude: float, by: Account, at: datetime
) -> None:
    """Say where a reviewer sets out from. Their community is used where nothing is said."""
    refuse_stranger(account, network.pk, at)
    _refuse_off_earth(latitude, longitude)
    place = {"latitude": latitude, "longitude": longitude}
    values = {**place, "changed_by": by, "changed_at": at}
    HomeBase.objects.update_or_create(network=network, account=account, defaults=values)
    audit.record(tenant=network.tenant, verb="allocation.set_home_base", obj=account, by=by, at=at, detail=place)


@transaction.atomic
def clear_home_base(*, network: Network, account: Account, by: Account, at: datetime) -> None:
    """Let a reviewer set out from their community again. Where the home base was stays in the trail."""
    refuse_stranger(account, network.pk, at)
    removed, _kinds = HomeBase.objects.filter(network=network, account=account).delete()
    if removed:
        audit.record(tenant=network.tenant, verb="allocation.clear_home_base", obj=account, by=by, at=at)


@transaction.atomic
def set_available_days(
    *, network: Network, account: Account, days: Collection[date], asked: Collection[date], by: Account, at: datetime
) -> None:
    """Say on which of the days that were `asked` about a reviewer is free. Other days stay as they are.

    What a reviewer says again becomes their own word; the office leaves own words as they are.
    """
    refuse_stranger(account, network.pk, at)
    if set(days) - set(asked):
        raise NotAllowed(_("One of the days was not asked about."))
    there = AvailableDay.objects.filter(network=network, account=account, on__in=asked)
    before = set(there.values_list("on", flat=True))
    there.exclude(on__in=days).delete()
    if by == account:
        there.exclude(by=by).update(by=by, at=at, imported=False)
    AvailableDay.objects.bulk_create(
        AvailableDay(network=network, account=account, on=day, by=by, at=at) for day in sorted(set(days) - before)
    )
    if before != set(days):
        detail = {
            "added": [day.isoformat() for day in sorted(set(days) - before)],
            "removed": [day.isoformat() for day in sorted(before - set(days))],
        }
        verb = "allocation.set_available_days"
        audit.record(tenant=network.tenant, verb=verb, obj=account, by=by, at=at, detail=detail)


@transaction.atomic
def change_settings(
    *,
    network: Network,
    max_distance_km: int,
    max_same_community: int,
    weights: Mapping[str, float],
    by: Account,
    at: datetime,
    **more: bool | int | str,
) -> None:
    """Set how far people travel, how many of one community sit in a team, and what weighs how much.

    `more` are the other fields of AllocationSettings, as far as they are to change.
    """
    if unknown := sorted(weights.keys() - DEFAULT_WEIGHTS.keys()):
        raise NotAllowed(_("There is no weight named %(names)s.") % {"names": ", ".join(unknown)})
    if not all(0 <= weight < 1e9 for weight in weights.values()):
        raise NotAllowed(_("A weight is a number from nothing up to a thousand million."))
    own = {name: weights[name] for name, usual in DEFAULT_WEIGHTS.items() if weights.get(name, usual) != usual}
    values = {"max_distance_km": max_distance_km, "max_same_community": max_same_community, "weights": own, **more}
    AllocationSettings.objects.update_or_create(network=network, defaults=values)
    audit.record(tenant=network.tenant, verb="allocation.change_settings", obj=network, by=by, at=at, detail=values)


def _refuse_off_earth(latitude: float, longitude: float) -> None:
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise NotAllowed(_("Latitude lies between -90 and 90, longitude between -180 and 180."))
