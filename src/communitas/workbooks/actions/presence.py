"""Who is in a workbook now."""

from datetime import datetime

from communitas.people.models import Account
from communitas.workbooks.models import Presence, Workbook


def touch(*, workbook: Workbook, criterion_key: str = "", by: Account, at: datetime) -> None:
    """Note that a person is in the workbook, and at which criterion they write. One query; nothing of it is kept."""
    Presence.objects.bulk_create(
        [Presence(workbook=workbook, account=by, seen_at=at, criterion_key=criterion_key[:60])],
        update_conflicts=True,
        unique_fields=["workbook", "account"],
        update_fields=["seen_at", "criterion_key"],
    )
