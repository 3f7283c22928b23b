"""What a person has in their calendar. Apps name their sources in `apps.py`; a feed asks them all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

KEPT: Final = timedelta(days=60)  # how long something cancelled is still told as cancelled


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: a whole day (`on`), or from `starts` to `ends` in the network's time zone.

    `name` is the same for ever, such as 'visit-12'; `revision` grows with every change, `changed_at` is the last one.
    Calendars lie open on desks and telephones: titles are neutral, and nothing in here is about a person.
    """

    name: str
    title: str
    on: date
    changed_at: datetime
    revision: int = 0
    starts: datetime | None = None
    ends: datetime | None = None
    cancelled: bool = False
    tentative: bool = False
    text: str = ""
    place: str = ""
    href: str = ""


Source = Callable[[Any, Any, datetime], Iterable[Item]]  # actor, network, now
_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Add a source; a second one of the same name replaces the first."""
    _sources[name] = source


def items_of(actor: Any, network: Any, now: datetime) -> list[Item]:
    """Everything of every source, in the order of days."""
    found = [item for source in _sources.values() for item in source(actor, network, now)]
    return sorted(found, key=lambda item: (item.on, item.name))
