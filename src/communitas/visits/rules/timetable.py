"""The timetable of a visit: what follows on what, what clashes, and what changed between two versions."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import rule

DAY: Final = 24 * 60
MOST_ROWS: Final = 40
_FIELDS: Final = ("what", "who", "where", "notes", "minutes", "start", "pause")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a timetable. `start` is a fixed time such as 09:30, or empty: it follows on the line above."""

    id: str
    what: str
    minutes: int
    start: str = ""
    who: str = ""
    where: str = ""
    notes: str = ""
    pause: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A line with its place in the day, in minutes since midnight."""

    row: Row
    begins: int
    ends: int

    @property
    def times(self) -> str:
        """From when to when, as people read it."""
        return f"{clock(self.begins)}\N{EN DASH}{clock(self.ends)}"


def minutes_of(time: str) -> int:
    """The minutes since midnight of a time such as 09:30; ValueError for anything else."""
    hours, colon, minutes = time.partition(":")
    if not (colon and hours.isdecimal() and minutes.isdecimal() and int(hours) < 24 and int(minutes) < 60):
        raise ValueError(f"{time} is no time of day")
    return int(hours) * 60 + int(minutes)


def clock(minutes: int) -> str:
    """Minutes since midnight as a time of day; what lies behind midnight says so."""
    words = f"{minutes // 60 % 24:02}:{minutes % 60:02}"
    return words if minutes < DAY else f"{words} the next day"


def schedule(rows: Sequence[Row], day_starts: str) -> tuple[Slot, ...]:
    """Every line with its times: a line without a fixed time begins when the one above it ends."""
    slots: list[Slot] = []
    now = minutes_of(day_starts)
    for row in rows:
        begins = minutes_of(row.start) if row.start else now
        now = begins + row.minutes
        slots.append(Slot(row, begins, now))
    return tuple(slots)


def clashes(slots: Sequence[Slot], day_starts: str, day_ends: str) -> dict[str, str]:
    """What does not fit, by line: a sentence where a line overlaps with another or lies outside the day."""
    found: dict[str, str] = {}
    earliest, latest = minutes_of(day_starts), minutes_of(day_ends)
    for number, slot in enumerate(slots):
        other = next((one for one in slots[:number] if slot.begins < one.ends and one.begins < slot.ends), None)
        if other:
            found[slot.row.id] = f"This overlaps with '{other.row.what}' ({other.times})."
        elif slot.begins < earliest:
            found[slot.row.id] = f"This begins before the day starts at {clock(earliest)}."
        elif slot.ends > latest:
            found[slot.row.id] = f"This ends after the day is over at {clock(latest)}."
    return found


def without_a_break(slots: Sequence[Slot], *, most: int = 180) -> str:
    """A sentence when people sit longer than `most` minutes without a break; empty when they do not."""
    since: int | None = None
    last = 0
    for slot in slots:
        if slot.row.pause or (since is not None and slot.begins - last >= 10):
            since = None
        if not slot.row.pause:
            since = slot.begins if since is None else since
            if slot.ends - since > most:
                return f"There is no break between {clock(since)} and {clock(slot.ends)}."
        last = slot.ends
    return ""


def moved(rows: Sequence[Row], row_id: str, by: int) -> tuple[Row, ...]:
    """The lines with one of them moved up (-1) or down (1); at the end of the list it stays."""
    found = list(rows)
    place = next((number for number, row in enumerate(found) if row.id == row_id), None)
    if place is None or not 0 <= place + by < len(found):
        return tuple(found)
    found.insert(place + by, found.pop(place))
    return tuple(found)


def changes(before: Sequence[Row], after: Sequence[Row]) -> dict[str, str]:
    """What became of each line between two versions: new, changed, moved or gone. The others are left out."""
    old, new = {row.id: row for row in before}, {row.id: row for row in after}
    found = {row.id: "new" if row.id not in old else "changed" for row in after if old.get(row.id) != row}
    found |= {row.id: "gone" for row in before if row.id not in new}
    kept_before = [row.id for row in before if row.id in new]
    kept_after = [row.id for row in after if row.id in old]
    found |= {two: "moved" for one, two in zip(kept_before, kept_after, strict=True) if one != two and two not in found}
    return found


def read_rows(stored: Sequence[Mapping[str, Any]]) -> tuple[Row, ...]:
    """Lines from the form in which they are kept."""
    return tuple(Row(id=str(one["id"]), **{name: one[name] for name in _FIELDS if name in one}) for one in stored)


def write_rows(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Lines in the form in which they are kept."""
    return [asdict(row) for row in rows]


@rule
def says_something(rows: Sequence[Row]) -> bool:
    """Every line of a timetable says what happens and how long it takes."""
    return all(row.what.strip() and 0 < row.minutes <= DAY for row in rows)


@rule
def fits_on_a_page(rows: Sequence[Row]) -> bool:
    """A timetable has forty lines at most, so that it fits on a page."""
    return len(rows) <= MOST_ROWS


def refuse_rows(rows: Sequence[Row]) -> None:
    """NotAllowed where the lines break a rule. A clash is shown, and does not stop anybody."""
    if not fits_on_a_page(rows):
        raise NotAllowed("A timetable has forty lines at most, so that it fits on a page.")
    if not says_something(rows):
        raise NotAllowed("Every line of a timetable says what happens and how long it takes.")


def with_ids(rows: Sequence[Row], version: int) -> tuple[Row, ...]:
    """The same lines, each with a name of its own: lines without one, or with a name used twice, get a new one."""
    taken: set[str] = set()
    named: list[Row] = []
    for place, row in enumerate(rows):
        own = row.id if row.id and row.id not in taken else f"v{version}-{place}"
        taken.add(own)
        named.append(replace(row, id=own))
    return tuple(named)


# The day as most communities hold it, until the office writes its own template.
USUAL: Final = (
    Row("a", "Arrival, coffee and introductions", 30, "09:30", "Everybody", "Living room"),
    Row("b", "Community meeting", 60, "", "The whole community and the team", "Meeting room"),
    Row("j", "Tea", 15, "", "", "", "", pause=True),
    Row("c", "Tour of the house", 30, "", "Two client members with the team", ""),
    Row("d", "Talk with client members", 45, "", "Client members; no staff of the house", "", "Half the team"),
    Row("e", "Talk with staff", 45, "", "Staff", "", "Half the team"),
    Row("f", "Lunch together", 45, "", "Everybody", "Dining room", "", pause=True),
    Row("g", "The team scores and talks", 75, "", "The team alone", "A quiet room"),
    Row("h", "Break", 15, "", "", "", "", pause=True),
    Row("i", "Feedback to the whole community", 45, "", "Everybody", "Meeting room"),
)
USUAL_VIRTUAL: Final = (
    Row("a", "Welcome and introductions", 20, "10:00", "Everybody", "Online"),
    Row("b", "Community meeting", 50, "", "The whole community and the team", "Online"),
    Row("c", "Break", 15, "", "", "", "", pause=True),
    Row("d", "Talk with client members", 40, "", "Client members; no staff of the house", "Online, first room"),
    Row("e", "Talk with staff", 40, "", "Staff", "Online, second room"),
    Row("f", "Lunch apart", 45, "", "", "", "", pause=True),
    Row("g", "The team scores and talks", 75, "", "The team alone", "Online, own room"),
    Row("h", "Break", 15, "", "", "", "", pause=True),
    Row("i", "Feedback to the whole community", 40, "", "Everybody", "Online"),
)


def usual_day(form: str) -> tuple[Row, ...]:
    """The usual day for a form of visit."""
    return USUAL_VIRTUAL if form == "virtual" else USUAL
