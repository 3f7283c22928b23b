"""What makes an edition itself: one canonical text of it, and the hash of that text."""

import hashlib
from collections.abc import Mapping
from typing import Any, Final

import rfc8785

from communitas.standards.rules.edition import Criterion, Edition, Layer, Level, Mark, Scale, Section, Value

FORM: Final = "communitas-edition/1"


def key_of(criterion: Criterion) -> str:
    """What names a criterion within its edition: its key, or its code where no key was given."""
    return criterion.key or criterion.code


def canonical(edition: Edition) -> bytes:
    """The edition as canonical JSON (RFC 8785): equal editions give equal bytes on every machine."""
    return rfc8785.dumps(as_data(edition))


def hash_of(edition: Edition) -> str:
    """The sha256 of the canonical JSON, in hexadecimal: what a signature or a pinned review refers to."""
    return hashlib.sha256(canonical(edition)).hexdigest()


def as_data(edition: Edition) -> dict[str, Any]:
    """The whole edition as plain lists and dictionaries; every field counts, references too."""
    return {
        "form": FORM,
        "title": edition.title,
        "number": edition.number,
        "summary": edition.summary,
        "scale": [{"value": mark.value, "word": mark.word} for mark in edition.scale.marks],
        "values": [{"title": value.title, "text": value.text} for value in edition.values],
        "layers": [
            {
                "code": layer.code,
                "title": layer.title,
                "kind": layer.kind,
                "applies_to": list(layer.applies_to),
            }
            for layer in edition.layers
        ],
        "sections": [
            {
                "code": section.code,
                "title": section.title,
                "introduction": section.introduction,
                "criteria": [_criterion(criterion) for criterion in section.criteria],
            }
            for section in edition.sections
        ],
    }


def from_data(data: Mapping[str, Any]) -> Edition:
    """The edition that `as_data` wrote; ValueError for another form."""
    if data["form"] != FORM:
        raise ValueError(f"{data['form']} is not {FORM}")
    return Edition(
        title=data["title"],
        number=data["number"],
        summary=data["summary"],
        scale=Scale(tuple(Mark(mark["value"], mark["word"]) for mark in data["scale"])),
        values=tuple(Value(value["title"], value["text"]) for value in data["values"]),
        layers=tuple(Layer(**{**layer, "applies_to": tuple(layer["applies_to"])}) for layer in data["layers"]),
        sections=tuple(
            Section(
                title=section["title"],
                criteria=tuple(
                    Criterion(
                        **{
                            **criterion,
                            "level": Level(criterion["level"]),
                            "applies_to": tuple(criterion["applies_to"]),
                        }
                    )
                    for criterion in section["criteria"]
                ),
                code=section["code"],
                introduction=section["introduction"],
            )
            for section in data["sections"]
        ),
    )


def _criterion(criterion: Criterion) -> dict[str, Any]:
    return {
        "key": key_of(criterion),
        "code": criterion.code,
        "statement": criterion.statement,
        "level": int(criterion.level),
        "standard": criterion.standard,
        "guidance": criterion.guidance,
        "evidence": criterion.evidence,
        "references": criterion.references,
        "plain_text": criterion.plain_text,
        "applies_to": list(criterion.applies_to),
        "layer": criterion.layer,
    }
