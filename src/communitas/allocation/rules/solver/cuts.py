"""Cuts over three rows, which teams chosen by halves break and whole teams never do.

Of three things that only one team may ask for each (a host, somebody's day, somebody's only visit, a way between two
communities), at most one team can ask for two or more: a subset-row inequality (Jepsen, Petersen, Spoorendonk and
Pisinger 2008, 'Subset-row inequalities applied to the vehicle-routing problem with time windows').
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final, NamedTuple

from communitas.allocation.rules.solver.highs import Floats
from communitas.allocation.rules.solver.instance import NOBODY, Column, Instance

SEEN: Final = 1e-4  # smaller shares of teams are not looked at
BROKEN: Final = 0.005  # by how much a cut must be broken to be worth a row
MOST_AT_ONCE: Final = 150
MOST_OF_A_ROW: Final = 6  # cuts at once that speak of the same row


class Row(NamedTuple):
    """Something that one team alone may ask for: a host, a person's day or only visit, or a way there or back."""

    kind: str  # host, day, visit, way
    first: int
    second: int = NOBODY


Cut = tuple[Row, Row, Row]


def rows_of_option(instance: Instance, number: int) -> list[Row]:
    """What every team of an option asks for: its host, and the day of the host's own people."""
    option = instance.options[number]
    days = [Row("day", person, option.day) for person in instance.people_of.get(option.host, ())]
    return [Row("host", option.host), *days]


def rows_of_person(instance: Instance, number: int, person: int) -> list[Row]:
    """What somebody asks for by sitting in a team of an option."""
    option = instance.options[number]
    rows = [Row("day", person, option.day)]
    if instance.limit[person] == 1:
        rows.append(Row("visit", person))
    community = instance.community[person]
    if instance.no_swap and 0 <= community < len(instance.hosts):
        rows.append(Row("way", *sorted((community, option.host))))
    return rows


def rows_of(instance: Instance, column: Column) -> set[Row]:
    """All that a team asks for."""
    rows = set(rows_of_option(instance, column.option))
    for person in column.people:
        rows.update(rows_of_person(instance, column.option, person))
    return rows


def is_in(cut: Cut, rows: set[Row]) -> bool:
    """Whether a team that asks for these rows counts in a cut."""
    return sum(row in rows for row in cut) >= 2


@dataclass(slots=True)
class PricedCuts:
    """Cuts with their prices."""

    prices: Mapping[Cut, float] = field(default_factory=dict)
    by_row: dict[Row, list[Cut]] = field(init=False)

    def __post_init__(self) -> None:
        self.by_row = defaultdict(list)
        for cut in self.prices:
            for row in cut:
                self.by_row[row].append(cut)

    @property
    def granted(self) -> float:
        """What the cuts grant together: one team each."""
        return sum(self.prices.values())

    def asked(self, instance: Instance, column: Column) -> float:
        """What a team pays."""
        if not self.prices:
            return 0.0
        rows = rows_of(instance, column)
        return sum(price for cut, price in self.prices.items() if is_in(cut, rows))

    def between(self, other: "PricedCuts", weight: float) -> "PricedCuts":
        """`weight` of these prices and the rest of the others."""
        cuts = [*self.prices, *(cut for cut in other.prices if cut not in self.prices)]
        return PricedCuts(
            {cut: weight * self.prices.get(cut, 0.0) + (1 - weight) * other.prices.get(cut, 0.0) for cut in cuts}
        )


class CutsOfOption:
    """What priced cuts ask of the teams of one option, looked up person by person."""

    def __init__(self, instance: Instance, number: int, cuts: PricedCuts) -> None:
        self._instance, self._number, self._cuts = instance, number, cuts
        self._of_all = list(self._with(rows_of_option(instance, number))) if cuts.prices else []
        self._of_person: dict[int, list[tuple[Cut, Row]]] = {}

    def price(self, people: Iterable[int]) -> float:
        """What a team of these people pays."""
        if not self._cuts.prices:
            return 0.0
        asked = defaultdict[Cut, set[Row]](set)
        for cut, row in self._of_all:
            asked[cut].add(row)
        for person in people:
            for cut, row in self._asked(person):
                asked[cut].add(row)
        return sum(self._cuts.prices[cut] for cut, rows in asked.items() if len(rows) >= 2)

    def _asked(self, person: int) -> list[tuple[Cut, Row]]:
        if person not in self._of_person:
            self._of_person[person] = list(self._with(rows_of_person(self._instance, self._number, person)))
        return self._of_person[person]

    def _with(self, rows: Iterable[Row]) -> Iterator[tuple[Cut, Row]]:
        return ((cut, row) for row in rows for cut in self._cuts.by_row.get(row, ()))


def broken_cuts(instance: Instance, columns: Sequence[Column], shares: Floats, known: Iterable[Cut]) -> list[Cut]:
    """The cuts that a relaxed solution breaks most, a few for each row."""
    have, used = set(known), _Used(instance, columns, shares)
    found = [(-excess, cut) for cut, excess in used.excesses() if excess > BROKEN and cut not in have]
    counts, chosen = defaultdict[Row, int](int), list[Cut]()
    for _excess, cut in sorted(found):
        if all(counts[row] < MOST_OF_A_ROW for row in cut):
            chosen.append(cut)
            for row in cut:
                counts[row] += 1
    return chosen[:MOST_AT_ONCE]


class _Used:
    """What the teams of a relaxed solution ask for: each row alone, and each pair of rows by one team."""

    def __init__(self, instance: Instance, columns: Sequence[Column], shares: Floats) -> None:
        self._users = defaultdict[Row, dict[int, float]](dict)  # teams with their shares
        self._pairs = defaultdict[Row, dict[Row, float]](lambda: defaultdict(float))
        for number in (shares > SEEN).nonzero()[0].tolist():
            share, rows = float(shares[number]), sorted(rows_of(instance, columns[number]))
            for row in rows:
                self._users[row][number] = share
            for left, right in combinations(rows, 2):
                self._pairs[left][right] += share

    def excesses(self) -> Iterator[tuple[Cut, float]]:
        """Every three rows that are asked for pair by pair, with what teams in two or more of them exceed one by.

        Each pair is asked for by less than one team, so that all three pairs must be asked for.
        """
        for first, after in sorted(self._pairs.items()):
            for second in sorted(after):
                beyond = self._pairs.get(second, {})
                for third in sorted(after.keys() & beyond.keys()):
                    pairs = after[second] + after[third] + beyond[third]
                    if pairs > 1 + BROKEN:
                        yield (first, second, third), pairs - 2 * self._in_all(first, second, third) - 1

    def _in_all(self, first: Row, second: Row, third: Row) -> float:
        users = self._users
        return sum(users[first][number] for number in users[first].keys() & users[second].keys() & users[third].keys())
