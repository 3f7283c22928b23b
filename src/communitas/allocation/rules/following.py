"""Who follows when a seat of a team falls empty: a reserve, the next person, or nobody, and why."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from communitas.allocation.rules.alternatives import Alternative
from communitas.kit.rulebook import rule
from communitas.visits.rules.visit import WITH_A_DAY

MOST_TRIED: Final = 5  # people tried one after the other, when a rule of visits refuses somebody meanwhile
BY_ITSELF: Final = frozenset({"team_appointed", "confirmed"})  # before that, the office is still at work on the team

Obstacle = Literal["", "over", "no_date", "closed_cycle", "not_appointed", "switched_off", "stopped", "too_late"]


@dataclass(frozen=True, slots=True)
class Moment:
    """How a visit stands when one of its seats is empty.

    `state` is the visit's, `day` its date, `is_current` whether its cycle is open, `asks` whether the network has
    people asked by itself, `stopped` whether the office stopped that for this visit.
    """

    state: str
    day: date | None
    today: date
    is_current: bool = True
    asks: bool = True
    stopped: bool = False
    stop_days: int = 2


@dataclass(frozen=True, slots=True)
class Following:
    """One person who may be asked: the `rank` among all `of_how_many` whom no rule keeps away, and what it costs."""

    person: str
    rank: int
    of_how_many: int
    difference: float
    km: float


def obstacle(moment: Moment) -> Obstacle:
    """What stands against asking anybody at all, a reserve as well."""
    if moment.state not in WITH_A_DAY or (moment.day is not None and moment.day < moment.today):
        return "over"
    if not moment.is_current:
        return "closed_cycle"
    return "" if moment.day is not None else "no_date"


def obstacle_by_itself(moment: Moment) -> Obstacle:
    """What stands against asking somebody new without a word of the office. Reserves are called all the same."""
    if not moment.asks:
        return "switched_off"
    if moment.stopped:
        return "stopped"
    return "" if there_is_time(moment) else "too_late"


@rule
def there_is_time(moment: Moment) -> bool:
    """Within the days before a visit that the network has set, nobody new is asked by itself: the office decides."""
    return moment.day is not None and moment.day - moment.today > timedelta(days=moment.stop_days)


@rule
def asked_only_once(person: str, gone: Collection[str]) -> bool:
    """Whoever declined, gave no answer, withdrew or was taken off is not asked by itself for the same visit again."""
    return person not in gone


@rule
def asked_first(person: str, willing: Collection[str]) -> bool:
    """Whoever has offered to come to this very visit is asked before anybody else."""
    return person in willing


def who_follows(
    ranked: Sequence[Alternative], *, gone: Collection[str], waiting: Collection[str], willing: Collection[str] = ()
) -> tuple[Following, ...]:
    """Whom to ask, the best one first. `ranked` are people for the seat in the order of what they would cost.

    `gone` are those who left this visit already, `waiting` those with another question or visit on the same day,
    `willing` those who have offered to come.
    """
    fitting = [one for one in ranked if not one.broken]
    found = [
        Following(one.reviewer, number, len(fitting), one.difference, one.km)
        for number, one in enumerate(fitting, start=1)
        if asked_only_once(one.reviewer, gone) and one.reviewer not in waiting
    ]
    return tuple(sorted(found, key=lambda one: (not asked_first(one.person, willing), one.rank)))


def worth_asking(ranked: Sequence[Alternative], *, gone: Collection[str]) -> tuple[str, ...]:
    """People against whom only their own days speak, the nearest to the best first: they may be free after all."""
    found = [one for one in ranked if one.worth_asking and one.reviewer not in gone]
    return tuple(one.reviewer for one in sorted(found, key=lambda one: (one.difference, one.reviewer))[:MOST_TRIED])
