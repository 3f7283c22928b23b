"""What an edition holds: as the plain data of the rules, and as rows with the ids of the database."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from communitas.standards import models
from communitas.standards.rules import edition as rules
from communitas.standards.rules import identity

_MOST_KEPT = 64
_kept: dict[str, rules.Edition] = {}  # published editions by the hash of their content, so none can be stale


@dataclass(frozen=True, slots=True)
class LayerRow:
    """A layer with its id."""

    pk: int
    code: str
    title: str
    kind: str
    applies_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A criterion as screens and reviews need it: `pk` for foreign keys, `key` for facts, `code` for people."""

    pk: int
    key: str
    code: str
    statement: str
    level: int
    standard: str
    guidance: str
    evidence: str
    references: str
    plain_text: str
    applies_to: tuple[str, ...]
    layer: str  # code of the layer
    section: int  # pk of the section
    position: int

    def data(self) -> rules.Criterion:
        """The criterion as the rules know it."""
        return rules.Criterion(
            code=self.code,
            statement=self.statement,
            level=rules.Level(self.level),
            key=self.key,
            standard=self.standard,
            guidance=self.guidance,
            evidence=self.evidence,
            references=self.references,
            plain_text=self.plain_text,
            applies_to=self.applies_to,
            layer=self.layer,
        )


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section with its criteria in the order of the book."""

    pk: int
    code: str
    title: str
    introduction: str
    criteria: tuple[CriterionRow, ...]


def layers_of(edition_id: int) -> tuple[LayerRow, ...]:
    """The layers of an edition, the core first as the edition orders them. One query."""
    return tuple(
        LayerRow(layer.pk, layer.code, layer.title, layer.kind, tuple(layer.applies_to))
        for layer in models.Layer.objects.filter(edition_id=edition_id)
    )


def sections_of(edition_id: int) -> tuple[SectionRow, ...]:
    """The sections with their criteria. Two queries, whatever the size."""
    rows: dict[int, list[CriterionRow]] = {}
    for row in _criteria(edition_id):
        rows.setdefault(row.section, []).append(row)
    return tuple(
        SectionRow(section.pk, section.code, section.title, section.introduction, tuple(rows.get(section.pk, ())))
        for section in models.Section.objects.filter(edition_id=edition_id)
    )


def applicable_sections(edition_id: int, *, service_type: str, modules: Collection[str] = ()) -> tuple[SectionRow, ...]:
    """The sections with the criteria that one community scores: the core, its supplements, the modules it chose.

    `service_type` is the code of its type. Sections without such a criterion are left out. Three queries.
    """
    layers = {
        layer.code: rules.Layer(layer.code, layer.title, layer.kind, layer.applies_to)
        for layer in layers_of(edition_id)
    }
    chosen = frozenset(modules)
    sections = (
        replace(
            section,
            criteria=tuple(
                row
                for row in section.criteria
                if row.data().applies_to_type(service_type)
                and rules.layer_applies(layers[row.layer], service_type, chosen)
            ),
        )
        for section in sections_of(edition_id)
    )
    return tuple(section for section in sections if section.criteria)


def by_key(edition_id: int) -> dict[str, CriterionRow]:
    """Every criterion by its key, in the order of the book. One query."""
    return {row.key: row for row in _criteria(edition_id)}


def criterion_at(edition_id: int, name: str) -> CriterionRow | None:
    """The criterion of a code, or else of a key."""
    rows = _criteria(edition_id)
    return next((row for row in rows if row.code == name), None) or next((row for row in rows if row.key == name), None)


def scale_of(edition: models.Edition) -> rules.Scale:
    """The marks of an edition, highest first. No query."""
    marks = (rules.Mark(int(mark["value"]), str(mark["word"])) for mark in edition.scale)
    return rules.Scale(tuple(sorted(marks, key=lambda mark: -mark.value)))


def level_words(edition: models.Edition) -> dict[int, str]:
    """The edition's own words for the three levels. No query."""
    return {
        level.value: edition.level_words.get(str(level.value)) or str(models.Criterion.Level(level.value).label)
        for level in rules.Level
    }


def edition_data(edition: models.Edition) -> rules.Edition:
    """The whole edition as plain data. Four queries; none for a published edition that was read before."""
    if found := _kept.get(edition.content_hash):
        return found
    data = _read(edition)
    # Only content that matches its hash is kept: whoever has the hash has the content.
    if edition.content_hash and identity.hash_of(data) == edition.content_hash:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[edition.content_hash] = data
    return data


def _read(edition: models.Edition) -> rules.Edition:
    return rules.Edition(
        title=edition.title,
        number=edition.number,
        sections=tuple(
            rules.Section(
                section.title, tuple(row.data() for row in section.criteria), section.code, section.introduction
            )
            for section in sections_of(edition.pk)
        ),
        scale=scale_of(edition),
        values=tuple(rules.Value(value.title, value.text) for value in edition.values.all()),
        layers=tuple(
            rules.Layer(layer.code, layer.title, layer.kind, layer.applies_to) for layer in layers_of(edition.pk)
        ),
        summary=edition.summary,
    )


def _criteria(edition_id: int) -> list[CriterionRow]:
    found = (
        models.Criterion.objects.filter(edition_id=edition_id)
        .select_related("layer", "standard")
        .order_by("section__position", "position", "pk")
    )
    return [
        CriterionRow(
            pk=row.pk,
            key=row.key,
            code=row.code,
            statement=row.statement,
            level=row.level,
            standard=row.standard.title if row.standard else "",
            guidance=row.guidance,
            evidence=row.evidence,
            references=row.references,
            plain_text=row.plain_text,
            applies_to=tuple(row.applies_to),
            layer=row.layer.code,
            section=row.section_id,
            position=row.position,
        )
        for row in found
    ]


def words_by_value(edition: models.Edition) -> Mapping[int, str]:
    """The word of each mark of the edition's scale. No query."""
    return {mark.value: mark.word for mark in scale_of(edition).marks}
