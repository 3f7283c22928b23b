"""Whether giving and taking balance out, how much each reviewer does, how far they go, and who sits on the teams."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

EVEN: Final = 2  # reviewer-days by which a community may be ahead or behind and still count as even


@dataclass(frozen=True, slots=True)
class Went:
    """One person on the team of one visit; communities, people, cycles and visits by their ids.

    `home` is the community that sent them, None for an independent reviewer; `km` the way there, None where nobody
    knows from where they set out; `done` whether the visit is closed, else it is still to come.
    """

    person: int
    home: int | None
    host: int
    cycle: int
    visit: int
    is_client_member: bool
    km: float | None
    done: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """What one community gave and received in one cycle: one reviewer-day for each person on the team of a visit."""

    given: int = 0
    received: int = 0

    @property
    def balance(self) -> int:
        """Given less received: above zero, the others owe; below, the community owes."""
        return self.given - self.received


@dataclass(frozen=True, slots=True)
class Load:
    """What one reviewer has done and is about to do."""

    done: int
    to_come: int
    km: float | None  # of the visits that are done, there alone; None where no way is known
    by_cycle: Mapping[int, int]  # visits, done and to come


@dataclass(frozen=True, slots=True)
class Distances:
    """How far people went, there alone: the middle one, what nine of ten stay within, and the longest."""

    count: int
    median: float
    nine_of_ten: float
    longest: float


@dataclass(frozen=True, slots=True)
class Share:
    """Visits, and those of them with a client member on the team."""

    visits: int
    with_client_member: int

    @property
    def percent(self) -> int | None:
        """In per cent; None where there is no visit."""
        return round(100 * self.with_client_member / self.visits) if self.visits else None


def ledger(went: Iterable[Went]) -> dict[int, dict[int, Entry]]:
    """The give-and-take ledger: community, cycle, entry. Only visits that are done count; nobody's day counts twice."""
    given, received = Counter[tuple[int, int]](), Counter[tuple[int, int]]()
    for one in went:
        if one.done:
            received[one.host, one.cycle] += 1
            if one.home is not None:
                given[one.home, one.cycle] += 1
    found = defaultdict[int, dict[int, Entry]](dict)
    for community, cycle in sorted(given.keys() | received.keys()):
        found[community][cycle] = Entry(given[community, cycle], received[community, cycle])
    return dict(found)


def total(entries: Iterable[Entry]) -> Entry:
    """All cycles together."""
    listed = list(entries)
    return Entry(sum(one.given for one in listed), sum(one.received for one in listed))


def loads(went: Iterable[Went]) -> dict[int, Load]:
    """What each reviewer does, by person."""
    rows = defaultdict[int, list[Went]](list)
    for one in went:
        rows[one.person].append(one)
    return {person: _load(mine) for person, mine in rows.items()}


def _load(mine: Sequence[Went]) -> Load:
    ways = [one.km for one in mine if one.done and one.km is not None]
    done = sum(one.done for one in mine)
    return Load(done, len(mine) - done, sum(ways) if ways else None, Counter(one.cycle for one in mine))


def distances(went: Iterable[Went]) -> Distances | None:
    """How far people went; None where no way is known. The quantile is the smallest value that covers nine of ten."""
    ways = sorted(one.km for one in went if one.km is not None)
    if not ways:
        return None
    middle = len(ways) // 2
    median = ways[middle] if len(ways) % 2 else (ways[middle - 1] + ways[middle]) / 2
    return Distances(len(ways), median, ways[ceil(0.9 * len(ways)) - 1], ways[-1])


def share(went: Iterable[Went]) -> Share:
    """How many of the visits have a client member on their team, on whatever seat."""
    visits = defaultdict[int, bool](bool)
    for one in went:
        visits[one.visit] |= one.is_client_member
    return Share(len(visits), sum(visits.values()))


def spread(balances: Iterable[int]) -> dict[int, int]:
    """How many communities stand at each balance, from the lowest to the highest without a gap."""
    found = Counter(balances)
    return {at: found[at] for at in range(min(found), max(found) + 1)} if found else {}


def even(balances: Iterable[int]) -> int:
    """How many are neither far ahead nor far behind."""
    return sum(abs(one) <= EVEN for one in balances)


def signed(balance: int) -> str:
    """A balance with its sign, such as '+3', '0' and '−2'."""
    return f"{balance:+d}".replace("-", "−") if balance else "0"
