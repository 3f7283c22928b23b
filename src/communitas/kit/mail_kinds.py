"""The kinds of mail that a person can choose about. Apps say theirs in `apps.py`; a template belongs to one kind."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise

AT_ONCE: Final = "at_once"
HELD: Final = ("daily", "weekly")
NONE: Final = "none"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: what it is called, what it says, and which templates it sends (the beginnings of their names).

    A compulsory kind always leaves at once, because somebody waits for it or because it keeps an account safe.
    """

    name: str
    title: str | Promise
    says: str | Promise
    templates: tuple[str, ...]
    compulsory: bool = False
    can_wait: bool = True  # False: it carries something that is of use only at once
    usual: str = AT_ONCE
    order: int = 50

    @property
    def ways(self) -> tuple[str, ...]:
        """The ways in which it may come, of those that a person can choose."""
        return (AT_ONCE, *(HELD if self.can_wait else ()), NONE)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Add a kind; a second one of the same name replaces the first."""
    _kinds[kind.name] = kind


def kinds() -> list[Kind]:
    """Every kind, those that can be chosen first."""
    return sorted(_kinds.values(), key=lambda kind: (kind.compulsory, kind.order, kind.name))


def named(name: str) -> Kind | None:
    """The kind of this name, or None."""
    return _kinds.get(name)


def kind_of(template: str) -> Kind | None:
    """The kind that sends this template: of several, the one that names most of it. None: it always leaves at once."""
    fitting = [(len(start), kind) for kind in _kinds.values() for start in kind.templates if template.startswith(start)]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None
