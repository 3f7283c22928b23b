"""Frozen dataclasses as the plain data that a template reads: dates in words, enumerations as values."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any, Final

from communitas.reports.rules.documents.shares import day

_AS_IT_IS: Final = frozenset({str, bool, int, float, type(None)})


def plain(value: Any) -> Any:
    """The value as JSON can hold it; every field keeps its name."""
    kind: Any = type(value)
    if kind in _AS_IT_IS:
        return value
    if names := _names(kind):
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, str | int | float):
        return value
    raise TypeError(f"A {kind.__name__} cannot be set in a document.")


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """The fields of a data class, of which a report has thousands; none of any other type."""
    return tuple(each.name for each in fields(kind)) if is_dataclass(kind) else ()


def drawing(chart: Any) -> dict[str, str] | None:
    """A chart as the templates draw it: the wide drawing, its title and its sentence."""
    return chart and {"svg": chart.svg, "title": chart.title, "sentence": chart.sentence}


def stamp(on: date) -> datetime:
    """The moment that a document of a day carries, so that the same report gives the same bytes."""
    return datetime.combine(on, time(12), UTC)
