"""Reading what a case holds: each reader gives a value of the wanted form or says which case and field is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, Final

from communitas.benchmarking.rules.facts import Score

LARGEST: Final = 10**15  # beyond, whole numbers are no longer exact as floating point
NOT_GIVEN: Final = frozenset({"NA", "NS"})
_REQUIRED: Final = object()


class Malformed(Exception):
    """The file, or a field of a case, has not the form that it should have."""


@dataclass(frozen=True, slots=True)
class Field:
    """A value at a place such as `case O01: input.table[0]`."""

    place: str
    value: Any

    def wrong(self, wanted: str) -> Malformed:
        """The complaint that the value is not what was wanted."""
        found = repr(self.value)
        return Malformed(f"{self.place} should be {wanted}, not {found if len(found) <= 60 else found[:57] + '...'}")

    def get(self, name: str, default: Any = _REQUIRED) -> Field:
        """A field of an object; without a default it must be there."""
        if not isinstance(self.value, Mapping):
            raise self.wrong("an object")
        place = f"{self.place}.{name}"
        if name in self.value:
            return Field(place, self.value[name])
        if default is _REQUIRED:
            raise Malformed(f"{place} is missing")
        return Field(place, default)

    def has(self, name: str) -> bool:
        """Whether an object has a field that is not null."""
        return isinstance(self.value, Mapping) and self.value.get(name) is not None

    def items(self, length: int | None = None) -> list[Field]:
        """The members of a list, of that length when one is given."""
        if not isinstance(self.value, list):
            raise self.wrong("a list")
        if length is not None and len(self.value) != length:
            raise Malformed(f"{self.place} should have {length} members, not {len(self.value)}")
        return [Field(f"{self.place}[{i}]", each) for i, each in enumerate(self.value)]

    def number(self) -> float:
        """A finite number that is not too large to compute with."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise self.wrong("a number")
        if not isfinite(self.value) or abs(self.value) > LARGEST:
            raise self.wrong("a number of at most 1e15")
        return float(self.value)

    def whole(self) -> int:
        """A whole number."""
        found = self.number()
        if found != int(found):
            raise self.wrong("a whole number")
        return int(self.value)

    def count(self, most: int | None = None) -> int:
        """A whole number that is not negative, and no larger than `most`."""
        found = self.whole()
        if found < 0 or (most is not None and found > most):
            raise self.wrong("a count" if most is None else f"a count of at most {most}")
        return found

    def share(self) -> float:
        """A number from 0 to 1."""
        found = self.number()
        if not 0 <= found <= 1:
            raise self.wrong("a number from 0 to 1")
        return found

    def text(self) -> str:
        """A text that is not empty and fits on one line."""
        if not isinstance(self.value, str) or not self.value.strip() or not self.value.isprintable():
            raise self.wrong("a text on one line")
        return self.value

    def truth(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise self.wrong("true or false")
        return self.value

    def is_missing(self) -> bool:
        """Whether nothing was given: null, not applicable or not scored."""
        return self.value is None or (isinstance(self.value, str) and self.value in NOT_GIVEN)

    def counts(self, length: int | None = None) -> list[int]:
        """A list of counts."""
        return [each.count() for each in self.items(length)]

    def numbers(self, length: int | None = None) -> list[float]:
        """A list of numbers."""
        return [each.number() for each in self.items(length)]

    def given_numbers(self) -> list[float]:
        """The numbers of a list in which some may be missing."""
        return [each.number() for each in self.items() if not each.is_missing()]

    def square(self, levels: int | None = None) -> list[list[int]]:
        """A square table of counts."""
        rows = self.items(levels)
        return [row.counts(len(rows)) for row in rows]

    def matrix(self) -> list[list[Field]]:
        """A list of lists of the same length."""
        rows = self.items()
        width = len(rows[0].items()) if rows else 0
        return [row.items(width) for row in rows]

    def score(self, levels: int) -> Score:
        """A mark of the scale, 'NA', or 'NS' (also null), which is not scored."""
        if self.value == "NA":
            return "NA"
        return None if self.is_missing() else self.count(levels - 1)

    def scale(self) -> tuple[int, int]:
        """The lowest and the highest rating."""
        low, high = (each.whole() for each in self.items(2))
        if low >= high or high - low > 1000:
            raise self.wrong("the lowest and the highest rating")
        return low, high


def confidence_of(params: Field) -> float:
    """The confidence level a case asks for, as share or per cent, by one of its usual names; 0.95 without."""
    for name in ("confidence", "confidence_level", "conf_level", "level"):
        if params.has(name):
            asked = params.get(name)
            found = asked.number()
            share = found / 100 if found > 1 else found
            if not 0 < share < 1:
                raise asked.wrong("a confidence level between 0 and 1")
            return share
    if params.has("alpha"):
        asked = params.get("alpha")
        if not 0 < asked.number() < 1:
            raise asked.wrong("a number between 0 and 1")
        return 1 - asked.number()
    return 0.95


def levels_of(given: Field, params: Field, default: int | None = None) -> int | None:
    """How many levels the scale has, from `categories`, or from q (or `levels`) among the input or the parameters."""
    for source in (given, params):
        if source.has("categories"):
            return len(source.get("categories").items())
        for name in ("q", "levels"):
            if source.has(name):
                asked = source.get(name)
                found = len(asked.value) if isinstance(asked.value, list) else asked.count(1000)
                if not found:
                    raise asked.wrong("at least one level")
                return found
    return default
