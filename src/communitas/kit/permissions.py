"""The policy algebra: who may do what, said once, asked as yes/no and as a queryset.

A permission holds, for each role, an expression of conditions such as 'own community and window open'. Every condition
is a function of the actor and the role that gives a `Q` about the object; `matching.matches` asks the same `Q` of an
object in memory. So both forms come from one sentence.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet

from communitas.kit.matching import matches

Kind = TypeVar("Kind", bound=Model)
NOBODY = Q(pk__in=[])
ANYBODY = ~NOBODY  # not an empty Q, which vanishes beside an `or`


class Actor(Protocol):
    """Whoever asks: the roles held in this installation, known before any object is."""

    @property
    def roles(self) -> Iterable[str]:
        """Every role held anywhere, 'public' always among them."""


Condition = Callable[[Any, str], Q]  # (actor, role) -> what must be true of the object


def where(**lookups: Any) -> Condition:
    """A condition on the object alone, such as `where(state='open')`."""
    always = Q(**lookups)
    return lambda actor, role: always


def unless(**lookups: Any) -> Condition:
    """A condition on the object alone, turned round."""
    always = ~Q(**lookups)
    return lambda actor, role: always


@dataclass(frozen=True, slots=True)
class _Every:
    parts: tuple[Condition, ...]

    def __call__(self, actor: Any, role: str) -> Q:
        return _all_of(part(actor, role) for part in self.parts)


@dataclass(frozen=True, slots=True)
class _Some:
    parts: tuple[Condition, ...]

    def __call__(self, actor: Any, role: str) -> Q:
        return _any_of(part(actor, role) for part in self.parts)


def every(*conditions: Condition) -> Condition:
    """All of the conditions."""
    return _Every(conditions)


def some(*conditions: Condition) -> Condition:
    """At least one of the conditions."""
    return _Some(conditions)


def _holds(condition: Condition, actor: Any, role: str, obj: Model) -> bool:
    """Whether the condition's `Q` matches the object; of several only as many are asked as decide it."""
    match condition:
        case _Every(parts):
            return all(_holds(part, actor, role, obj) for part in parts)
        case _Some(parts):
            return any(_holds(part, actor, role, obj) for part in parts)
    return matches(condition(actor, role), obj)


# Side by side in one Q: joining them two by two with `&` and `|` copies the whole tree each time.
def _all_of(parts: Iterable[Q]) -> Q:
    kept = [part for part in parts if part is not ANYBODY]
    return Q(*kept) if kept else ANYBODY


def _any_of(parts: Iterable[Q]) -> Q:
    kept = [part for part in parts if part is not NOBODY]
    return Q(*kept, _connector=Q.OR) if kept else NOBODY


@dataclass(frozen=True)
class Permission:
    """Who may do one action. `cells` gives each role's condition; a role that is not named may not."""

    action: str
    why: str
    cells: Mapping[str, Condition]
    sees: "Permission | None" = None
    second_person: Mapping[str, str] = field(default_factory=dict)

    def about(self, actor: Actor) -> Q:
        """What must be true of an object for this actor; roles add up."""
        return _any_of(self.cells[role](actor, role) for role in actor.roles if role in self.cells)

    def visible(self, queryset: QuerySet[Kind], actor: Actor) -> QuerySet[Kind]:
        """The objects of the queryset on which the actor may do this."""
        return queryset.filter(self.about(actor))

    def allows(self, actor: Actor, obj: Model) -> bool:
        """Whether the actor may do this on this object."""
        return any(_holds(self.cells[role], actor, role, obj) for role in actor.roles if role in self.cells)

    def require(self, actor: Actor, obj: Model) -> None:
        """Raise PermissionDenied with the sentence when the actor may not."""
        if not self.allows(actor, obj):
            raise PermissionDenied(self.why)
