"""Where criteria stand in the book, and how they move up and down in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Place:
    """Where one criterion stands: in which section and under which standard ('' for none)."""

    criterion: int
    section: int
    standard: str


def move(places: Sequence[Place], sections: Sequence[int], criterion: int, *, up: bool) -> tuple[Place, ...]:
    """A criterion moves past its neighbour; at the edge of its standard it changes over to the next one.

    `places` are in the order of the book, `sections` too. At the very top or end nothing changes.
    """
    own = next(place for place in places if place.criterion == criterion)
    rows = [place for place in places if place.section == own.section]
    row = rows.index(own)
    beside = row - 1 if up else row + 1
    if 0 <= beside < len(rows):
        if rows[beside].standard == own.standard:
            rows[row], rows[beside] = rows[beside], own
        else:
            rows[row] = replace(own, standard=rows[beside].standard)
        return _together(places, sections, {own.section: rows})
    place = sections.index(own.section) + (-1 if up else 1)
    if not 0 <= place < len(sections):
        return tuple(places)
    rows.remove(own)
    there = [other for other in places if other.section == sections[place]]
    standard = (there[-1] if up else there[0]).standard if there else own.standard
    own = replace(own, section=sections[place], standard=standard)
    there = [*there, own] if up else [own, *there]
    return _together(places, sections, {rows[0].section if rows else -1: rows, sections[place]: there})


def put(places: Sequence[Place], sections: Sequence[int], own: Place) -> tuple[Place, ...]:
    """A criterion stands where it did if section and standard are the same, else behind its new standard."""
    if own in places:
        return tuple(places)
    rest = [place for place in places if place.criterion != own.criterion]
    rows = [place for place in rest if place.section == own.section]
    last = max((number for number, place in enumerate(rows) if place.standard == own.standard), default=len(rows) - 1)
    rows.insert(last + 1, own)
    return _together(rest, sections, {own.section: rows})


def swap(order: Sequence[int], item: int, *, up: bool) -> tuple[int, ...]:
    """One item of a list moves past its neighbour; at the edge nothing changes."""
    changed = list(order)
    row = changed.index(item)
    beside = row - 1 if up else row + 1
    if 0 <= beside < len(changed):
        changed[row], changed[beside] = changed[beside], changed[row]
    return tuple(changed)


def _together(places: Sequence[Place], sections: Sequence[int], changed: dict[int, list[Place]]) -> tuple[Place, ...]:
    moved = {place.criterion for rows in changed.values() for place in rows}
    result: list[Place] = []
    for section in sections:
        rest = [place for place in places if place.section == section and place.criterion not in moved]
        result += changed.get(section, rest)
    return tuple(result)
