"""CSV as people send it: any usual encoding, commas, semicolons, tabs or bars, line breaks inside quotes."""

import codecs
import csv
import re
from collections import Counter
from io import StringIO
from typing import Final

from communitas.kit.tabular.cells import Cell, tidy
from communitas.kit.tabular.limits import Limits
from communitas.kit.tabular.problems import Note, Problem
from communitas.kit.tabular.sheets import Reading, Row, Sheet
from communitas.kit.tabular.writing import unguard

_DELIMITERS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_SEP_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_SAMPLE: Final = 64 * 1024
_LONGEST_CELL: Final = 1024 * 1024
NOT_TEXT: Final = "This is not a text file. Save the table as XLSX or CSV and try again."


def read_delimited(content: bytes, *, file: str, limits: Limits) -> Reading:
    """The one table of a CSV file; row numbers count records, as a spreadsheet shows them."""
    decoded = _decode(content)
    if decoded is None:
        return Reading(problems=(Problem(file, NOT_TEXT),))
    text, encoding_note = decoded
    notes = [Note(file, encoding_note)] if encoding_note else []
    skipped = 0
    sep = _SEP_LINE.match(text)
    if sep and sep.group(1) in _DELIMITERS:
        delimiter, text, skipped = sep.group(1), text[sep.end() :], 1
    else:
        delimiter = _delimiter(text[:_SAMPLE])
    if delimiter != ",":
        notes.append(Note(file, f"Columns are separated by {_DELIMITERS[delimiter]}."))
    rows, problem = _rows(text, delimiter, file, limits, strict=True, first=1 + skipped)
    if problem and problem.reason == _LOOSE_QUOTES:
        rows, problem = _rows(text, delimiter, file, limits, strict=False, first=1 + skipped)
        notes.append(Note(file, "Some quotation marks do not match; the text was read as well as possible."))
    if problem:
        return Reading(problems=(problem,))
    return Reading((Sheet(file, "", rows),), notes=tuple(notes))


_LOOSE_QUOTES: Final = "Quotation marks in this row do not match."


def _rows(
    text: str, delimiter: str, file: str, limits: Limits, *, strict: bool, first: int
) -> tuple[tuple[Row, ...], Problem | None]:
    rows: list[Row] = []
    number = first - 1
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        for record in csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=strict):
            number += 1
            cells: tuple[Cell, ...] = tuple([tidy(unguard(field)) or None if field else None for field in record])
            if any(cells):
                rows.append(Row(number, cells))
                if len(rows) > limits.rows + 1000:
                    return (), Problem(file, f"The file has more than {limits.rows:,} rows.", row=number)
    except csv.Error as error:
        if "field larger" in str(error) or "end of data" in str(error):
            reason = "A quotation mark is opened here and never closed."
        else:
            reason = _LOOSE_QUOTES
        return (), Problem(file, reason, row=number + 1)
    finally:
        csv.field_size_limit(before)
    return tuple(rows), None


def _decode(content: bytes) -> tuple[str, str] | None:
    """The text, and a sentence about its encoding if it is not plain UTF-8; None when it is not text."""
    if content.startswith(codecs.BOM_UTF8):
        name, mark, note = "utf-8", len(codecs.BOM_UTF8), "The file begins with a byte-order mark (UTF-8)."
    elif content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        name, mark, note = "utf-16", 0, "The file is written in UTF-16."
    elif content[:2000].count(b"\0") > len(content[:2000]) // 4:
        little = content[1:2] == b"\0"
        name, mark, note = ("utf-16-le" if little else "utf-16-be"), 0, "The file is written in UTF-16."
    else:
        name, mark, note = "utf-8", 0, ""
    try:
        text = content[mark:].decode(name)
    except UnicodeDecodeError:
        if note.endswith("UTF-16."):
            return None
        try:
            text, note = content[mark:].decode("cp1252"), "The file is written in Windows-1252."
        except UnicodeDecodeError:
            return None
    return None if "\0" in text else (text, note)


def _delimiter(sample: str) -> str:
    """The separator under which the largest share of records has the same number of columns."""
    best, best_score = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        widths: Counter[int] = Counter()
        try:
            for record in csv.reader(StringIO(sample, newline=""), delimiter=delimiter):
                widths[len(record)] += bool(record)
        except csv.Error:
            continue
        total = widths.total() or 1
        score = max(((count / total, width) for width, count in widths.items() if width > 1), default=(0.0, 0))
        if score > best_score:
            best, best_score = delimiter, score
    return best
