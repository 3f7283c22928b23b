"""The whole content of a draft at once: filled from plain data, kept as a snapshot, put back from one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from communitas.standards import queries
from communitas.standards.models import Criterion, Edition, Layer, Lineage, Section, Standard, Value
from communitas.standards.rules import edition as rules
from communitas.standards.rules import identity
from communitas.standards.rules.lineage import Kind, Link


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who confirmed a link of lineage, by id, and when; both None for a proposal."""

    by: int | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """The content of one draft edition."""

    edition: Edition

    def fill(self, data: rules.Edition) -> None:
        """Fill an empty draft with sections, criteria, layers and values. Eight statements, whatever the size."""
        edition = self.edition
        Value.objects.bulk_create(
            Value(edition=edition, position=place, title=value.title, text=value.text)
            for place, value in enumerate(data.values, start=1)
        )
        layers = Layer.objects.bulk_create(
            Layer(
                edition=edition,
                code=layer.code,
                title=layer.title,
                kind=layer.kind,
                applies_to=list(layer.applies_to),
                position=place,
            )
            for place, layer in enumerate(data.layers, start=1)
        )
        sections = Section.objects.bulk_create(
            Section(
                edition=edition,
                position=place,
                code=section.code,
                title=section.title,
                introduction=section.introduction,
            )
            for place, section in enumerate(data.sections, start=1)
        )
        self._criteria(data, sections, {layer.code: layer for layer in layers})

    def _criteria(self, data: rules.Edition, sections: list[Section], layers: dict[str, Layer]) -> None:
        titles = [dict.fromkeys(c.standard for c in section.criteria if c.standard) for section in data.sections]
        standards = Standard.objects.bulk_create(
            Standard(section=row, position=place, title=title)
            for row, names in zip(sections, titles, strict=True)
            for place, title in enumerate(names, start=1)
        )
        by_title = {(standard.section_id, standard.title): standard for standard in standards}
        rows = [(row, c) for row, section in zip(sections, data.sections, strict=True) for c in section.criteria]
        Criterion.objects.bulk_create(
            Criterion(
                edition=self.edition,
                section=row,
                standard=by_title.get((row.pk, criterion.standard)),
                layer=layers[criterion.layer],
                position=place,
                **self.own_fields(criterion),
            )
            for place, (row, criterion) in enumerate(rows, start=1)
        )

    @staticmethod
    def own_fields(criterion: rules.Criterion) -> dict[str, Any]:
        """What a criterion says itself, without its place."""
        return {
            "key": identity.key_of(criterion),
            "code": criterion.code,
            "statement": criterion.statement,
            "level": int(criterion.level),
            "guidance": criterion.guidance,
            "evidence": criterion.evidence,
            "references": criterion.references,
            "plain_text": criterion.plain_text,
            "applies_to": list(criterion.applies_to),
        }

    def link(self, links: Iterable[tuple[Link, Confirmation]]) -> None:
        """Add links of lineage to the edition before; keys that an edition does not have are left out of a link."""
        before = queries.predecessor_of(self.edition)
        pairs = list(links)
        rows = Lineage.objects.bulk_create(
            Lineage(
                edition=self.edition,
                kind=link.kind.value,
                same_meaning=link.same_meaning,
                similarity=link.similarity,
                why=link.why[:300],
                confirmed_by_id=confirmed.by,
                confirmed_at=confirmed.at,
            )
            for link, confirmed in pairs
        )
        older = _ids(before.pk if before else 0)
        newer = _ids(self.edition.pk)
        Lineage.older.through.objects.bulk_create(
            Lineage.older.through(lineage_id=row.pk, criterion_id=older[key])
            for row, (link, _by) in zip(rows, pairs, strict=True)
            for key in link.from_keys
            if key in older
        )
        Lineage.newer.through.objects.bulk_create(
            Lineage.newer.through(lineage_id=row.pk, criterion_id=newer[key])
            for row, (link, _by) in zip(rows, pairs, strict=True)
            for key in link.to_keys
            if key in newer
        )

    def snapshot(self) -> dict[str, Any]:
        """The draft as plain JSON, with its lineage."""
        data = queries.edition_data(self.edition)
        rows = Lineage.objects.filter(edition=self.edition).prefetch_related("older", "newer")
        return {
            "edition": identity.as_data(data),
            "level_words": self.edition.level_words,
            "lineage": [
                {
                    "kind": row.kind,
                    "older": [criterion.key for criterion in row.older.all()],
                    "newer": [criterion.key for criterion in row.newer.all()],
                    "same_meaning": row.same_meaning,
                    "similarity": row.similarity,
                    "why": row.why,
                    "by": row.confirmed_by_id,
                    "at": row.confirmed_at.isoformat() if row.confirmed_at else None,
                }
                for row in rows
            ],
        }

    def clear(self) -> None:
        """Take everything out of the draft."""
        edition = self.edition
        for rows in (edition.lineage, edition.criteria, edition.sections, edition.values, edition.layers):
            rows.all().delete()

    def restore(self, before: dict[str, Any]) -> None:
        """Put the draft back as a snapshot holds it. Ids change; keys, codes and lineage do not."""
        data = identity.from_data(before["edition"])
        edition = self.edition
        self.clear()
        edition.title, edition.number, edition.summary = data.title, data.number, data.summary
        edition.scale, edition.level_words = self.scale(data), before["level_words"]
        edition.save(update_fields=["title", "number", "summary", "scale", "level_words"])
        self.fill(data)
        self.link(
            (
                Link(
                    Kind(row["kind"]),
                    tuple(row["older"]),
                    tuple(row["newer"]),
                    row["same_meaning"],
                    row["similarity"] or 0.0,
                    row["why"],
                ),
                Confirmation(row["by"], datetime.fromisoformat(row["at"]) if row["at"] else None),
            )
            for row in before["lineage"]
        )

    @staticmethod
    def scale(data: rules.Edition) -> list[dict[str, Any]]:
        """The marks as the database keeps them, highest first."""
        marks = sorted(data.scale.marks, key=lambda mark: -mark.value)
        return [{"value": mark.value, "word": mark.word} for mark in marks]


def _ids(edition_id: int) -> dict[str, int]:
    return dict(Criterion.objects.filter(edition_id=edition_id).values_list("key", "pk"))
