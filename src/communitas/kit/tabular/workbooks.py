"""Workbooks of spreadsheet programs: XLSX and XLS through calamine, ODS through `opendocument`."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Final, TypeVar

from communitas.kit.tabular.cells import Broken, Cell, plain
from communitas.kit.tabular.limits import Limits, refuse_archive
from communitas.kit.tabular.opendocument import is_opendocument, read_opendocument
from communitas.kit.tabular.problems import Problem
from communitas.kit.tabular.sheets import Reading, Row, Sheet
from communitas.kit.tabular.xlsx_parts import Special, special_cells

T = TypeVar("T")

ZIP: Final = b"PK\x03\x04"
COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_BOOK_STREAMS: Final = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))

NOT_A_WORKBOOK: Final = "This is not a workbook. Save it as XLSX, ODS or CSV from your spreadsheet program."
PROTECTED: Final = "The workbook is protected with a password. Save it without one and try again."
DAMAGED: Final = "The workbook is damaged and cannot be read. Save it again from your spreadsheet program."


def read_workbook(content: bytes, *, file: str, limits: Limits) -> Reading:
    """Every sheet of a workbook; one problem and no sheet when it cannot be trusted."""
    if content.startswith(COMPOUND):
        if _ENCRYPTED in content:
            return _refused(file, PROTECTED)
        if not any(name in content for name in _BOOK_STREAMS):
            return _refused(file, NOT_A_WORKBOOK)
        return _calamine(content, file, limits, specials={})
    if not content.startswith(ZIP):
        return _refused(file, NOT_A_WORKBOOK)
    reason = refuse_archive(content, limits)
    if reason:
        return _refused(file, reason)
    if is_opendocument(content):
        return read_opendocument(content, file=file, limits=limits)
    specials = special_cells(content, limits)
    if isinstance(specials, str):
        return _refused(file, specials)
    return _calamine(content, file, limits, specials)


def _refused(file: str, reason: str, sheet: str = "") -> Reading:
    return Reading(problems=(Problem(file, reason, sheet=sheet),))


def _calamine(content: bytes, file: str, limits: Limits, specials: dict[str, Special]) -> Reading:
    from python_calamine import (
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    sheets: list[Sheet] = []
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        for meta in book.sheets_metadata:
            if meta.typ is not SheetTypeEnum.WorkSheet:
                continue
            special = specials.get(meta.name, Special())
            if special.refusal:
                return _refused(file, special.refusal, meta.name)
            raw = book.get_sheet_by_name(meta.name)
            start, end = raw.start, raw.end
            if start is None or end is None:
                rows: list[Row] = list(_only_special(special))
            elif (end[0] - start[0] + 1) * (end[1] - start[1] + 1) > limits.cells:
                return _refused(file, f"The sheet reaches to row {end[0] + 1:,}: it is too big.", meta.name)
            else:
                values = (tuple(map(plain, row)) for row in raw.iter_rows())
                merged = _downward(raw.merged_cell_ranges or [])
                # iter_rows begins at row 1, but at the first column that holds something.
                rows = list(assemble(values, offset=start[1], special=special.cells, merged=merged))
            if len(rows) > limits.rows + 1000:  # room for titles and headings above the data
                reason = f"The sheet has {len(rows):,} rows; at most {limits.rows:,} can be read at once."
                return _refused(file, reason, meta.name)
            hidden = meta.visible is not SheetVisibleEnum.Visible
            sheets.append(Sheet(file, meta.name, tuple(rows), hidden=hidden, notes=special.notes()))
    except PasswordError:
        return _refused(file, PROTECTED)
    except (CalamineError, OSError, ValueError):
        return _refused(file, DAMAGED)
    return Reading(tuple(sheets))


def _downward(
    ranges: list[tuple[tuple[int, int], tuple[int, int]]],
) -> dict[tuple[int, int], tuple[int, int]]:
    """For each cell covered by a merge in its first column, the cell that holds the value.

    Only downward: a title merged across the columns must stay one cell, or it would look like data.
    """
    cover: dict[tuple[int, int], tuple[int, int]] = {}
    for (top, left), (bottom, _right) in ranges:
        for row in range(top + 1, min(bottom, top + 10_000) + 1):
            cover[row, left] = (top, left)
    return cover


def assemble(
    values: Iterator[tuple[Cell, ...]],
    *,
    offset: int,
    special: dict[tuple[int, int], Broken],
    merged: dict[tuple[int, int], tuple[int, int]],
) -> Iterator[Row]:
    """Rows that hold something, with broken cells marked and merged cells filled downwards."""
    before = (None,) * offset
    broken = _by_row(special)
    covered = _by_row(merged)
    tops = _by_row(dict.fromkeys(merged.values(), True))
    above: dict[tuple[int, int], Cell] = {}
    last = -1
    for index, cells in enumerate(values):
        last = index
        if offset:
            cells = before + cells
        if index in broken:
            cells = _with(cells, broken[index])
        if index in tops:
            above.update({(index, column): cells[column] for column in tops[index] if column < len(cells)})
        if index in covered and any(cell is not None for cell in cells):
            fill = {column: above.get(top) for column, top in covered[index].items()}
            cells = _with(cells, {column: value for column, value in fill.items() if value is not None})
        if any(cell is not None for cell in cells):
            yield Row(index + 1, cells)
    for row in sorted(row for row in broken if row > last):
        yield Row(row + 1, _with((), broken[row]))


def _by_row(places: Mapping[tuple[int, int], T]) -> dict[int, dict[int, T]]:
    rows: dict[int, dict[int, T]] = {}
    for (row, column), value in places.items():
        rows.setdefault(row, {})[column] = value
    return rows


def _only_special(special: Special) -> Iterator[Row]:
    return assemble(iter(()), offset=0, special=special.cells, merged={})


def _with(cells: tuple[Cell, ...], changes: Mapping[int, Cell]) -> tuple[Cell, ...]:
    changed = list(cells) + [None] * (max(changes, default=-1) + 1 - len(cells))
    for column, value in changes.items():
        changed[column] = value
    return tuple(changed)
