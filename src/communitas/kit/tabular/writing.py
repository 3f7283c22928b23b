"""Write tables that no spreadsheet program mistakes for formulas; the same tables give the same bytes.

In XLSX text is stored as text. CSV has no types, so text that a program could run as a formula gets an
apostrophe in front, as spreadsheet programs themselves do; `unguard`, which our own reading uses, takes
exactly that away.
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from typing import Final

from communitas.kit.tabular.cells import Broken, Cell

# Also after quotes and spaces, and in the full-width forms that some programs take for the same signs.
_RISKY = re.compile(r"[\s\u200b\u2060\ufeff'\"]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_LONGEST: Final = 32_767  # characters that a cell of a workbook can hold
_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_MADE_AT: Final = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class Table:
    """A table to write: a name for the sheet, the headers, the rows, and widths of columns in characters."""

    name: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int] = ()


def guard(text: str) -> str:
    """The text with an apostrophe in front if a spreadsheet program could run it as a formula."""
    return f"'{text}" if _RISKY.match(text) else text


def unguard(text: str) -> str:
    """The text without the apostrophe that `guard` put in front."""
    return text[1:] if text[:1] == "'" and _RISKY.match(text, 1) else text


def write_csv(table: Table, *, mark: bool = True) -> bytes:
    """UTF-8 with a byte-order mark, so that spreadsheet programs open it with the right letters.

    Without the mark for programs that read data.
    """
    stream = StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([guard(header) for header in table.headers])
    for row in table.rows:
        writer.writerow([_csv_value(cell) for cell in row])
    return stream.getvalue().encode("utf-8-sig" if mark else "utf-8")


def write_xlsx(tables: Sequence[Table]) -> bytes:
    """A workbook with one sheet a table; headers stay in view and can be filtered."""
    import xlsxwriter

    stream = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "nan_inf_to_errors": False,
    }
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": _MADE_AT})
        heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        used: set[str] = set()
        for table in tables:
            sheet = book.add_worksheet(_sheet_name(table.name, used))
            sheet.freeze_panes(1, 0)
            for column, header in enumerate(table.headers):
                width = table.widths[column] if column < len(table.widths) else max(10, min(len(header) + 2, 40))
                sheet.set_column(column, column, width)
                sheet.write_string(0, column, header, heading)
            for number, row in enumerate(table.rows, start=1):
                for column, cell in enumerate(row):
                    if cell is None or cell == "":
                        continue
                    if isinstance(cell, bool):
                        sheet.write_boolean(number, column, cell, body)
                    elif isinstance(cell, int | float):
                        sheet.write_number(number, column, cell, body)
                    elif isinstance(cell, date):
                        sheet.write_datetime(number, column, cell, day)
                    else:
                        sheet.write_string(number, column, _fitting(cell), body)
            if table.rows:
                sheet.autofilter(0, 0, len(table.rows), max(len(table.headers) - 1, 0))
    return stream.getvalue()


def _csv_value(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guard(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, Broken):
        return guard(cell.shown)
    return cell.isoformat() if isinstance(cell, date) else cell


def _fitting(cell: str | Broken) -> str:
    text = cell.shown if isinstance(cell, Broken) else cell
    if len(text) > _LONGEST:
        raise ValueError(f"A cell of a workbook holds at most {_LONGEST:,} characters; this text has {len(text):,}.")
    return text


def _sheet_name(name: str, used: set[str]) -> str:
    """A name that spreadsheet programs accept: at most 31 characters, unlike all others, no odd signs."""
    wanted = _SHEET_NAME.sub(" ", name).strip().strip("'")[:31] or "Sheet"
    unique, number = wanted, 2
    while unique.casefold() in used:
        ending = f" {number}"
        unique, number = wanted[: 31 - len(ending)] + ending, number + 1
    used.add(unique.casefold())
    return unique
