"""What a person decides about a file before it is imported: what each column means, and which rows to leave out."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

from communitas.kit.tabular import Problem, Reading, Row, Sheet, column_letters, find_header, shown
from communitas.kit.tabular.cells import header_key
from communitas.standards.rules.importing_rows import FIELDS, REQUIRED

_SAMPLES: Final = 3
_LOOKED_AT: Final = 60
# The columns of a table of standards in the words of the network, in the order in which they are offered.
FIELD_WORDS: Final[Mapping[str, str]] = {
    "code": "Code",
    "statement": "Statement",
    "level": "Level",
    "section": "Section",
    "standard": "Standard",
    "guidance": "Guidance",
    "evidence": "Evidence expected",
    "references": "References",
    "applies_to": "Service types",
    "plain_text": "In plain words",
    "section_code": "Number of the section",
    "section_introduction": "Introduction of the section",
    "layer": "Layer",
    "layer_title": "Title of the layer",
    "layer_kind": "Kind of layer",
    "layer_applies_to": "Service types of the layer",
    "key": "Stable key",
}


@dataclass(frozen=True, slots=True)
class FoundColumn:
    """One column of the table: its place, its header, what it was taken for ('' for nothing), and some values."""

    place: int
    letters: str
    header: str
    field: str
    samples: tuple[str, ...]


def header_row(sheet: Sheet) -> Row | None:
    """The row that holds the headers: the one that names what is needed, else the one with the most words."""
    found = find_header(sheet, FIELDS, REQUIRED).header
    if found:
        return next(row for row in sheet.rows if row.number == found.row)
    rows = [row for row in sheet.rows[:_LOOKED_AT] if _words(row)]
    return max(rows, key=lambda row: (len(_words(row)), -row.number), default=None)


def _words(row: Row) -> list[str]:
    return [cell for cell in row.cells if isinstance(cell, str) and len(cell) < 200]


def remembered(sheet: Sheet, known: Mapping[str, str]) -> dict[str, str]:
    """For each field the header of this sheet that meant it the last time; `known` gives the field by header."""
    row = header_row(sheet)
    fields: dict[str, str] = {}
    for text in _words(row) if row else ():
        field = known.get(header_key(text), "")
        if field in FIELDS:
            fields.setdefault(field, text)
    return fields


def columns(sheet: Sheet, mapping: Mapping[str, str] | None) -> tuple[FoundColumn, ...]:
    """The columns of a sheet with what each is taken for. A mapping of fields to headers wins over the guess."""
    row = header_row(sheet)
    if row is None:
        return ()
    if mapping is None:
        search = find_header(replace(sheet, rows=[row]), FIELDS, ())
        meant = {place: name for name, place in search.header.columns.items()} if search.header else {}
    else:
        keys = {header_key(header): name for name, header in mapping.items()}
        meant = {place: keys.get(header_key(shown(cell)), "") for place, cell in enumerate(row.cells)}
    below = [other for other in sheet.rows if other.number > row.number][:_LOOKED_AT]
    return tuple(
        FoundColumn(
            place, column_letters(place), " ".join(shown(cell).split()), meant.get(place, ""), _some(below, place)
        )
        for place, cell in enumerate(row.cells)
        if cell is not None
    )


def _some(rows: Collection[Row], place: int) -> tuple[str, ...]:
    values = dict.fromkeys(" ".join(shown(row.at(place)).split()) for row in rows if row.at(place) is not None)
    return tuple(value if len(value) <= 60 else f"{value[:59]}…" for value in list(values)[:_SAMPLES])


def as_mapped(reading: Reading, sheet: Sheet, mapping: Mapping[str, str]) -> Reading:
    """The reading with the headers that mean nothing blanked out, so that no guess takes them for something."""
    row = header_row(sheet)
    if row is None:
        return reading
    wanted = {header_key(header) for header in mapping.values()}
    kept = tuple(cell if isinstance(cell, str) and header_key(cell) in wanted else None for cell in row.cells)
    changed = replace(sheet, rows=[replace(other, cells=kept) if other is row else other for other in sheet.rows])
    return replace(reading, sheets=tuple(changed if other is sheet else other for other in reading.sheets))


def rows_to_leave(problems: Collection[Problem], *, below: int) -> frozenset[tuple[str, int]] | None:
    """The rows without which every problem is gone; None when a problem stands elsewhere than in a row of the table.

    `below` is the row of the headers.
    """
    rows = {(problem.sheet, problem.row) for problem in problems if problem.row is not None and problem.row > below}
    if not problems or any(problem.row is None or problem.row <= below for problem in problems):
        return None
    return frozenset(rows)


def without_rows(reading: Reading, left: Collection[tuple[str, int]]) -> Reading:
    """The reading without some rows, each named by its sheet and number."""
    return replace(
        reading,
        sheets=tuple(
            replace(sheet, rows=[row for row in sheet.rows if (sheet.name, row.number) not in left])
            for sheet in reading.sheets
        ),
    )
