"""What a component is: a template with declared arguments and named states. Wrong use is an error that names it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.functional import Promise


class _Required:
    def __repr__(self) -> str:
        return "required"


REQUIRED: Final = _Required()
Value = Any  # an argument of a component: what it may be is said by its Arg, at run time


class WrongUse(TypeError):
    """A component was asked for in a way it does not know. The message names component and argument."""


@dataclass(frozen=True, slots=True)
class Arg:
    """One argument: its type, what it is for, its default (required without one), and what it may hold.

    `one_of` lists the allowed values, `each` the keys that every item of a sequence must have. An argument whose
    default is None may be None. Text may be lazy (translated) text.
    """

    type: type | tuple[type, ...]
    doc: str
    default: Value = REQUIRED
    one_of: tuple[Value, ...] = ()
    each: tuple[str, ...] = ()

    @property
    def required(self) -> bool:
        """Whether a caller must give it."""
        return self.default is REQUIRED

    @property
    def type_name(self) -> str:
        """The type in words, for the style guide."""
        types = self.type if isinstance(self.type, tuple) else (self.type,)
        return " or ".join(kind.__name__ for kind in types)

    def check(self, value: Value) -> str | None:
        """Why the value does not fit, or None when it does."""
        if value is self.default or (type(value) is self.type and not self.one_of and not self.each):
            return None  # what is asked most: nothing was given, or plainly the right kind
        types = self.type if isinstance(self.type, tuple) else (self.type,)
        if isinstance(value, Promise) and str in types:
            return None
        if (isinstance(value, bool) and bool not in types and object not in types) or not isinstance(value, types):
            return f"wants {self.type_name}, got {_kind(value)}"
        if Sequence in types and isinstance(value, str) and str not in types:
            return "wants a list, got text"
        if self.one_of and value not in self.one_of:
            return f"must be one of {', '.join(map(repr, self.one_of))}, got {value!r}"
        return _lacking(value, self.each) if self.each else None


def _lacking(items: Value, keys: tuple[str, ...]) -> str | None:
    for position, item in enumerate(items):
        missing = [key for key in keys if not _has(item, key)]
        if missing:
            return f"item {position} lacks {', '.join(missing)}"
    return None


def _kind(value: Value) -> str:
    return "str" if isinstance(value, (str, Promise)) else type(value).__name__


def _has(item: Value, key: str) -> bool:
    return key in item if isinstance(item, Mapping) else hasattr(item, key)


@dataclass(frozen=True, slots=True)
class State:
    """One state for the style guide: a name, the arguments that bring it about, and content for block components."""

    name: str
    args: Mapping[str, Value] = field(default_factory=dict)
    content: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Component:
    """A component: `ui/<name>.html`, its arguments and its states. `block` ones also take content.

    `prepare` turns checked arguments into what the template shows; it may add names, never read the request.
    """

    name: str
    doc: str
    args: Mapping[str, Arg]
    states: Sequence[State]
    block: bool = False
    roomy: bool = False  # wants the whole width of the style guide
    prepare: Callable[[dict[str, Value]], dict[str, Value]] | None = None

    @property
    def template(self) -> str:
        """The template that draws it."""
        return f"ui/{self.name}.html"

    @property
    def signature(self) -> str:
        """The arguments as one line: `label, kind='primary', …`."""
        parts = [name if arg.required else f"{name}={arg.default!r}" for name, arg in self.args.items()]
        return ", ".join(parts)

    def bind(self, given: Mapping[str, Value]) -> dict[str, Value]:
        """The template's context for these arguments; WrongUse when one is unknown, missing or of the wrong kind."""
        if not given.keys() <= self.args.keys():
            unknown = sorted(given.keys() - self.args.keys())
            raise WrongUse(f"Component '{self.name}' has no argument {', '.join(unknown)}. It has: {self.signature}")
        bound: dict[str, Value] = {}
        for name, arg in self.args.items():
            if name not in given and arg.required:
                raise WrongUse(f"Component '{self.name}' needs the argument '{name}': {arg.doc}")
            value = given.get(name, arg.default)
            problem = arg.check(value)
            if problem:
                raise WrongUse(f"Component '{self.name}': the argument '{name}' {problem}")
            bound[name] = value
        return self.prepare(bound) if self.prepare else bound


_registry: dict[str, Component] = {}


def declare(component: Component) -> Component:
    """Add a component to the library. A second one of the same name is an error."""
    if component.name in _registry:
        raise ValueError(f"Component '{component.name}' is declared twice")
    _registry[component.name] = component
    return component


def get(name: str) -> Component:
    """The component of that name; WrongUse when there is none."""
    try:
        return _registry[name]
    except KeyError:
        raise WrongUse(f"There is no component '{name}'. There are: {', '.join(sorted(_registry))}") from None


def every() -> list[Component]:
    """All components in the order in which they were declared."""
    return list(_registry.values())
