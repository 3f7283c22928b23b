"""Whether an edition fits into its place: how long its texts may be, and whether its service types are known."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from communitas.standards.rules.edition import Edition
from communitas.standards.rules.identity import key_of

LONGEST: Final[Mapping[str, int]] = {
    "edition title": 200,
    "section title": 200,
    "section number": 20,
    "standard": 300,
    "criterion code": 20,
    "key": 60,
    "layer": 40,
    "layer title": 160,
    "value": 160,
}
HIGHEST_NUMBER: Final = 9999


def too_long(edition: Edition) -> tuple[tuple[str, str], ...]:
    """Texts that are longer than their place, each with a sentence."""
    found = []
    for name, text in _texts(edition):
        if len(text) > LONGEST[name]:
            found.append((text, f"The {name} is longer than {LONGEST[name]} characters."))
    if not 1 <= edition.number <= HIGHEST_NUMBER:
        found.append((str(edition.number), f"The number of an edition is from 1 to {HIGHEST_NUMBER}."))
    return tuple(found)


def _texts(edition: Edition) -> Iterator[tuple[str, str]]:
    yield "edition title", edition.title
    for layer in edition.layers:
        yield "layer", layer.code
        yield "layer title", layer.title
    yield from (("value", value.title) for value in edition.values)
    for section in edition.sections:
        yield "section title", section.title
        yield "section number", section.code
        yield from (("standard", title) for title in {c.standard: None for c in section.criteria})
        for criterion in section.criteria:
            yield "criterion code", criterion.code
            yield "key", key_of(criterion)


def with_known_types(edition: Edition, codes: Mapping[str, str]) -> tuple[Edition, tuple[str, ...]]:
    """The edition with its service types as codes, and the names that nobody knows, which stay as they are.

    `codes` gives the code for every name, in small letters, by which the network knows a type.
    """
    unknown: dict[str, None] = {}

    def known(names: tuple[str, ...]) -> tuple[str, ...]:
        found = []
        for name in names:
            code = codes.get(" ".join(name.casefold().replace("_", " ").split()))
            if code is None:
                unknown.setdefault(name)
            found.append(code or name)
        return tuple(dict.fromkeys(found))

    changed = replace(
        edition,
        layers=tuple(replace(layer, applies_to=known(layer.applies_to)) for layer in edition.layers),
        sections=tuple(
            replace(
                section,
                criteria=tuple(replace(c, applies_to=known(c.applies_to)) for c in section.criteria),
            )
            for section in edition.sections
        ),
    )
    return changed, tuple(unknown)
