"""Delegation: the community lead gives criteria to people with a day; who has what, and what is late."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import rule, sentence

Standing = Literal["done", "differs", "late", "waits"]
REMIND_AGAIN = timedelta(hours=20)  # so that 'every morning' works although nobody presses at the same minute


@dataclass(frozen=True, slots=True)
class Given:
    """One criterion as it is given now."""

    criterion_key: str
    person: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Giving:
    """One attempt to give criteria to a person. `people` are those of the community who can answer.

    `last_on` is the last day of the self-review, None when no day is set or it has passed already.
    """

    criteria: frozenset[str]
    applicable: frozenset[str]
    person: str
    people: frozenset[str]
    due_on: date
    today: date
    last_on: date | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class Load:
    """What one person has: how many criteria, how many of them are done, differ or are late, and the next day."""

    person: str
    given: int
    done: int
    differ: int
    late: int
    next_on: date | None

    @property
    def left(self) -> int:
        """How many still wait for this person's answer."""
        return self.given - self.done - self.differ


@rule
def given_while_open(giving: Giving) -> bool:
    """Criteria are given to people while the self-review is open."""
    return giving.is_open


@rule
def something_is_given(giving: Giving) -> bool:
    """Choose a section or at least one criterion of this self-review."""
    return bool(giving.criteria) and giving.criteria <= giving.applicable


@rule
def given_to_own_people(giving: Giving) -> bool:
    """Criteria are given to people of the community: its leads, its staff and its client members."""
    return giving.person in giving.people


@rule
def day_is_not_past(giving: Giving) -> bool:
    """The day by which an answer is asked for is today or later."""
    return giving.due_on >= giving.today


@rule
def day_is_in_time(giving: Giving) -> bool:
    """The day by which an answer is asked for is not after the last day of the self-review."""
    return giving.last_on is None or giving.last_on < giving.today or giving.due_on <= giving.last_on


_RULES = (given_while_open, something_is_given, given_to_own_people, day_is_not_past, day_is_in_time)


def refuse_giving(giving: Giving) -> None:
    """NotAllowed with the sentence of the first rule that says no."""
    for giving_rule in _RULES:
        if not giving_rule(giving):
            raise NotAllowed(sentence(giving_rule))


@rule
def newly_given(giving: Giving, now: Mapping[str, Given]) -> frozenset[str]:
    """A criterion is given to one person at a time; whoever has it already by that day is not given it again."""
    wanted = (giving.person, giving.due_on)
    return frozenset(key for key in giving.criteria if key not in now or (now[key].person, now[key].due_on) != wanted)


@rule
def standing(*, settled: bool, differs: bool, due_on: date, today: date) -> Standing:
    """What was given is done when its criterion has a settled answer, whoever gave it; after its day it is late."""
    if settled:
        return "done"
    if differs:
        return "differs"
    return "late" if due_on < today else "waits"


@rule
def may_be_reminded(reminded_at: datetime | None, now: datetime) -> bool:
    """A person is reminded at most once a day."""
    return reminded_at is None or now - reminded_at >= REMIND_AGAIN


def loads(given: Iterable[Given], settled: Collection[str], differing: Collection[str], today: date) -> list[Load]:
    """What each person has, those with late criteria first, then those with most left."""
    by_person: dict[str, list[Given]] = {}
    for one in given:
        by_person.setdefault(one.person, []).append(one)
    found = [_load(person, mine, settled, differing, today) for person, mine in by_person.items()]
    return sorted(found, key=lambda load: (-load.late, -load.left, load.person))


def _load(person: str, mine: list[Given], settled: Collection[str], differing: Collection[str], today: date) -> Load:
    stands = [
        standing(
            settled=one.criterion_key in settled, differs=one.criterion_key in differing, due_on=one.due_on, today=today
        )
        for one in mine
    ]
    open_days = [one.due_on for one, stand in zip(mine, stands, strict=True) if stand in {"late", "waits"}]
    return Load(
        person,
        len(mine),
        stands.count("done"),
        stands.count("differs"),
        stands.count("late"),
        min(open_days, default=None),
    )
