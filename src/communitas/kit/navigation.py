"""The main navigation: each app offers its entries, each person sees those that are theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

Shows = Callable[[Any], bool]


@dataclass(frozen=True)
class Entry:
    """One entry: its words, the name of its page, its place in the order, and for which request it shows."""

    label: str | Promise
    url_name: str
    order: int
    shows: Shows
    prefix: str = ""  # paths that begin with this mark the entry as current


_entries: dict[str, Entry] = {}


def offer(entry: Entry) -> None:
    """Add an entry. Call it in `apps.py`; a second call with the same page replaces the first."""
    _entries[entry.url_name] = entry


def main_navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The entries for this request, in order, with the current one marked."""
    items = []
    for entry in sorted(_entries.values(), key=lambda entry: entry.order):
        if entry.shows(request):
            url = reverse(entry.url_name)
            below = f"/{entry.prefix}/" if entry.prefix else None
            current = request.path == url or bool(below and request.path_info.startswith(below))
            items.append({"label": entry.label, "url": url, "current": current})
    return items
