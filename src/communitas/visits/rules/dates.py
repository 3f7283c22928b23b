"""The dates that a host offers for its visit, and the one that the office locks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from communitas.cycles.rules.calendar import WorkingCalendar, in_words
from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import rule

_WORDS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class Offering:
    """What the network asks for: how many dates, on how many weekdays, how many weeks from now."""

    dates: int = 3
    weekdays: int = 2
    from_weeks: int = 4
    until_weeks: int = 52


def problems_with(days: Sequence[date], *, today: date, calendar: WorkingCalendar, asked: Offering) -> tuple[str, ...]:
    """Every sentence that speaks against these dates; empty when they can be offered."""
    found: list[str] = []
    earliest, latest = today + timedelta(weeks=asked.from_weeks), today + timedelta(weeks=asked.until_weeks)
    for day in sorted(set(days)):
        if days.count(day) > 1:
            found.append(f"{in_words(day)} is named twice.")
        if day <= today:
            found.append(f"{in_words(day)} is over already.")
        elif not calendar.is_working_day(day):
            found.append(f"{in_words(day)} is a day off in the network's calendar.")
        elif day < earliest:
            found.append(f"{in_words(day)} is too soon: a visit needs {_number(asked.from_weeks)} weeks of notice.")
        elif day > latest:
            found.append(f"{in_words(day)} is too far away: offer dates within {asked.until_weeks} weeks.")
    if len(set(days)) < asked.dates:
        found.append(f"Please offer {_number(asked.dates)} different dates.")
    elif len({day.weekday() for day in days}) < asked.weekdays:
        found.append(f"Please offer dates on at least {_number(asked.weekdays)} different weekdays.")
    return tuple(found)


def refuse_offer(days: Sequence[date], *, today: date, calendar: WorkingCalendar, asked: Offering) -> None:
    """NotAllowed with every sentence that speaks against these dates."""
    if found := problems_with(days, today=today, calendar=calendar, asked=asked):
        raise NotAllowed(" ".join(found))


@rule
def only_an_offered_date_is_locked(on: date, offered: Collection[date]) -> bool:
    """The office locks one of the dates that the host offers."""
    return on in offered


@rule
def link_is_shown(*, on: date | None, today: date, days_before: int) -> bool:
    """The link of a meeting is shown to those who take part, from some days before the visit until it is over."""
    return on is not None and on - timedelta(days=days_before) <= today <= on


@rule
def link_is_safe(link: str) -> bool:
    """The link of a meeting begins with https://."""
    return not link or link.lower().startswith("https://")


def _number(count: int) -> str:
    return _WORDS[count] if count < len(_WORDS) else str(count)
