"""When and from where reviewers come, from a table that somebody kept elsewhere."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from communitas.kit.tabular import Cell, Problem, Row, Sheet, tidy

COLUMNS: Final = ("username", "days", "latitude", "longitude")
_BETWEEN: Final = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class Said:
    """What one row says of a person: days that are added, and a point where one stands there."""

    account: int
    days: tuple[date, ...]
    point: tuple[float, float] | None  # latitude, longitude


def read_reviewers(sheet: Sheet, accounts: Mapping[str, int]) -> tuple[list[Said], list[Problem]]:
    """Each row below the header, and everything that is wrong. `accounts` are reviewers by username in small letters.

    The header names its columns in any order: `username`, and `days` (2027-03-01, several with spaces or commas in
    between) or `latitude` and `longitude` or all of them. Other columns are left aside.
    """
    first = sheet.rows[0].cells if sheet.rows else ()
    header = {_text(cell).casefold(): number for number, cell in enumerate(first)}
    if "username" not in header or not {"days", "latitude"} & header.keys():
        reason = "The first row must name the columns: username, and days or latitude and longitude."
        return [], [Problem(sheet.file, reason, sheet.name)]
    reading = _Reading(sheet, {name: header[name] for name in COLUMNS if name in header}, accounts)
    for row in sheet.rows[1:]:
        reading.row(row)
    return reading.said, reading.problems


class _Reading:
    def __init__(self, sheet: Sheet, header: Mapping[str, int], accounts: Mapping[str, int]) -> None:
        self._sheet, self._header, self._accounts = sheet, header, accounts
        self.said: list[Said] = []
        self.problems: list[Problem] = []

    def row(self, row: Row) -> None:
        cells = {name: row.at(column) for name, column in self._header.items()}
        username = _text(cells["username"])
        account = self._accounts.get(username.casefold())
        if account is None:
            self._wrong(row, "username", username, "Nobody of this username reviews in the network.")
            return
        days, point = self._days(row, cells.get("days")), self._point(row, cells)
        self.said.append(Said(account, days, point))

    def _days(self, row: Row, cell: Cell) -> tuple[date, ...]:
        if isinstance(cell, date):
            return (date(cell.year, cell.month, cell.day),)
        found = []
        for word in filter(None, _BETWEEN.split(_text(cell))):
            try:
                found.append(date.fromisoformat(word))
            except ValueError:
                self._wrong(row, "days", word, "A day is written like 2027-03-01.")
        return tuple(sorted(set(found)))

    def _point(self, row: Row, cells: Mapping[str, Cell]) -> tuple[float, float] | None:
        texts = _text(cells.get("latitude")), _text(cells.get("longitude"))
        if not any(texts):
            return None
        found = [_degrees(text, most) for text, most in zip(texts, (90, 180), strict=True)]
        for name, text, value in zip(("latitude", "longitude"), texts, found, strict=True):
            if value is None:
                self._wrong(row, name, text, "Latitude lies between -90 and 90, longitude between -180 and 180.")
        latitude, longitude = found
        return None if latitude is None or longitude is None else (latitude, longitude)

    def _wrong(self, row: Row, column: str, value: str, reason: str) -> None:
        self.problems.append(Problem(self._sheet.file, reason, self._sheet.name, row.number, column, value))


def _text(cell: Cell) -> str:
    return "" if cell is None else tidy(str(cell))


def _degrees(text: str, most: int) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if -most <= found <= most else None
