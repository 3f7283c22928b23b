"""What a visit to the site leaves behind: when somebody was last here."""

from datetime import datetime, timedelta

from communitas.people.models import Account

PAUSE = timedelta(minutes=30)  # who comes back sooner was not away
OFTEN = timedelta(minutes=2)


def note_presence(*, by: Account, at: datetime) -> datetime | None:
    """Remember that the person is here. The moment of the visit before, when this one begins now; else None."""
    before = by.last_seen_at
    if before is None or at - before > OFTEN:
        Account.objects.filter(pk=by.pk).update(last_seen_at=at)
    began = before is not None and at - before > PAUSE
    return before if began else None
