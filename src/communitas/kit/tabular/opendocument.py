"""ODS workbooks, read row by row so that a repeated cell cannot fill the memory."""

import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Final
from xml.etree.ElementTree import Element

from communitas.kit.tabular.cells import Broken, Cell, plain
from communitas.kit.tabular.limits import Limits
from communitas.kit.tabular.problems import Problem
from communitas.kit.tabular.sheets import Reading, Row, Sheet
from communitas.kit.tabular.xlsx_parts import ERROR_VALUE, NOT_CALCULATED, Special

_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_WIDEST: Final = 1_000


def is_opendocument(content: bytes) -> bool:
    """Whether the archive is an OpenDocument spreadsheet."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return "content.xml" in archive.namelist()


def read_opendocument(content: bytes, *, file: str, limits: Limits) -> Reading:
    """Every sheet of an ODS file; one problem and no sheet when it cannot be trusted."""
    from defusedxml import DefusedXmlException, ElementTree

    with zipfile.ZipFile(BytesIO(content)) as archive:
        manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in archive.namelist() else b""
        if b"encryption-data" in manifest:
            reason = "The workbook is protected with a password. Save it without one and try again."
            return Reading(problems=(Problem(file, reason),))
        sheets: list[Sheet] = []
        try:
            with archive.open("content.xml") as stream:
                builder: _SheetBuilder | None = None
                for event, element in ElementTree.iterparse(stream, events=("start", "end")):
                    if event == "start":
                        if element.tag == f"{_TABLE}table":
                            builder = _SheetBuilder(element.get(f"{_TABLE}name", ""))
                    elif element.tag == f"{_TABLE}table-row" and builder:
                        if not builder.add(element, limits):
                            reason = f"The sheet has more than {limits.rows:,} rows or is far too wide."
                            return Reading(problems=(Problem(file, reason, sheet=builder.name),))
                        element.clear()
                    elif element.tag == f"{_TABLE}table" and builder:
                        sheets.append(builder.sheet(file))
                        builder = None
                        element.clear()
        except (ElementTree.ParseError, DefusedXmlException, zipfile.BadZipFile, zlib.error, EOFError, ValueError):
            reason = "The workbook is damaged and cannot be read. Save it again from your spreadsheet program."
            return Reading(problems=(Problem(file, reason),))
    return Reading(tuple(sheets))


class _SheetBuilder:
    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: list[Row] = []
        self.next_row = 1
        self.cells = 0
        self.formulas = 0
        self.spans: dict[int, tuple[int, Cell]] = {}  # column -> rows still covered, value

    def add(self, element: Element, limits: Limits) -> bool:
        repeat = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
        cells = self._cells(element)
        if any(cell is not None for cell in cells):
            self.cells += len(cells) * repeat
            if len(self.rows) + repeat > limits.rows + 1000 or self.cells > limits.cells or len(cells) > _WIDEST:
                return False
            self.rows += [Row(self.next_row + step, cells) for step in range(repeat)]
        self.next_row += repeat
        return True

    def _cells(self, element: Element) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        gap = 0  # empty cells, kept back until a value follows
        for child in element:
            if child.tag not in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
                continue
            times = int(child.get(f"{_TABLE}number-columns-repeated", "1"))
            value = self._value(child)
            column = len(cells) + gap
            if child.tag == f"{_TABLE}covered-table-cell" and column in self.spans:
                left, held = self.spans.pop(column)
                if left > 1:
                    self.spans[column] = (left - 1, held)
                value = value if value is not None else held
            down = int(child.get(f"{_TABLE}number-rows-spanned", "1"))
            if down > 1 and value is not None:
                self.spans[column] = (down - 1, value)
            if value is None:
                gap += times
            else:
                cells += [None] * min(gap, _WIDEST + 1) + [value] * min(times, _WIDEST + 1)
                gap = 0
        return tuple(cells)

    def _value(self, cell: Element) -> Cell:
        kind = cell.get(f"{_OFFICE}value-type")
        text = "\n".join(_paragraphs(cell))
        formula = cell.get(f"{_TABLE}formula") is not None
        if kind is None:
            return Broken("", NOT_CALCULATED) if formula and not text else plain(text)
        if formula and text.startswith(("#", "Err:")):
            return Broken(text, ERROR_VALUE)
        self.formulas += formula
        if kind in {"float", "percentage", "currency"}:
            return plain(float(cell.get(f"{_OFFICE}value", "nan")))
        if kind == "boolean":
            return cell.get(f"{_OFFICE}boolean-value") == "true"
        if kind == "date":
            moment = cell.get(f"{_OFFICE}date-value", "")
            return plain(datetime.fromisoformat(moment) if "T" in moment else date.fromisoformat(moment))
        return plain(cell.get(f"{_OFFICE}string-value") or text)

    def sheet(self, file: str) -> Sheet:
        return Sheet(file, self.name, tuple(self.rows), notes=Special(formulas=self.formulas).notes())


def _paragraphs(cell: Element) -> Iterator[str]:
    for child in cell:
        if child.tag == f"{_TEXT}p":
            yield "".join(_inline(child))


def _inline(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}s":
            yield " " * min(int(child.get(f"{_TEXT}c", "1")), 1000)
        elif child.tag == f"{_TEXT}tab":
            yield "\t"
        elif child.tag == f"{_TEXT}line-break":
            yield "\n"
        else:
            yield from _inline(child)
        yield child.tail or ""
