"""Reading a file of worked examples."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NoReturn

from tests.acceptance.judging.fields import Field, Malformed

VERSION: Final = "1"


@dataclass(frozen=True, slots=True)
class Case:
    """One worked example whose frame is in order; whether its input fits its method shows when it is computed."""

    id: str
    method: str
    given: Field
    params: Field
    expected: Any
    tolerance: float


def read(path: Path) -> tuple[list[Case], list[str]]:
    """The cases that can be judged, and what is wrong with the others. Malformed when the file is no such document."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Malformed(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise Malformed(f"{path} is not UTF-8") from error
    try:
        document = json.loads(text, parse_constant=_refuse_constant)
    except (json.JSONDecodeError, RecursionError) as error:
        raise Malformed(f"{path} is not JSON: {error}") from error
    except ValueError as error:  # a whole number of thousands of digits
        raise Malformed(f"{path} holds a number that cannot be read") from error
    return _cases(Field("the file", document))


def _cases(document: Field) -> tuple[list[Case], list[str]]:
    version = document.get("schema_version", VERSION)
    if version.value != VERSION:
        raise version.wrong(f"'{VERSION}', the schema that is known here")
    cases: list[Case] = []
    problems: list[str] = []
    seen: set[str] = set()
    for position, row in enumerate(document.get("cases").items(), start=1):
        try:
            case = _case(row, position)
            if case.id in seen:
                raise Malformed(f"case {case.id} stands in the file twice")
        except Malformed as problem:
            problems.append(str(problem))
        else:
            seen.add(case.id)
            cases.append(case)
    return cases, problems


def _case(row: Field, position: int) -> Case:
    numbered = Field(f"case number {position}", row.value)
    name = numbered.get("id").text()
    case = Field(f"case {name}", row.value)
    params, given, expected = case.get("params"), case.get("input"), case.get("expected")
    for each in (params, given):
        if not isinstance(each.value, dict):
            raise each.wrong("an object")
    if not isinstance(expected.value, dict | list):
        raise expected.wrong("an object or a list")
    tolerance = case.get("tolerance").get("abs")
    if tolerance.number() < 0:
        raise tolerance.wrong("a number that is not negative")
    return Case(name, case.get("method").text(), given, params, expected.value, tolerance.number())


def _refuse_constant(name: str) -> NoReturn:
    raise Malformed(f"the file holds {name}, which is no number of JSON")
