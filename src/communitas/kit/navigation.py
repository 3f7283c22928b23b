"""The main navigation: each app offers its entries, each person sees those that are theirs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

Shows = Callable[[Any], bool]
About = Callable[[Any, Mapping[str, Any]], bool]
MOST = 6  # entries that stand side by side without crowding


@dataclass(frozen=True)
class Entry:
    """One entry: its words, the name of its page, its place in the order, and for which request it shows.

    One entry at most is marked as current: that of the page itself; else the one that knows what the page is `about`;
    else the one whose `prefix` or whose `holds` says most of the page; else the last that takes it in `also`.
    """

    label: str | Promise
    url_name: str
    order: int
    shows: Shows
    prefix: str = ""  # paths that begin with this mark the entry as current
    group: str | Promise = ""  # the menu that holds it for people with many entries
    holds: tuple[str, ...] = ()  # pages whose names begin with one of these stand under it
    also: tuple[str, ...] = ()  # and these, where no other entry of this person holds them
    about: About | None = None  # asked about pages in `also`, with what they show: whether that is this entry's


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
    current = _current(entries, request)
    if len(entries) <= MOST:
        return [_item(entry, current) for entry in entries]
    menus: dict[str, list[dict[str, Any]]] = {}
    for entry in entries:
        if entry.group:
            menus.setdefault(str(entry.group), []).append(_item(entry, current))
    return [_item(entry, current) for entry in entries if not entry.group] + [
        {"label": label, "items": items, "current": any(item["current"] for item in items)}
        for label, items in menus.items()
    ]


def _current(entries: Sequence[Entry], request: HttpRequest) -> Entry | None:
    """The entry under which the page stands; None for a page that stands under none."""
    match = getattr(request, "resolver_match", None)
    name = match.view_name if match else ""
    for entry in entries:
        if request.path == reverse(entry.url_name):
            return entry
    taken = [entry for entry in entries if name.startswith(entry.also)]
    for entry in taken:
        if entry.about and entry.about(request, getattr(request, "shown", {})):
            return entry
    fits = {entry.url_name: _fit(entry, request.path_info, name) for entry in entries}
    best = max(fits.values(), default=0)
    if best:
        return [entry for entry in entries if fits[entry.url_name] == best][-1]
    return taken[-1] if taken else None


def _fit(entry: Entry, path: str, name: str) -> int:
    """How much of the page's address or name the entry knows, in characters."""
    prefix = f"/{entry.prefix}/" if entry.prefix else ""
    known = [begin for begin in entry.holds if name.startswith(begin)]
    return max([len(prefix) if prefix and path.startswith(prefix) else 0, *(len(begin) for begin in known)])


def _item(entry: Entry, current: Entry | None) -> dict[str, Any]:
    # Without `items` of its own, a template would find the method that every dict has, and draw an empty menu.
    return {"label": entry.label, "url": reverse(entry.url_name), "current": entry is current, "items": []}
