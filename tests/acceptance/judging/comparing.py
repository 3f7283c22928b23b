"""Is what was found what was expected? Keys that the expectation lacks are not judged."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from communitas.benchmarking.rules.statistics.values import Undefined


def differences(expected: Any, found: Any, *, tolerance: float, place: str = "") -> Iterator[str]:
    """Each place that differs, with both values: '.linear.kappa expected 0.5 found 0.4'."""
    if isinstance(expected, Mapping):
        yield from _of_objects(expected, found, tolerance, place)
    elif isinstance(expected, list):
        yield from _of_lists(expected, found, tolerance, place)
    elif not is_same(expected, found, tolerance):
        yield f"{place} expected {shown(expected)} found {shown(found)}".strip()


def is_same(expected: Any, found: Any, tolerance: float) -> bool:
    """Numbers within the tolerance, whole numbers, truths and texts exactly; null is undefined and nothing else."""
    if expected is None or found is None or isinstance(found, Undefined):
        return expected is None and (found is None or isinstance(found, Undefined))
    if isinstance(expected, bool) or isinstance(found, bool):
        return isinstance(expected, bool) and isinstance(found, bool) and expected == found
    if isinstance(expected, int) and isinstance(found, int):
        return expected == found
    if isinstance(expected, int | float) and isinstance(found, int | float):
        return abs(expected - found) <= tolerance
    return type(expected) is type(found) and bool(expected == found)


def shown(value: Any) -> str:
    """A value as the file would hold it; what is undefined says why."""
    if value is None:
        return "null"
    if isinstance(value, Undefined):
        return f"null ({value.reason})"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {shown(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(shown, value)) + "]"
    return str(value)


def _of_objects(expected: Mapping[str, Any], found: Any, tolerance: float, place: str) -> Iterator[str]:
    if not isinstance(found, Mapping):
        yield f"{place} expected {shown(expected)} found {shown(found)}".strip()
        return
    for key, wanted in expected.items():
        here = f"{place}.{key}" if place else key
        if key in found:
            yield from differences(wanted, found[key], tolerance=tolerance, place=here)
        else:
            yield f"{here} expected {shown(wanted)} found nothing"


def _of_lists(expected: Sequence[Any], found: Any, tolerance: float, place: str) -> Iterator[str]:
    if not isinstance(found, list | tuple):
        yield f"{place} expected {shown(expected)} found {shown(found)}".strip()
        return
    rows = _rows_asked_for(expected, found)
    if len(rows) != len(expected):
        yield f"{place} expected {shown(expected)} found {shown(found)}".strip()
        return
    for i, (wanted, got) in enumerate(zip(expected, rows, strict=True)):
        yield from differences(wanted, got, tolerance=tolerance, place=f"{place}[{i}]")


def _rows_asked_for(expected: Sequence[Any], found: Sequence[Any]) -> Sequence[Any]:
    """Rows that are known by their `n` alone, such as limits of a funnel: those that are expected, in that order."""
    by_n = {row["n"]: row for row in found if isinstance(row, Mapping) and "n" in row and "id" not in row}
    named = [row["n"] for row in expected if isinstance(row, Mapping) and "n" in row and "id" not in row]
    if len(by_n) != len(found) or len(named) != len(expected) or not by_n:
        return found
    return [by_n[n] for n in named if n in by_n]
