"""An edition of a standard set as plain data, the same for the database, the files and the command line."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum


class Level(IntEnum):
    """How much failing a criterion matters: types 1, 2 and 3 of the field."""

    ESSENTIAL = 1
    EXPECTED = 2
    DESIRABLE = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """One point of a scale: its value (0 is always the lowest) and its word, such as 'met'."""

    value: int
    word: str


@dataclass(frozen=True, slots=True)
class Scale:
    """The marks of an edition, highest first; not applicable is not a mark but a state beside it."""

    marks: tuple[Mark, ...]

    @property
    def top(self) -> int:
        """The value that counts as met."""
        return max(mark.value for mark in self.marks)

    @property
    def levels(self) -> int:
        """q of the statistics: how many marks the scale has, used or not."""
        return len(self.marks)

    def word(self, value: int) -> str:
        """The word of a value; KeyError when it is off the scale."""
        return {mark.value: mark.word for mark in self.marks}[value]

    def holds(self, value: int) -> bool:
        """Whether the value is on the scale."""
        return any(mark.value == value for mark in self.marks)


THREE_MARKS = Scale((Mark(2, "met"), Mark(1, "partly met"), Mark(0, "not met")))
TWO_MARKS = Scale((Mark(1, "met"), Mark(0, "not met")))


@dataclass(frozen=True, slots=True)
class Value:
    """A principle printed with the standards and never scored."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Layer:
    """The common core, a supplement for some service types, or an optional module chosen at enrolment."""

    code: str
    title: str
    kind: str = "core"  # core | supplement | module
    applies_to: tuple[str, ...] = ()


CORE = Layer("core", "Core standards")


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is scored. `key` is stable within the edition; `code` is what people say aloud, such as 3.4."""

    code: str
    statement: str
    level: Level
    key: str = ""
    standard: str = ""
    guidance: str = ""
    evidence: str = ""
    references: str = ""
    plain_text: str = ""
    applies_to: tuple[str, ...] = ()  # codes of service types; empty = all
    layer: str = "core"

    def applies_to_type(self, service_type: str) -> bool:
        """A criterion without types applies to every service; otherwise the type must be named."""
        return not self.applies_to or service_type.casefold() in {name.casefold() for name in self.applies_to}


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter of an edition with its criteria in the order of the book."""

    title: str
    criteria: tuple[Criterion, ...]
    code: str = ""
    introduction: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """One numbered edition of a standard set."""

    title: str
    number: int
    sections: tuple[Section, ...]
    scale: Scale = THREE_MARKS
    values: tuple[Value, ...] = ()
    layers: tuple[Layer, ...] = field(default=(CORE,))
    summary: str = ""

    def criteria(self) -> Iterator[Criterion]:
        """Every criterion in the order of the book."""
        for section in self.sections:
            yield from section.criteria

    def applicable(self, service_type: str, modules: frozenset[str] = frozenset()) -> tuple[Criterion, ...]:
        """The criteria one community scores: the core, the supplements of its type, and the modules it chose."""
        layers = {layer.code: layer for layer in self.layers}
        return tuple(
            criterion
            for criterion in self.criteria()
            if criterion.applies_to_type(service_type) and layer_applies(layers[criterion.layer], service_type, modules)
        )


def layer_applies(layer: Layer, service_type: str, modules: frozenset[str]) -> bool:
    """A module applies where it was chosen, any other layer to its service types, or to all without any."""
    if layer.kind == "module":
        return layer.code in modules
    return not layer.applies_to or service_type.casefold() in {name.casefold() for name in layer.applies_to}
