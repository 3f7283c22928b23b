"""Reads of cycles and enrolments."""

from communitas.cycles.queries.calendars import calendar_of, today_in, windows_of_cycle, zone_of
from communitas.cycles.queries.dates import counted, hold
from communitas.cycles.queries.rounds import current_cycle, under_way

__all__ = ["calendar_of", "counted", "current_cycle", "hold", "today_in", "under_way", "windows_of_cycle", "zone_of"]
