"""Working days and the ends of days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communitas.cycles.rules import calendar
from communitas.cycles.rules.calendar import WorkingCalendar

GOOD_FRIDAY, EASTER_MONDAY = date(2026, 4, 3), date(2026, 4, 6)
EASTER = WorkingCalendar(holidays=frozenset({GOOD_FRIDAY, EASTER_MONDAY}))
LONDON = ZoneInfo("Europe/London")

calendars = st.builds(
    WorkingCalendar,
    weekend=st.frozensets(st.integers(0, 6), max_size=6),
    holidays=st.frozensets(st.dates(date(2026, 1, 1), date(2026, 2, 28)), max_size=20),
)
days = st.dates(date(2025, 12, 1), date(2026, 4, 1))


def test_next_working_day_steps_over_weekend_and_holidays() -> None:
    assert EASTER.next_working_day(GOOD_FRIDAY) == date(2026, 4, 7)
    assert EASTER.previous_working_day(EASTER_MONDAY) == date(2026, 4, 2)


def test_add_working_days_does_not_count_the_first_day() -> None:
    assert EASTER.add_working_days(date(2026, 4, 2), 1) == date(2026, 4, 7)
    assert EASTER.add_working_days(date(2026, 4, 7), -1) == date(2026, 4, 2)
    assert EASTER.add_working_days(GOOD_FRIDAY, 0) == date(2026, 4, 7)


def test_add_weeks_moves_on_from_a_holiday() -> None:
    assert EASTER.add_weeks(date(2026, 3, 6), 4) == date(2026, 4, 7)
    assert EASTER.add_weeks(date(2026, 5, 4), -4) == date(2026, 4, 7)


def test_friday_and_saturday_can_be_the_weekend() -> None:
    gulf = WorkingCalendar(weekend=frozenset({4, 5}))

    assert gulf.next_working_day(date(2026, 3, 6)) == date(2026, 3, 8)


@pytest.mark.parametrize("weekend", [frozenset(range(7)), frozenset({7})])
def test_a_week_without_working_days_is_refused(weekend: frozenset[int]) -> None:
    with pytest.raises(ValueError, match="week"):
        WorkingCalendar(weekend=weekend)


@given(working=calendars, day=days, count=st.integers(-15, 15).filter(bool))
def test_days_between_undoes_adding(working: WorkingCalendar, day: date, count: int) -> None:
    start = working.next_working_day(day)

    found = working.add_working_days(start, count)

    assert working.is_working_day(found)
    assert working.working_days_between(start, found) == count


def test_a_day_that_loses_an_hour_still_ends_at_midnight() -> None:
    assert calendar.end_of_day(date(2026, 3, 28), LONDON) == datetime(2026, 3, 29, 0, tzinfo=UTC)
    assert calendar.end_of_day(date(2026, 3, 29), LONDON) == datetime(2026, 3, 29, 23, tzinfo=UTC)
    assert calendar.end_of_day(date(2026, 10, 25), LONDON) == datetime(2026, 10, 26, 0, tzinfo=UTC)


def test_a_midnight_that_the_clocks_skip_is_the_moment_of_the_skip() -> None:
    cairo = ZoneInfo("Africa/Cairo")  # 24 April 2026: 00:00 becomes 01:00

    end = calendar.end_of_day(date(2026, 4, 23), cairo)

    assert end == datetime(2026, 4, 23, 22, tzinfo=UTC)
    assert calendar.local_day(end, cairo) == date(2026, 4, 24)


@given(
    zone=st.sampled_from(["Europe/London", "Africa/Cairo", "America/Havana", "Pacific/Auckland", "Asia/Kolkata"]),
    day=st.dates(date(2015, 1, 1), date(2035, 12, 31)),
)
def test_the_last_moment_of_a_day_is_in_time_and_the_next_is_not(zone: str, day: date) -> None:
    local = ZoneInfo(zone)

    end = calendar.end_of_day(day, local)

    assert calendar.in_time(end - timedelta(microseconds=1), day, local)
    assert not calendar.in_time(end, day, local)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        calendar.local_day(datetime(2026, 3, 1, 12), LONDON)  # noqa: DTZ001 - the naive moment is the point


def test_dates_are_written_out() -> None:
    assert calendar.in_words(date(2026, 3, 3)) == "3 March 2026"
