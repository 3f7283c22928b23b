"""How long somebody who left a community stays away from its reviews."""

from datetime import date


def rests_until(ended_on: date, years: int) -> date:
    """The first day on which somebody whose role ended may review the community again."""
    return _years_on(ended_on, years)


def rests_since(today: date, years: int) -> date:
    """A role that ended on this day or before no longer counts today. With 0 years none that ended does."""
    return _years_on(today, -years)


def _years_on(day: date, years: int) -> date:
    year = max(1, day.year + years)
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return day.replace(year=year, day=28 if (day.month, day.day) == (2, 29) and not is_leap else day.day)
