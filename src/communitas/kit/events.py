"""Typed facts: a lower app says what happened, a higher app that subscribed acts on it, in the same transaction."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

Fact = TypeVar("Fact")
_handlers: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(kind: type[Fact], handler: Callable[[Fact], None]) -> None:
    """Call the handler with every fact of this type. Subscribe in `apps.py`; a second subscription changes nothing."""
    if handler not in _handlers[kind]:
        _handlers[kind].append(handler)


def publish(fact: object) -> None:
    """Tell every subscriber, in the order of subscription. An error in a handler undoes the whole act."""
    for handler in _handlers[type(fact)]:
        handler(fact)
