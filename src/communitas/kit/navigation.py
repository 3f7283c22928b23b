"""The main navigation: each app offers its entries, each person sees those that are theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

Shows = Callable[[Any], bool]
MOST = 6  # entries that stand side by side without crowding


@dataclass(frozen=True)
class Entry:
    """One entry: its words, the name of its page, its place in the order, and for which request it shows."""

    label: str | Promise
    url_name: str
    order: int
    shows: Shows
    prefix: str = ""  # paths that begin with this mark the entry as current
    group: str | Promise = ""  # the menu that holds it for people with many entries


_entries: dict[str, Entry] = {}


def offer(entry: Entry) -> None:
    """Add an entry. Call it in `apps.py`; a second call with the same page replaces the first."""
    _entries[entry.url_name] = entry


def main_navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The entries for this request, in order, with the current one marked.

    Somebody who has more than MOST entries finds those of a group together in one menu behind the others: an item with
    `items` instead of `url`.
    """
    entries = [entry for entry in sorted(_entries.values(), key=lambda entry: entry.order) if entry.shows(request)]
    if len(entries) <= MOST:
        return [_item(entry, request) for entry in entries]
    menus: dict[str, list[dict[str, Any]]] = {}
    for entry in entries:
        if entry.group:
            menus.setdefault(str(entry.group), []).append(_item(entry, request))
    return [_item(entry, request) for entry in entries if not entry.group] + [
        {"label": label, "items": items, "current": any(item["current"] for item in items)}
        for label, items in menus.items()
    ]


def _item(entry: Entry, request: HttpRequest) -> dict[str, Any]:
    url = reverse(entry.url_name)
    below = f"/{entry.prefix}/" if entry.prefix else None
    current = request.path == url or bool(below and request.path_info.startswith(below))
    # Without `items` of its own, a template would find the method that every dict has, and draw an empty menu.
    return {"label": entry.label, "url": url, "current": current, "items": []}
