"""Counting how often somebody asks."""

from datetime import timedelta

from django.core.cache import cache

from communitas.kit.limits import is_within
from tests.cast import NOW


def test_the_next_minute_counts_from_the_start_and_everybody_for_themselves() -> None:
    cache.clear()

    mine = [is_within(what="read", who="7", most=2, now=NOW) for _ in range(3)]

    assert mine == [True, True, False]
    assert is_within(what="read", who="8", most=2, now=NOW)
    assert is_within(what="send", who="7", most=2, now=NOW)
    assert is_within(what="read", who="7", most=2, now=NOW + timedelta(minutes=1))
