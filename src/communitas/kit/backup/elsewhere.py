"""For a while, let every query of this thread go to another database, so that the same code checks a copy."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper


@contextmanager
def elsewhere(settings: Mapping[str, Any]) -> Iterator[BaseDatabaseWrapper]:
    """Within the block, the default connection of this thread has these settings instead of its own.

    The usual connection is closed before, and opens by itself afterwards.
    """
    usual = connections[DEFAULT_DB_ALIAS]
    usual.close()
    other = type(usual)({**usual.settings_dict, **settings}, alias=DEFAULT_DB_ALIAS)
    connections[DEFAULT_DB_ALIAS] = other
    try:
        yield other
    finally:
        other.close()
        connections[DEFAULT_DB_ALIAS] = usual
