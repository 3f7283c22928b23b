"""Read typed values out of JSON and remember every refusal with its path, so that all can be told at once."""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from math import inf, isfinite
from typing import Any, Final, TypeVar

T = TypeVar("T", bound=str)
Object = dict[str, Any]

ROOT: Final = "problem"
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ABSENT: Final = object()


class Refusals:
    """What is wrong with a file, as `path: message` lines in the order in which it was found.

    Each reader gives a harmless value for what it refuses, so that reading goes on.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, path: str, message: str) -> None:
        """Remember a refusal; line breaks in what people wrote are shown, not made."""
        self.lines.append(f"{path}: {message}".replace("\n", "\\n").replace("\r", "\\r"))

    def document(self, content: bytes) -> Object | None:
        """The object that a file of JSON holds, or None when it holds none."""
        try:
            found = json.loads(content.decode("utf-8-sig"), object_pairs_hook=self._once)
        except (ValueError, RecursionError) as error:
            self.say(ROOT, f"is not JSON: {error}")
            return None
        return self.mapping(found, ROOT)

    def _once(self, pairs: Sequence[tuple[str, Any]]) -> Object:
        found = dict(pairs)
        if len(found) != len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            self.say(ROOT, f"the name {shown(twice)} stands twice in one object")
        return found

    def mapping(self, value: object, path: str) -> Object | None:
        """An object with names."""
        if isinstance(value, dict):
            return value
        self.say(path, "must be an object with names, in braces")
        return None

    def mappings(self, owner: Object, key: str, *, needed: bool = False) -> Iterator[tuple[str, Object]]:
        """Each object of a list with its path; a list that is not needed may be absent."""
        value = owner.get(key, _ABSENT)
        if value is _ABSENT and not needed:
            return
        for path, item in self._items(value, key):
            found = self.mapping(item, path)
            if found is not None:
                yield path, found

    def _items(self, value: object, path: str) -> Iterator[tuple[str, object]]:
        if not isinstance(value, list):
            self.say(path, "is missing" if value is _ABSENT else "must be a list, in square brackets")
            return
        for number, item in enumerate(value):
            yield f"{path}[{number}]", item

    def text(self, owner: Object, key: str, path: str) -> str:
        """A word that is not empty."""
        found = self._text(owner.get(key, _ABSENT), f"{path}.{key}")
        return found or ""

    def text_or_nothing(self, owner: Object, key: str, path: str) -> str | None:
        """A word, or None for null; the name itself must stand there."""
        value = owner.get(key, _ABSENT)
        return None if value is None else self._text(value, f"{path}.{key}")

    def texts(self, owner: Object, key: str, path: str) -> list[str]:
        """A list of words."""
        found = [self._text(item, where) for where, item in self._items(owner.get(key, _ABSENT), f"{path}.{key}")]
        return [text for text in found if text is not None]

    def _text(self, value: object, path: str) -> str | None:
        if isinstance(value, str) and value:
            return value
        self.say(path, "is missing" if value is _ABSENT else "must be text that is not empty")
        return None

    def one_of(self, owner: Object, key: str, path: str, known: Sequence[T], *, what: str = "") -> T | None:
        """One of the words that are known; `what` is what they are, when the name does not say it."""
        value = self._text(owner.get(key, _ABSENT), f"{path}.{key}")
        return None if value is None else self.known(value, f"{path}.{key}", what or key, known)

    def known(self, value: str, path: str, what: str, known: Sequence[T]) -> T | None:
        """The value, when it is one of the words that are known."""
        for word in known:
            if word == value:
                return word
        self.say(path, f"unknown {what} {shown(value)}; known are {', '.join(known)}")
        return None

    def day(self, value: object, path: str) -> date | None:
        """A date, written YYYY-MM-DD."""
        if isinstance(value, str) and _DATE.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        said = "is missing" if value is None else f"{shown(value)} is not a date such as 2027-03-31 (YYYY-MM-DD)"
        self.say(path, said)
        return None

    def days(self, owner: Object, key: str, path: str) -> list[date]:
        """Dates of which none stands twice."""
        found: list[date] = []
        for where, item in self._items(owner.get(key, _ABSENT), f"{path}.{key}"):
            day = self.day(item, where)
            if day is not None and day in found:
                self.say(where, f"duplicate date {day}")
            elif day is not None:
                found.append(day)
        return found

    def number(self, value: object, path: str, *, least: float = 0.0, most: float = inf) -> float:
        """A finite number between `least` and `most`."""
        if value is None:
            self.say(path, "is missing")
            return 0.0
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.say(path, "must be a number")
            return 0.0
        try:
            found = float(value)
        except OverflowError:
            found = inf
        if not isfinite(found):
            self.say(path, "must be a finite number")
        elif found < least:
            self.say(path, "must not be negative" if least == 0 else f"must not be below {least:g}")
        elif found > most:
            self.say(path, f"must not be above {most:g}")
        else:
            return found
        return 0.0

    def count(self, value: object, path: str) -> int:
        """A whole number that is not negative."""
        found = self.number(value, path)
        if found != int(found):
            self.say(path, "must be a whole number")
        return int(found)


def shown(value: object) -> str:
    """A value of the file in a message, cut short."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "..."
