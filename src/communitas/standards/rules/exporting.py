"""An edition as a table and as YAML, in the forms that the imports read."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, Final

from communitas.kit.tabular import Table, dump_yaml, write_csv, write_xlsx
from communitas.standards.rules.edition import Criterion, Edition, Layer, Section

HEADERS: Final = (
    *("Section code", "Section", "Section introduction", "Standard", "Code", "Statement", "Level"),
    *("Guidance", "Evidence", "References", "Applies to", "Plain text", "Key"),
    *("Layer", "Layer title", "Layer kind", "Layer applies to"),
)
_WIDTHS: Final = (8, 22, 30, 24, 8, 60, 8, 40, 30, 20, 20, 40, 16, 12, 20, 12, 18)


def edition_table(edition: Edition) -> Table:
    """One row a criterion, in the order of the book. Layers and sections without criteria have no row."""
    layers = {layer.code: layer for layer in edition.layers}
    rows = [
        _row(section, criterion, layers[criterion.layer], first=index == 0)
        for section in edition.sections
        for index, criterion in enumerate(section.criteria)
    ]
    return Table("Standards", HEADERS, rows, _WIDTHS)


def edition_csv(edition: Edition) -> bytes:
    """The table of criteria alone: CSV has no place for the title, the scale and the values."""
    return write_csv(edition_table(edition))


def edition_xlsx(edition: Edition) -> bytes:
    """A workbook with the criteria, the facts about the edition and its values."""
    facts: list[list[str | int]] = [["Title", edition.title], ["Number", edition.number]]
    facts += [["Summary", edition.summary]]
    facts += [[f"Mark {mark.value}", mark.word] for mark in edition.scale.marks]
    values = [[value.title, value.text] for value in edition.values]
    return write_xlsx(
        [
            edition_table(edition),
            Table("About", ("Name", "Value"), facts, (14, 80)),
            Table("Values", ("Title", "Text"), values, (24, 80)),
        ]
    )


def edition_yaml(edition: Edition) -> bytes:
    """Everything about the edition, schema 1."""
    return dump_yaml(
        {
            "schema": 1,
            "title": edition.title,
            "number": edition.number,
            **_filled({"summary": edition.summary}),
            "scale": [{"value": mark.value, "word": mark.word} for mark in edition.scale.marks],
            "values": [{"title": value.title, "text": value.text} for value in edition.values],
            "layers": [
                {
                    "code": layer.code,
                    "title": layer.title,
                    "kind": layer.kind,
                    **_filled({"applies_to": list(layer.applies_to)}),
                }
                for layer in edition.layers
            ],
            "sections": [_section(section) for section in edition.sections],
        }
    )


def _row(section: Section, criterion: Criterion, layer: Layer, *, first: bool) -> list[str | int]:
    return [
        section.code,
        section.title,
        section.introduction if first else "",
        criterion.standard,
        criterion.code,
        criterion.statement,
        int(criterion.level),
        criterion.guidance,
        criterion.evidence,
        criterion.references,
        "; ".join(criterion.applies_to),
        criterion.plain_text,
        criterion.key,
        layer.code,
        layer.title,
        layer.kind,
        "; ".join(layer.applies_to),
    ]


def _section(section: Section) -> dict[str, Any]:
    return {
        **_filled({"code": section.code}),
        "title": section.title,
        **_filled({"introduction": section.introduction}),
        "standards": [
            {**_filled({"title": title}), "criteria": [_criterion(criterion) for criterion in group]}
            for title, group in _standards(section.criteria)
        ],
    }


def _standards(criteria: Iterable[Criterion]) -> Iterable[tuple[str, list[Criterion]]]:
    for title, group in groupby(criteria, key=lambda criterion: criterion.standard):
        yield title, list(group)


def _criterion(criterion: Criterion) -> dict[str, Any]:
    return {
        **_filled({"key": criterion.key}),
        "code": criterion.code,
        "statement": criterion.statement,
        "level": int(criterion.level),
        **_filled(
            {
                "guidance": criterion.guidance,
                "evidence": criterion.evidence,
                "references": criterion.references,
                "plain_text": criterion.plain_text,
                "applies_to": list(criterion.applies_to),
            }
        ),
        "layer": criterion.layer,
    }


def _filled(parts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in parts.items() if value}
