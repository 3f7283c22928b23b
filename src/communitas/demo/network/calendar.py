"""The days of the demo network, all counted from the day that the build is given."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from communitas.demo.network.data import load

ZONE = ZoneInfo("Europe/London")
SATURDAY = 5
YEARS = 5


def moment(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """A moment of a day in the network's time zone."""
    return datetime.combine(day, time(hour, minute), ZONE)


def is_quiet(day: date) -> bool:
    """Whether nobody visits: the turn of the year."""
    return (day.month, day.day) >= (12, 21) or (day.month, day.day) <= (1, 3)


def weekday(day: date, *, back: bool = False) -> date:
    """The day itself, or the Monday after a weekend; the Friday before it when it may not be later."""
    over = day.weekday() - SATURDAY
    if over < 0:
        return day
    return day - timedelta(days=over + 1) if back else day + timedelta(days=2 - over)


@dataclass(frozen=True)
class Calendar:
    """`today` is the day in the network's life; the running cycle opened some eight months earlier."""

    today: date

    @property
    def now(self) -> datetime:
        """The latest moment of the story: the evening before, so that nothing lies in the future."""
        return moment(self.today - timedelta(days=1), 17, 30)

    def opens(self, year: int) -> date:
        """The first day of the cycle `year`: 5 is the one that runs, 1 the oldest."""
        first = (self.today - timedelta(days=250)).replace(day=1)
        return first.replace(year=first.year - YEARS + year)

    def closes(self, year: int) -> date:
        """The last day of the cycle."""
        return self.opens(year + 1) - timedelta(days=1)

    def name(self, year: int) -> str:
        """How people call the cycle: '2026' or '2026-27'."""
        first, last = self.opens(year), self.closes(year)
        return str(first.year) if first.year == last.year else f"{first.year}\N{EN DASH}{last.year % 100:02}"

    def visit(self, offset: int) -> date:
        """A visit day so many days from today, never on a day off, and never moved across today."""
        day, back = self.today + timedelta(days=offset), offset < 0
        while is_quiet(day) or day in self.days_off or day != weekday(day):
            day = weekday(day + timedelta(days=-1 if back else 1), back=back)
        return day

    @cached_property
    def days_off(self) -> frozenset[date]:
        """The holidays of the network's calendar."""
        return frozenset(holiday["date"] for holiday in load("network.yaml")["calendar"]["holidays"])

    def past(self, day: date, hour: int = 10, minute: int = 0) -> datetime:
        """A moment of a day, or the latest moment of the story when that day is not over."""
        return min(moment(day, hour, minute), self.now)
