"""What calamine does not tell about an XLSX sheet: formulas never calculated, errors, its true size."""

import re
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final

from communitas.kit.tabular.cells import Broken, column_index
from communitas.kit.tabular.limits import Limits

NOT_CALCULATED: Final = (
    "This is a formula whose result was never saved. Open the file in a spreadsheet program and save it, "
    "or type the value."
)
DAMAGED_SHEET: Final = "The sheet is damaged and cannot be read. Open it, save it again, and try once more."
ERROR_VALUE: Final = "The cell shows an error instead of a value. Correct the formula or type the value."

_CELL = re.compile(rb"<(?:\w+:)?c((?:\s[^>/]*)?)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_KIND = re.compile(rb'\bt="(\w+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)<")
_FILLED = re.compile(rb'<(?:\w+:)?c\s[^>/]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>/]*>')
_OPENING = re.compile(rb"<(?:\w+:)?c(?:\s[^>]*[^>/]|\s*)>")
_ADDRESS = re.compile(rb"""\sr\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_PARTS = re.compile(rb"([A-Za-z]{0,3})([0-9]{0,7})")


@dataclass(frozen=True, slots=True)
class Special:
    """What is special in a sheet: broken cells by (row, column) from 0, how many formulas had a result."""

    cells: dict[tuple[int, int], Broken] = field(default_factory=dict)
    formulas: int = 0
    refusal: str = ""

    def notes(self) -> tuple[str, ...]:
        """Sentences for whoever uses the sheet."""
        if not self.formulas:
            return ()
        count = (
            "1 value is the result of a formula"
            if self.formulas == 1
            else (f"{self.formulas:,} values are results of formulas")
        )
        return (f"{count}, read as last saved.",)


def special_cells(content: bytes, limits: Limits) -> dict[str, Special] | str:
    """For each sheet of an XLSX by name; a sentence when the parts of the workbook do not fit together."""
    from defusedxml import ElementTree

    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = set(archive.namelist())
        if "xl/workbook.bin" in names:
            return "Binary workbooks (XLSB) are not read. Save it as XLSX and try again."
        book = next((name for name in ("xl/workbook.xml", "xl/Workbook.xml") if name in names), None)
        if book is None:
            return "This is not a workbook. Save it as XLSX, ODS or CSV from your spreadsheet program."
        try:
            targets = {
                element.get("Id", ""): element.get("Target", "")
                for element in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
            }
            found: dict[str, Special] = {}
            for element in ElementTree.fromstring(archive.read(book)).iter():
                if not element.tag.endswith("}sheet"):
                    continue
                key = next((value for name, value in element.items() if name.endswith("}id")), "")
                part = _part(targets.get(key, ""))
                if part in names:
                    found[element.get("name", "")] = _special(archive.read(part), limits)
        except (ElementTree.ParseError, KeyError, zipfile.BadZipFile, zlib.error, EOFError, ValueError):
            return "The workbook is damaged and cannot be read. Save it again from your spreadsheet program."
    return found


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _special(xml: bytes, limits: Limits) -> Special:
    refusal = _too_wide(xml, limits)
    if refusal:
        return Special(refusal=refusal)
    if not _FORMULA.search(xml) and b't="e"' not in xml:
        return Special()
    cells: dict[tuple[int, int], Broken] = {}
    formulas = 0
    for match in _CELL.finditer(xml):
        attributes, inner = match.groups()
        formula = _FORMULA.search(inner)
        kind_match = _KIND.search(attributes)
        kind = kind_match.group(1) if kind_match else b"n"
        if not formula and kind != b"e":
            continue
        place = _PLACE.search(attributes)
        if place is None:
            return Special(refusal="The sheet was written without cell addresses. Open it, save it, try again.")
        position = (int(place.group(2)) - 1, column_index(place.group(1).decode()))
        value = _VALUE.search(inner)
        text = value.group(1).decode("utf-8", "replace") if value else ""
        if kind == b"e":
            cells[position] = Broken(text, ERROR_VALUE)
        elif not text and not (kind == b"str" and value):
            # A formula that gives an empty text is saved as t="str" with an empty value: that is a result.
            cells[position] = Broken("", NOT_CALCULATED)
        else:
            formulas += 1
    return Special(cells, formulas)


def _too_wide(xml: bytes, limits: Limits) -> str:
    """Refuse before reading: calamine keeps the whole rectangle up to the last value in memory.

    First every address counts, whatever it belongs to. Only if that is too much are empty cells, which programs leave
    behind with their colours, told apart; for that, every filled cell must be written the usual way.
    """
    columns: set[bytes] = set()
    rows: set[bytes] = set()
    for address in _ADDRESS.finditer(xml):
        place = _PARTS.fullmatch(address[1] if address[1] is not None else address[2])
        if place is None:
            return DAMAGED_SHEET
        columns.add(place.group(1))
        rows.add(place.group(2))
    if _reach(columns, rows)[1] <= limits.cells:
        return ""
    filled = _FILLED.findall(xml)
    if len(filled) != len(_OPENING.findall(xml)):
        return DAMAGED_SHEET
    last, cells = _reach({letters for letters, _ in filled}, {number for _, number in filled})
    if cells <= limits.cells:
        return ""
    return (
        f"The sheet has a value in row {last:,}, far away from its table. "
        "Delete the empty rows and columns around the table and save it again."
    )


def _reach(columns: set[bytes], rows: set[bytes]) -> tuple[int, int]:
    """The last row, and how many cells the rectangle from A1 to the last value has."""
    widest = max((column_index(letters.decode().upper()) + 1 for letters in columns if letters), default=1)
    last = max((int(number) for number in rows if number), default=1)
    return last, widest * last
