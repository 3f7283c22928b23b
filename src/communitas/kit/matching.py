"""Ask an object in memory what a queryset would ask the database, so that a rule is written once."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, Q

_LOOKUPS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": lambda found, wanted: bool(_plain(found) == _plain(wanted)),
    "in": lambda found, wanted: _plain(found) in {_plain(item) for item in wanted},
    "isnull": lambda found, wanted: (found is None) is wanted,
    "lt": lambda found, wanted: found is not None and found < wanted,
    "lte": lambda found, wanted: found is not None and found <= wanted,
    "gt": lambda found, wanted: found is not None and found > wanted,
    "gte": lambda found, wanted: found is not None and found >= wanted,
}


def matches(condition: Q, obj: Model) -> bool:
    """Whether a queryset of this one object, filtered by the condition, would hold it.

    Understands the lookups exact, in, isnull, lt, lte, gt, gte along foreign keys; anything else raises AttributeError.
    An empty condition holds for everything, negated or not, as it does for the database.
    """
    if not condition.children:
        return True
    answers = (
        matches(child, obj) if isinstance(child, Q) else _holds(obj, *child)  # type: ignore[misc]  # Q's children are Q or pairs
        for child in condition.children
    )
    answer = any(answers) if condition.connector == Q.OR else all(answers)
    return answer is not condition.negated


def _holds(obj: Model, path: str, wanted: Any) -> bool:
    names, holds = _parsed(path)
    return any(holds(value, wanted) for value in (_along(obj, names) or _follow([obj], names)))


@cache
def _parsed(path: str) -> tuple[list[str], Callable[[Any, Any], bool]]:
    """The steps of a path and what is asked of the value at its end; policies write a few dozen paths."""
    *steps, last = path.split("__")
    return (steps, _LOOKUPS[last]) if last in _LOOKUPS else ([*steps, last], _LOOKUPS["exact"])


def _along(obj: Model, names: list[str]) -> list[Any]:
    """The one value at the end of a path along foreign keys that were read already; nothing for any other path."""
    value: Any = obj
    for name in names[:-1]:
        value = value._state.fields_cache.get(name)
        if value is None:
            return []
    held = value.__dict__
    return [held[name] for name in (f"{names[-1]}_id", names[-1]) if name in held][:1]


def _follow(values: Iterable[Any], names: list[str]) -> Iterator[Any]:
    for value in values:
        if not names or value is None:
            yield value
            continue
        name, rest = names[0], names[1:]
        if not rest and hasattr(value, f"{name}_id"):
            yield getattr(value, f"{name}_id")
            continue
        reached = _reach(value, name)
        many = reached.all() if hasattr(reached, "all") else [reached]
        yield from _follow(many, rest)


def _reach(value: Any, name: str) -> Any:
    try:
        return getattr(value, name)
    except ObjectDoesNotExist:  # the other side of a one-to-one that is not there
        return None


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value
