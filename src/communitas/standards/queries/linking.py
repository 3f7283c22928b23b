"""The lineage of a draft as the office goes through it: each link with both texts and their differences."""

from dataclasses import dataclass

from communitas.standards.models import Edition
from communitas.standards.queries.content import edition_data
from communitas.standards.queries.descent import LinkRow, link_rows, predecessor_of
from communitas.standards.rules import comparison
from communitas.standards.rules.edition import Criterion
from communitas.standards.rules.identity import key_of
from communitas.standards.rules.lineage import Kind, misfits


@dataclass(frozen=True, slots=True)
class LinkEntry:
    """One link with the criteria that it joins, their statements word by word, and what does not fit yet."""

    row: LinkRow
    old: tuple[Criterion, ...]
    new: tuple[Criterion, ...]
    texts: tuple[comparison.TextChange, ...]
    levels: tuple[int, int] | None
    wrong: str

    @property
    def kind(self) -> Kind:
        """What happened."""
        return self.row.link.kind

    @property
    def confirmed(self) -> bool:
        """Whether the office stands behind it."""
        return self.row.confirmed_at is not None


def link_entries(edition: Edition) -> tuple[LinkEntry, ...]:
    """Every link of an edition, in the order of the book. A constant number of queries."""
    before = predecessor_of(edition)
    if before is None:
        return ()
    sides = [{key_of(c): c for c in edition_data(each).criteria()} for each in (before, edition)]
    place = {key: number for number, key in enumerate(sides[1])}
    entries = []
    for row in link_rows(edition.pk):
        was, now = (
            tuple(side[key] for key in keys if key in side)
            for side, keys in zip(sides, (row.link.from_keys, row.link.to_keys), strict=True)
        )
        entries.append(_entry(row, was, now))
    return tuple(sorted(entries, key=lambda entry: place.get(next(iter(entry.row.link.to_keys), ""), len(place))))


def _entry(row: LinkRow, was: tuple[Criterion, ...], now: tuple[Criterion, ...]) -> LinkEntry:
    shown = comparison.entry_of(row.link.kind, "", was, now)
    # While the meaning of a rewording has yet to be said, that is a question and not a mistake.
    open_question = row.link.kind == Kind.REWORDED and row.link.same_meaning is None
    wrong = "" if open_question else " ".join(misfits(row.link, was, now))
    texts = tuple(text for text in shown.texts if text.changed or text.name == "statement")
    levels = (int(shown.levels[0]), int(shown.levels[1])) if shown.levels else None
    return LinkEntry(row, was, now, texts, levels, wrong)
