"""A document as it is kept: data classes to plain JSON and back, and its hash."""

import hashlib
import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

import rfc8785

Kind = TypeVar("Kind")
# What is added to a document when it is signed, and is therefore no part of what is signed.
ADDED_ON_SIGNING: Final = frozenset({"signatures", "dated_on"})


def as_json(value: Any) -> Any:
    """Data classes as mappings of their fields, dates as 2027-04-29, tuples as lists."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(item) for item in value]
    if is_dataclass(value):
        return {each.name: as_json(getattr(value, each.name)) for each in fields(value)}
    raise TypeError(f"A {type(value).__name__} cannot be kept in a document.")


def from_json(kind: type[Kind], data: Any) -> Kind:
    """The data class that `as_json` wrote; a field that the data does not know yet keeps its default."""
    made: Kind = _reader(kind)(data)  # type: ignore[arg-type]  # every class can be hashed
    return made


def document_hash(document: Mapping[str, Any]) -> str:
    """sha256 of the document's canonical JSON (RFC 8785), in hexadecimal."""
    return hashlib.sha256(rfc8785.dumps(dict(document))).hexdigest()


def words_hash(document: Mapping[str, Any]) -> str:
    """The hash of what two people sign: everything but their signatures and the date of the second."""
    return document_hash({key: value for key, value in document.items() if key not in ADDED_ON_SIGNING})


@cache
def _reader(hint: Any) -> Callable[[Any], Any]:
    """How a value of this type is read. A document has thousands of values, so their types are looked at once."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in {Union, types.UnionType}:
        read = _reader(next(each for each in inner if each is not type(None)))
        return lambda value: None if value is None else read(value)
    if origin is tuple:
        read = _reader(inner[0])
        return lambda value: tuple(map(read, value))
    if isinstance(hint, type) and is_dataclass(hint):
        return _reader_of_class(hint)
    return date.fromisoformat if hint is date else _as_it_is


def _reader_of_class(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    plain = {each.name for each in fields(kind) if _reader(hints[each.name]) is _as_it_is}
    others = [(each.name, _reader(hints[each.name])) for each in fields(kind) if each.name not in plain]

    def read(value: Any) -> Any:
        given = {name: value[name] for name in plain if name in value}
        given |= {name: reader(value[name]) for name, reader in others if name in value}
        return kind(**given)

    return read


def _as_it_is(value: Any) -> Any:
    return value
