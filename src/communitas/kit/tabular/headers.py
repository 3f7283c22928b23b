"""Find the header of a table by what the caller wants to find in it, and read the rows below."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from communitas.kit.tabular.cells import Broken, Cell, column_letters, header_key, header_keys, shown
from communitas.kit.tabular.problems import Problem
from communitas.kit.tabular.sheets import Row, Sheet

_DEEPEST: Final = 60  # rows of titles and remarks that may stand above a header


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a sheet: its row, and for each field found the column (from 0) and its words there."""

    row: int
    columns: Mapping[str, int]
    names: Mapping[str, str]
    first: int  # the leftmost column of the header row that holds a word

    def label(self, field: str) -> str:
        """The column as problems name it: its letters and its header."""
        return f"{column_letters(self.columns[field])} ({self.names[field]})" if field in self.columns else ""


@dataclass(frozen=True, slots=True)
class HeaderSearch:
    """What a search found: a header, or the problems that tell which columns are missing."""

    header: Header | None
    problems: tuple[Problem, ...] = ()
    matched: int = 0  # how many fields the best row had


@dataclass(frozen=True, slots=True)
class Record:
    """One row below a header."""

    sheet: Sheet
    header: Header
    row: Row

    def cell(self, field: str) -> Cell:
        """The value of a field; None when it is empty or the sheet has no such column."""
        return self.row.at(self.header.columns.get(field))

    def text(self, field: str) -> str:
        """The value of a field as text; ask `broken` first."""
        return shown(self.cell(field))

    def broken(self, field: str) -> Problem | None:
        """The problem of a cell that holds no value one could trust."""
        cell = self.cell(field)
        return self.problem(field, cell.reason) if isinstance(cell, Broken) else None

    def problem(self, field: str, reason: str) -> Problem:
        """A problem with this field of this row."""
        return Problem(
            self.sheet.file,
            reason,
            self.sheet.name,
            self.row.number,
            self.header.label(field),
            self.text(field),
        )

    def alone(self) -> str | None:
        """The text of the first cell if nothing else stands in the row: a heading between the rows."""
        filled = [index for index, cell in enumerate(self.row.cells) if cell is not None]
        if len(filled) == 1 and filled[0] <= self.header.first:
            cell = self.row.cells[filled[0]]
            return cell if isinstance(cell, str) else None
        return None


def find_header(
    sheet: Sheet,
    wanted: Mapping[str, Sequence[str]],
    required: Collection[str],
    given: Mapping[str, str] | None = None,
) -> HeaderSearch:
    """The first row that names every required field.

    `wanted` gives the known headers of each field, best first; fields earlier in it choose first. `given`
    names the header of a field outright and wins over what is known.
    """
    given = given or {}
    best: Header | None = None
    for row in sheet.rows:
        if row.number > sheet.rows[0].number + _DEEPEST:
            break
        header = _match(row, wanted, given)
        if best is None or len(header.columns) > len(best.columns):
            best = header
        if all(field in header.columns for field in (*required, *given)):
            twice = _twice(sheet, row, header, wanted)
            return HeaderSearch(None if twice else header, twice, len(header.columns))
    return _missing(sheet, best, required, given)


def records(sheet: Sheet, header: Header) -> Iterator[Record]:
    """The rows below the header, without the header itself repeated, as it is at the top of printed pages."""
    own = {field: header_key(name) for field, name in header.names.items()}
    for row in sheet.rows:
        if row.number <= header.row:
            continue
        record = Record(sheet, header, row)
        if len(own) > 1 and all(header_key(record.text(field)) == key for field, key in own.items()):
            continue
        yield record


def _match(row: Row, wanted: Mapping[str, Sequence[str]], given: Mapping[str, str]) -> Header:
    texts = {index: cell for index, cell in enumerate(row.cells) if isinstance(cell, str) and len(cell) < 200}
    places: dict[str, int] = {}
    for index, text in texts.items():
        places.setdefault(header_key(text), index)
    for index, text in texts.items():  # without brackets only where no column has that name in full
        for key in header_keys(text)[1:]:
            places.setdefault(key, index)
    columns: dict[str, int] = {}
    taken: set[int] = set()
    for field, name in given.items():
        index = places.get(header_key(name), -1)
        if index >= 0:
            columns[field] = index
            taken.add(index)
    for field, synonyms in wanted.items():
        if field in given:
            continue
        for synonym in (field, *synonyms):
            index = places.get(header_key(synonym), -1)
            if index >= 0 and index not in taken:
                columns[field] = index
                taken.add(index)
                break
    names = {field: " ".join(texts[index].split()) for field, index in columns.items()}
    filled = [index for index, cell in enumerate(row.cells) if cell is not None]
    return Header(row.number, columns, names, filled[0] if filled else 0)


def _twice(sheet: Sheet, row: Row, header: Header, wanted: Mapping[str, Sequence[str]]) -> tuple[Problem, ...]:
    problems = []
    for field, column in header.columns.items():
        if field not in wanted:
            continue
        own = header_key(header.names[field])
        for index, cell in enumerate(row.cells):
            if index != column and isinstance(cell, str) and header_key(cell) == own:
                reason = f"Two columns have this header ({column_letters(column)} and {column_letters(index)})."
                place = f"{column_letters(index)} ({cell})"
                problems.append(Problem(sheet.file, reason, sheet.name, row.number, place, cell))
    return tuple(problems)


def _missing(sheet: Sheet, best: Header | None, required: Collection[str], given: Mapping[str, str]) -> HeaderSearch:
    if best is None:
        return HeaderSearch(None, (Problem(sheet.file, "The table is empty.", sheet.name),))
    row = best.row if best.columns else None
    problems = []
    for field in dict.fromkeys((*required, *given)):
        if field in best.columns:
            continue
        if field in given:
            reason = f"There is no column '{given[field]}', which was named for '{field}'."
        else:
            reason = f"The column '{field}' is missing."
        problems.append(Problem(sheet.file, reason, sheet.name, row, field))
    if not problems:
        problems.append(Problem(sheet.file, "No row names all the columns that are needed.", sheet.name))
    return HeaderSearch(None, tuple(problems), len(best.columns))
