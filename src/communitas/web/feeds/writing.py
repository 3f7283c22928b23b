"""Items of the agenda as iCalendar: lines of at most 75 octets that end with CRLF, days and moments with their zone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

from communitas.kit.agenda import Item

PRODUCT: Final = "-//Communitas//Calendar//EN"
REFRESH: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Guest:
    """Whom an invitation is for."""

    name: str
    address: str


def feed(items: Iterable[Item], *, name: str, zone: ZoneInfo, site: str) -> bytes:
    """A calendar to subscribe to. The same items give the same bytes."""
    calendar = _calendar(name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for item in items:
        calendar.add_component(_event(item, zone, site, item.revision))
    return _written(calendar)


def invitation(
    item: Item,
    *,
    method: str,
    sequence: int,
    name: str,
    organizer: Guest,
    guest: Guest,
    zone: ZoneInfo,
    site: str,
) -> str:
    """One item for one guest: REQUEST puts it into the calendar or replaces what is there, CANCEL takes it out."""
    calendar = _calendar(name)
    calendar.add("method", method)
    event = _event(item, zone, site, sequence, cancelled=method == "CANCEL", uid=f"{item.name}-by-mail")
    event.add("organizer", _person(organizer))
    attendee = _person(guest)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
    attendee.params["RSVP"] = vText("FALSE")
    event.add("attendee", attendee, encode=False)
    calendar.add_component(event)
    return _written(calendar).decode()


def _calendar(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", vText(_one_line(name)))
    calendar.add("x-wr-calname", vText(_one_line(name)))
    return calendar


def _event(item: Item, zone: ZoneInfo, site: str, sequence: int, *, cancelled: bool = False, uid: str = "") -> Event:
    event = Event()
    event.add("uid", f"{uid or item.name}@{urlsplit(site).hostname or 'communitas'}")
    event.add("dtstamp", item.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", item.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", sequence)
    event.add("summary", _one_line(item.title))
    for line, moment in _when(item, zone):
        event.add(line, moment)
    if item.cancelled or cancelled:
        event.add("status", "CANCELLED")
    else:
        event.add("status", "TENTATIVE" if item.tentative else "CONFIRMED")
    event.add("transp", "OPAQUE" if item.starts else "TRANSPARENT")
    event.add("class", "PRIVATE")
    if item.text:
        event.add("description", _plain(item.text))
    if item.place:
        event.add("location", _plain(item.place))
    if item.href:
        event.add("url", item.href)
    return event


def _when(item: Item, zone: ZoneInfo) -> Sequence[tuple[str, date | datetime]]:
    if item.starts is None:
        return (("dtstart", item.on), ("dtend", item.on + timedelta(days=1)))
    starts = item.starts.astimezone(zone)
    ends = item.ends.astimezone(zone) if item.ends else starts + timedelta(hours=1)
    return (("dtstart", starts), ("dtend", ends))


def _person(guest: Guest) -> vCalAddress:
    person = vCalAddress(f"mailto:{guest.address}")
    person.params["CN"] = vText(_one_line(guest.name).replace('"', "'"))
    return person


def _plain(text: str) -> str:
    """Words without control characters, which no line of a calendar may hold; line breaks stay."""
    return "".join(letter for letter in text.replace("\r\n", "\n") if letter == "\n" or ord(letter) >= ord(" "))


def _one_line(text: str) -> str:
    """Words for a title or a name, which stand on one line."""
    return " ".join(_plain(text).split())


def _written(calendar: Calendar) -> bytes:
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written
