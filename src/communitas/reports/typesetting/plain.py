"""Frozen dataclasses as the plain data that a template reads: dates in words, enumerations as values."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from communitas.reports.rules.documents.shares import day


def plain(value: Any) -> Any:
    """The value as JSON can hold it; every field keeps its name."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    raise TypeError(f"A {type(value).__name__} cannot be set in a document.")


def drawing(chart: Any) -> dict[str, str] | None:
    """A chart as the templates draw it: the wide drawing, its title and its sentence."""
    return chart and {"svg": chart.svg, "title": chart.title, "sentence": chart.sentence}


def stamp(on: date) -> datetime:
    """The moment that a document of a day carries, so that the same report gives the same bytes."""
    return datetime.combine(on, time(12), UTC)
