"""Working days of a network and the moments at which its days end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
WEEKDAYS = 7


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The days on which a network works. `weekend` counts Monday as 0; holidays are single dates."""

    weekend: frozenset[int] = frozenset({5, 6})
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if not self.weekend <= set(range(WEEKDAYS)):
            raise ValueError("A weekday is a number from 0 (Monday) to 6 (Sunday).")
        if len(self.weekend) == WEEKDAYS:
            raise ValueError("A week needs at least one working day.")

    def is_working_day(self, day: date) -> bool:
        """Whether the network works on that day."""
        return day.weekday() not in self.weekend and day not in self.holidays

    def next_working_day(self, day: date) -> date:
        """The day itself when it is a working day, otherwise the first one after it."""
        return next(found for found in _days_from(day, DAY) if self.is_working_day(found))

    def previous_working_day(self, day: date) -> date:
        """The day itself when it is a working day, otherwise the last one before it."""
        return next(found for found in _days_from(day, -DAY) if self.is_working_day(found))

    def add_working_days(self, day: date, count: int) -> date:
        """The working day `count` working days after the day, which is not counted; before it when negative.

        With 0 it is the day itself when that is a working day, otherwise the next one.
        """
        if count == 0:
            return self.next_working_day(day)
        step = DAY if count > 0 else -DAY
        working = (found for found in _days_from(day + step, step) if self.is_working_day(found))
        return next(found for passed, found in enumerate(working, start=1) if passed == abs(count))

    def add_weeks(self, day: date, weeks: int) -> date:
        """The same weekday `weeks` weeks later (earlier when negative), moved on to a working day."""
        return self.next_working_day(day + timedelta(weeks=weeks))

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after `start`, up to and with `end`; negative when `end` comes first."""
        if end < start:
            return -self.working_days_between(end, start)
        return sum(self.is_working_day(start + DAY * number) for number in range(1, (end - start).days + 1))


def _days_from(day: date, step: timedelta) -> Iterator[date]:
    while True:
        yield day
        day += step


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a day in the network's time zone, in UTC.

    Where the clocks skip midnight, the day starts at the moment of the skip; where midnight comes twice, at
    the first. Both are what `fold=0` means, so the arithmetic is done on dates and converted once.
    """
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The moment at which a day is over in the network's time zone, in UTC; the moment itself is too late."""
    return start_of_day(day + DAY, zone)


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """The date that the network's wall calendar shows at a moment; the moment must carry its zone."""
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone has no date.")
    return moment.astimezone(zone).date()


def in_time(moment: datetime, due_on: date, zone: ZoneInfo) -> bool:
    """Whether a moment still lies on or before the due date, as the network's clocks show it."""
    return local_day(moment, zone) <= due_on


def in_words(day: date) -> str:
    """A date as people read it, such as 3 March 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


# Written out because strftime("%B") follows the machine's locale, and a report must read the same anywhere.
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
