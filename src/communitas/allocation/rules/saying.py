"""What a reviewer says of their days: the days one can choose from, by month, and what a saving changed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from communitas.kit.rulebook import rule

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Changed:
    """What a saving changed."""

    added: tuple[date, ...]
    removed: tuple[date, ...]


@rule
def wish_within_limit(most: int | None, limit: int) -> bool:
    """Nobody wishes for more visits in a cycle than the network has set."""
    return most is None or 1 <= most <= limit


@rule
def silence_has_a_reason(none: bool, reason: str) -> bool:
    """Whoever cannot review in a cycle says in a few words why; only the office reads it."""
    return not none or bool(reason.strip())


def days_to_choose(first: date, last: date, also: Iterable[date]) -> list[date]:
    """The days from Monday to Friday of a time, and those at weekends that hosts offer or somebody has named."""
    count = max(0, (last - first).days + 1)
    usual = {day for number in range(count) if (day := first + timedelta(days=number)).weekday() < SATURDAY}
    return sorted(usual | {day for day in also if first <= day <= last})


def by_month(days: Iterable[date]) -> list[tuple[date, list[date]]]:
    """The days under the first of their month, in order."""
    months: dict[date, list[date]] = {}
    for day in sorted(days):
        months.setdefault(day.replace(day=1), []).append(day)
    return list(months.items())


def changed(before: Collection[date], after: Collection[date], asked: Collection[date]) -> Changed:
    """What is new and what is gone among the days that were asked about."""
    was = set(before) & set(asked)
    return Changed(tuple(sorted(set(after) - was)), tuple(sorted(was - set(after))))


def visits_wanted(*, limit: int, wish: int | None, asked_already: int) -> int:
    """How many visits a person makes in a cycle: limit or wish, but never fewer than they were asked for.

    A wish that is said after people were asked takes nobody off a team.
    """
    return limit if wish is None else min(limit, max(wish, asked_already))


def about(km: float, *, hidden: bool) -> int:
    """Kilometres as others may read them: whole ones, and full tens where the address is hidden."""
    return max(10, round(km / 10) * 10) if hidden else round(km)
