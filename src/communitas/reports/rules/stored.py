"""A document as it is kept: data classes to plain JSON and back, and its hash."""

import hashlib
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, Final, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

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
    hints: dict[str, Any] = _hints(kind)  # type: ignore[arg-type]  # every class can be hashed
    return kind(**{name: _read(hint, data[name]) for name, hint in hints.items() if name in data})


def document_hash(document: Mapping[str, Any]) -> str:
    """sha256 of the document's canonical JSON (RFC 8785), in hexadecimal."""
    return hashlib.sha256(rfc8785.dumps(dict(document))).hexdigest()


def words_hash(document: Mapping[str, Any]) -> str:
    """The hash of what two people sign: everything but their signatures and the date of the second."""
    return document_hash({key: value for key, value in document.items() if key not in ADDED_ON_SIGNING})


@cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {each.name: hints[each.name] for each in fields(kind)}


def _read(hint: Any, value: Any) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if value is None or origin is Literal:
        return value
    if origin in {Union, types.UnionType}:
        return _read(next(each for each in inner if each is not type(None)), value)
    if origin is tuple:
        return tuple(_read(inner[0], item) for item in value)
    if isinstance(hint, type) and is_dataclass(hint):
        return from_json(hint, value)
    return date.fromisoformat(value) if hint is date else value
