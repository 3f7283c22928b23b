"""Who reviews whom: the first fitting people of a shuffled pool, by the rules that the visits' own rules hold."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from communitas.demo.network.founding import Hearth
from communitas.demo.network.luck import luck
from communitas.people.models import Account

LEAD: Final = "lead"
STAFF: Final = "staff"
CLIENT_MEMBER: Final = "client_member"
MOST_VISITS: Final = 3


@dataclass
class Pool:
    """The reviewers of the network over the cycles. `pairs` are (reviewing code, host code) by year."""

    hearth: Hearth
    pairs: dict[int, set[tuple[str, str]]] = field(default_factory=dict)
    visits: Counter[tuple[int, int]] = field(default_factory=Counter)
    home: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for code, house in self.hearth.households.items():
            for who in (*house.lead_reviewers, *house.staff_reviewers, *house.client_reviewers):
                self.home[who.pk] = code

    def team(
        self, host: str, year: int, seats: Iterable[str], *, cast: Iterable[str] = ()
    ) -> list[tuple[Account, str]]:
        """People with their seats; a seat that nobody may take stays empty. `cast` are usernames who come first."""
        first = [self.hearth.accounts[name] for name in cast if name in self.hearth.accounts]
        taken: list[tuple[Account, str]] = []
        for seat in seats:
            found = next((who for who in self._candidates(host, year, seat, first) if who not in dict(taken)), None)
            if found is not None:
                taken.append((found, seat))
                self.note(found, host, year)
        return taken

    def note(self, who: Account, host: str, year: int) -> None:
        """Remember that somebody visits a host."""
        self.pairs.setdefault(year, set()).add((self.home[who.pk], host))
        self.visits[who.pk, year] += 1

    def _candidates(self, host: str, year: int, seat: str, first: list[Account]) -> Iterator[Account]:
        everyone = [who for house in self.hearth.households.values() for who in _of_seat(house, seat)]
        luck(self.hearth.seed, host, year, seat).shuffle(everyone)
        everyone.sort(key=lambda who: (who not in first, self.visits[who.pk, year]))
        return (who for who in everyone if self._fits(who, host, year))

    def _fits(self, who: Account, host: str, year: int) -> bool:
        home = self.home[who.pk]
        stories = self.hearth.place(home).data, self.hearth.place(host).data
        return (
            home != host
            and stories[0]["organisation"] != stories[1]["organisation"]
            and self.visits[who.pk, year] < MOST_VISITS
            and (host, home) not in self.pairs.get(year, set())
            and not any((home, host) in self.pairs.get(earlier, set()) for earlier in (year - 2, year - 1))
            and not self._gone(home, year)
        )

    def _gone(self, home: str, year: int) -> bool:
        return year == max(self.hearth.cycles) and self.hearth.place(home).event.get("kind") in {"withdraw", "merge"}


def _of_seat(house: object, seat: str) -> list[Account]:
    kinds = {LEAD: "lead_reviewers", STAFF: "staff_reviewers", CLIENT_MEMBER: "client_reviewers"}
    found: list[Account] = getattr(house, kinds[seat])
    return found
