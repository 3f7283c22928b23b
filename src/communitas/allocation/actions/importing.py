"""When and from where many reviewers come, said at once."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.allocation.models import AvailableDay, HomeBase
from communitas.allocation.rules.importing import Said
from communitas.kit import audit
from communitas.kit.exceptions import NotAllowed
from communitas.members.models import Network
from communitas.people.models import Account
from communitas.visits.queries import reviewers


@transaction.atomic
def import_reviewers(*, network: Network, rows: Sequence[Said], by: Account, at: datetime) -> int:
    """Add days and home bases; how many people they are of. Days that no row names stay as they are. Five queries."""
    named = {one.account for one in rows}
    known = set(reviewers(network.pk, now=at).filter(pk__in=named).values_list("pk", flat=True))
    if named - known:
        raise NotAllowed(_("Somebody in this table is no reviewer of this network any more. Please read it again."))
    free = {(one.account, day) for one in rows for day in one.days}
    bases = {one.account: one.point for one in rows if one.point is not None}
    AvailableDay.objects.bulk_create(
        [
            AvailableDay(network=network, account_id=who, on=day, imported=True, by=by, at=at)
            for who, day in sorted(free)
        ],
        ignore_conflicts=True,
    )
    HomeBase.objects.bulk_create(
        [
            HomeBase(network=network, account_id=who, latitude=lat, longitude=lon, changed_by=by, changed_at=at)
            for who, (lat, lon) in bases.items()
        ],
        update_conflicts=True,
        unique_fields=["network", "account"],
        update_fields=["latitude", "longitude", "changed_by", "changed_at"],
    )
    detail = {
        "days": [[who, day.isoformat()] for who, day in sorted(free)],
        "bases": [[who, *point] for who, point in sorted(bases.items())],
    }
    audit.record(tenant=network.tenant, verb="allocation.import_reviewers", obj=network, by=by, at=at, detail=detail)
    return len(named)
