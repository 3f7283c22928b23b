"""Timetables as the screens and the printed page show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from communitas.people.models import Account
from communitas.visits.models import TimetableLook, TimetableTemplate, TimetableVersion, Visit
from communitas.visits.queries.settings import settings_of
from communitas.visits.rules.timetable import (
    Row,
    Slot,
    changes,
    clashes,
    read_rows,
    schedule,
    usual_day,
    without_a_break,
)

CHANGED = {"new": "new", "changed": "changed", "moved": "moved"}


@dataclass(frozen=True)
class Line:
    """One line of a timetable with its times, what does not fit, and what became of it since somebody last looked."""

    row: Row
    times: str
    problem: str = ""
    changed: str = ""


@dataclass(frozen=True)
class Timetable:
    """A visit's timetable: its lines, the version, and what the reader has not seen yet."""

    number: int
    lines: tuple[Line, ...]
    by: str = ""
    at: object = None
    gone: tuple[str, ...] = ()
    no_break: str = ""
    unread: bool = False


def version_of(visit: Visit) -> TimetableVersion | None:
    """The version that holds: one query."""
    return visit.timetables.select_related("by").order_by("-number").first()


def rows_of_template(network_id: int, pathway: str, form: str) -> tuple[Row, ...]:
    """The office's proposal, or the usual day where it has written none: one query."""
    template = TimetableTemplate.objects.filter(network_id=network_id, pathway=pathway, form=form).first()
    return read_rows(template.rows) if template else usual_day(form)


def hours_of(visit: Visit) -> tuple[str, str]:
    """When the day of a visit starts and ends: its own times, or those of the network."""
    usual = settings_of(visit.enrolment.cycle.network) if not (visit.starts and visit.ends) else None
    starts = visit.starts or (usual and usual.day_starts)
    ends = visit.ends or (usual and usual.day_ends)
    return f"{starts:%H:%M}", f"{ends:%H:%M}"


def timetable_of(visit: Visit, reader: Account | None = None) -> Timetable:
    """The timetable as it holds, with what is new to the reader. At most five queries."""
    version = version_of(visit)
    if version is None:
        enrolment = visit.enrolment
        rows = rows_of_template(enrolment.cycle.network_id, enrolment.pathway, visit.form)
        return Timetable(0, lines_of(rows, *hours_of(visit)), no_break=_no_break(rows, visit))
    rows = read_rows(version.rows)
    found: dict[str, str] = {}
    gone: tuple[str, ...] = ()
    seen = TimetableLook.objects.filter(visit=visit, account=reader).first() if reader else None
    if seen and seen.number < version.number:
        before = read_rows(visit.timetables.get(number=seen.number).rows)
        found = changes(before, rows)
        gone = tuple(row.what for row in before if found.get(row.id) == "gone")
    return Timetable(
        version.number,
        lines_of(rows, *hours_of(visit), found),
        version.by.display_name if version.by else "",
        version.at,
        gone,
        _no_break(rows, visit),
        unread=bool(reader) and version.number > 1 and (seen is None or seen.number < version.number),
    )


def lines_of(rows: Sequence[Row], starts: str, ends: str, changed: dict[str, str] | None = None) -> tuple[Line, ...]:
    """Lines with their times and what clashes. No query."""
    slots = schedule(rows, starts)
    problems = clashes(slots, starts, ends)
    return tuple(
        Line(slot.row, slot.times, problems.get(slot.row.id, ""), (changed or {}).get(slot.row.id, ""))
        for slot in slots
    )


def versions_of(visit: Visit) -> list[TimetableVersion]:
    """Every version, the newest first: one query."""
    return list(visit.timetables.select_related("by"))


def slots_of(visit: Visit) -> tuple[Slot, ...]:
    """The lines with their minutes, for calendars and documents."""
    version = version_of(visit)
    enrolment = visit.enrolment
    rows = (
        read_rows(version.rows)
        if version
        else rows_of_template(enrolment.cycle.network_id, enrolment.pathway, visit.form)
    )
    return schedule(rows, hours_of(visit)[0])


def _no_break(rows: Sequence[Row], visit: Visit) -> str:
    return without_a_break(schedule(rows, hours_of(visit)[0]))
