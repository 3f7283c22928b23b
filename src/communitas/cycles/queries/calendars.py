"""The network's calendar: its working days, its time zone, its windows."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from communitas.cycles.models import Cycle
from communitas.cycles.rules.calendar import WorkingCalendar, local_day
from communitas.cycles.rules.due import Windows
from communitas.cycles.rules.rounds import WEEKEND, windows_of
from communitas.members.models import Holiday, Network


def calendar_of(network: Network) -> WorkingCalendar:
    """The working days of a network: one query. A network that has not named its days off has Saturday and Sunday."""
    holidays = frozenset(Holiday.objects.filter(network=network).values_list("on", flat=True))
    return WorkingCalendar(frozenset(network.weekend) or WEEKEND, holidays)


def zone_of(network: Network) -> ZoneInfo:
    """The time zone by which the network's days begin and end."""
    return ZoneInfo(network.time_zone)


def today_in(network: Network, at: datetime) -> date:
    """The day that the network's wall calendar shows at a moment."""
    return local_day(at, zone_of(network))


def windows_of_cycle(cycle: Cycle) -> Windows:
    """The windows of a cycle, where it has none those of its network, where that has none the usual ones."""
    return windows_of(cycle.windows, cycle.network.windows)
