"""The data files of the demo network, read for the tests."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from communitas import demo
from communitas.standards.rules.edition import Criterion, Edition, Layer, Level, Mark, Scale, Section, Value

FOLDER = Path(demo.__path__[0]) / "data"
Data = dict[str, Any]


def load(name: str) -> Any:
    """The content of a data file."""
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def edition_of(data: Data) -> Edition:
    """An edition as the rules know it; a field that they do not know is an error."""
    assert data["schema"] == 1
    return Edition(
        title=data["title"],
        number=data["number"],
        summary=data["summary"],
        scale=Scale(tuple(Mark(**mark) for mark in data["scale"])),
        values=tuple(Value(**value) for value in data["values"]),
        layers=tuple(Layer(**layer | {"applies_to": tuple(layer.get("applies_to", []))}) for layer in data["layers"]),
        sections=tuple(
            Section(
                section["title"],
                tuple(
                    Criterion(
                        **criterion
                        | {"level": Level(criterion["level"]), "applies_to": tuple(criterion["applies_to"])},
                        standard=standard["title"],
                    )
                    for standard in section["standards"]
                    for criterion in standard["criteria"]
                ),
                section["code"],
                section["introduction"],
            )
            for section in data["sections"]
        ),
    )


def hearth_edition(number: int) -> Edition:
    """One of the three editions of the Hearth Network."""
    return edition_of(load(f"standards/edition-{number}.yaml"))


def by_key(edition: Edition) -> dict[str, Criterion]:
    """The criteria of an edition by their keys."""
    return {criterion.key: criterion for criterion in edition.criteria()}


def texts(data: Any) -> Iterator[str]:
    """Every piece of text in a data file, keys left out."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from texts(value)
