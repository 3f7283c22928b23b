"""The part of an edition that one community scores: read once for each edition, service type and choice of modules."""

from dataclasses import dataclass, replace
from functools import cached_property

from communitas.cycles.models import Enrolment
from communitas.standards.queries import edition_data
from communitas.standards.rules.edition import Criterion, Edition, Section
from communitas.standards.rules.identity import key_of

_MOST_KEPT = 256
_Kind = tuple[str, str, frozenset[str]]
_kept: dict[_Kind, "Book"] = {}


@dataclass(frozen=True)
class Book:
    """The sections with the criteria that apply, in the order of the book. Sections without one are left out."""

    edition: Edition
    sections: tuple[Section, ...]

    @cached_property
    def criteria(self) -> dict[str, Criterion]:
        """Every criterion that applies, by its key, in the order of the book."""
        return {key_of(criterion): criterion for section in self.sections for criterion in section.criteria}

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of the criteria that apply."""
        return frozenset(self.criteria)

    @cached_property
    def place_of(self) -> dict[str, int]:
        """The place of the section of each criterion: 0 is the first."""
        return {
            key_of(criterion): place for place, section in enumerate(self.sections) for criterion in section.criteria
        }

    @cached_property
    def number_of(self) -> dict[str, int]:
        """The place of each criterion in the whole book: 0 is the first."""
        return {key: number for number, key in enumerate(self.criteria)}

    @property
    def top(self) -> int:
        """The highest mark of the scale."""
        return self.edition.scale.top

    @cached_property
    def scale(self) -> list[dict[str, int | str]]:
        """The marks as the component wants them, words with a capital letter."""
        return [
            {"value": mark.value, "word": mark.word[:1].upper() + mark.word[1:]} for mark in self.edition.scale.marks
        ]


def book_of(enrolment: Enrolment) -> Book:
    """The book of an enrolment. Give it with edition and service_type selected; then one known before costs nothing."""
    data = edition_data(enrolment.edition)
    code, modules = enrolment.service_type.code, frozenset(enrolment.modules)
    kind = (enrolment.edition.content_hash, code, modules)
    found = _kept.get(kind)
    if found is not None and found.edition is data:
        return found
    book = Book(data, _applicable(data, code, modules))
    if len(_kept) >= _MOST_KEPT:
        _kept.clear()
    _kept[kind] = book
    return book


def _applicable(data: Edition, service_type: str, modules: frozenset[str]) -> tuple[Section, ...]:
    keys = {key_of(criterion) for criterion in data.applicable(service_type, modules)}
    sections = (
        replace(section, criteria=tuple(one for one in section.criteria if key_of(one) in keys))
        for section in data.sections
    )
    return tuple(section for section in sections if section.criteria)
