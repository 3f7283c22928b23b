"""Reads of cycles and enrolments."""

from communitas.cycles.queries.calendars import calendar_of, today_in, windows_of_cycle, zone_of
from communitas.cycles.queries.dates import counted, hold

__all__ = ["calendar_of", "counted", "hold", "today_in", "windows_of_cycle", "zone_of"]
