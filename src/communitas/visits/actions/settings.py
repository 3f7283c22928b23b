"""What the network sets for its visits."""

from datetime import datetime, time
from typing import Any

from django.db import transaction

from communitas.kit import audit
from communitas.members.models import Network
from communitas.people.models import Account
from communitas.visits.models import VisitSettings


@transaction.atomic
def change_settings(
    *,
    network: Network,
    seats: dict[str, dict[str, int]],
    repeat_after: int,
    visits_per_reviewer: int,
    by: Account,
    at: datetime,
    **windows: Any,
) -> VisitSettings:
    """Set the seats of teams by pathway and the limits of the conflict rules. Teams that exist stay as they are.

    `windows` are the other fields of VisitSettings, as far as they are to change: numbers, and times of the day.
    """
    settings, _ = VisitSettings.objects.update_or_create(
        network=network,
        defaults={"seats": seats, "repeat_after": repeat_after, "visits_per_reviewer": visits_per_reviewer, **windows},
    )
    detail = {"seats": seats, "repeat_after": repeat_after, "visits_per_reviewer": visits_per_reviewer}
    detail |= {name: value.isoformat() if isinstance(value, time) else value for name, value in windows.items()}
    audit.record(tenant=network.tenant, verb="visits.settings", obj=settings, by=by, at=at, detail=detail)
    return settings
