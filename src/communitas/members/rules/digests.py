"""When a digest of held mail leaves."""

from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from communitas.kit.rulebook import rule

HOUR: Final = time(7)
MONDAY: Final = 0


@rule
def last_digest(how: str, now: datetime, zone: ZoneInfo) -> datetime:
    """A daily digest leaves at seven in the morning, a weekly one on Monday at seven, by the network's clock.

    The answer is the last such moment that has come: what was held before it leaves now.
    """
    local = now.astimezone(zone)
    day = local.date() if local.time() >= HOUR else local.date() - timedelta(days=1)
    if how == "weekly":
        day -= timedelta(days=(day.weekday() - MONDAY) % 7)
    return datetime.combine(day, HOUR, zone)
