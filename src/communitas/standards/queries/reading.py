"""An edition as its readers see it: searched, narrowed to a level or a service type, compared with another."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from communitas.standards.models import Edition
from communitas.standards.queries.content import edition_data, level_words
from communitas.standards.queries.descent import confirmed_links
from communitas.standards.rules import comparison
from communitas.standards.rules import edition as rules
from communitas.standards.rules.lineage import Link, propose

_MOST_KEPT = 32


@dataclass(frozen=True, slots=True)
class ShownCriterion:
    """A criterion with the words for its level, layer and service types."""

    criterion: rules.Criterion
    anchor: str
    level_word: str
    layer: str
    types: str
    standard: str  # the heading above it, where a new one begins


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section with what of it is shown."""

    code: str
    title: str
    introduction: str
    anchor: str
    criteria: tuple[ShownCriterion, ...]


def anchor_of(code: str) -> str:
    """The code as the fragment of an address."""
    return re.sub(r"[^\w.-]+", "-", code)


def shown_sections(
    edition: Edition,
    data: rules.Edition,
    types: Mapping[str, str],
    *,
    words: str = "",
    level: int | None = None,
    service_type: str = "",
) -> tuple[ShownSection, ...]:
    """The edition narrowed down; sections of which nothing is left are left out.

    `data` is what `edition_data` said of it; `types` gives the words for service types. No query.
    """
    levels = level_words(edition)
    layers = {layer.code: layer for layer in data.layers}
    wanted = words.casefold().split()
    sections = []
    for place, section in enumerate(data.sections, start=1):
        shown: list[ShownCriterion] = []
        heading = ""
        for criterion in section.criteria:
            if not _fits(criterion, layers[criterion.layer], wanted, level, service_type):
                continue
            begins = criterion.standard != heading
            heading = criterion.standard
            layer = layers[criterion.layer]
            shown.append(
                ShownCriterion(
                    criterion,
                    anchor_of(criterion.code),
                    levels[criterion.level],
                    "" if layer.kind == "core" else layer.title,
                    ", ".join(types.get(name, name) for name in criterion.applies_to),
                    heading if begins else "",
                )
            )
        if shown or not (wanted or level or service_type):
            sections.append(
                ShownSection(section.code, section.title, section.introduction, f"section-{place}", tuple(shown))
            )
    return tuple(sections)


def _fits(
    criterion: rules.Criterion, layer: rules.Layer, wanted: list[str], level: int | None, service_type: str
) -> bool:
    if level and criterion.level != level:
        return False
    if service_type and not (
        criterion.applies_to_type(service_type) and rules.layer_applies(layer, service_type, frozenset({layer.code}))
    ):
        return False
    text = " ".join((criterion.code, criterion.statement, criterion.standard, criterion.guidance, criterion.evidence))
    text = f"{text} {criterion.plain_text} {criterion.references}".casefold()
    return all(word in text for word in wanted)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two editions side by side. `confirmed` says whether the office stands behind the links between them."""

    entries: tuple[comparison.Entry, ...]
    confirmed: bool


def compared(newer: Edition, older: Edition) -> Compared:
    """What changed from the older edition to the newer one: along the confirmed lineage, else matched by text."""
    links = confirmed_links(newer.pk) if newer.predecessor_id == older.pk else None
    old, new = edition_data(older), edition_data(newer)
    if links is not None:
        return Compared(comparison.compare(old, new, links), True)
    return Compared(comparison.compare(old, new, _proposed(old, new)), False)


@lru_cache(maxsize=_MOST_KEPT)
def _proposed(old: rules.Edition, new: rules.Edition) -> tuple[Link, ...]:
    return propose(old, new)
