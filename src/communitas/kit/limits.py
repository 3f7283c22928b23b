"""How often somebody may ask: counted by the minute in the cache, as the limits of sign-in are."""

from datetime import datetime

from django.core.cache import cache


def is_within(*, what: str, who: str, most: int, now: datetime) -> bool:
    """Count one more call; whether `who` has asked `what` no more than `most` times in this minute of the clock."""
    key = f"limit:{what}:{who}:{now:%Y%m%d%H%M}"
    cache.add(key, 0, timeout=120)
    try:
        return cache.incr(key) <= most
    except ValueError:  # the cache has dropped it between the two
        return True
