"""A sheet as rows of plain values, with the row numbers that the spreadsheet shows."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from communitas.kit.tabular.cells import Cell
from communitas.kit.tabular.problems import Note, Problem


@dataclass(frozen=True, slots=True)
class Row:
    """One row that holds something; `cells` begin at column A."""

    number: int
    cells: tuple[Cell, ...]

    def at(self, column: int | None) -> Cell:
        """The value in a column counted from 0; None beyond the row's end or when there is no such column."""
        return self.cells[column] if column is not None and column < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file; `name` is empty where the format knows no sheets. Empty rows are left out."""

    file: str
    name: str
    rows: Sequence[Row]
    hidden: bool = False
    notes: tuple[str, ...] = ()  # what was tolerated in this sheet, told only if the sheet is used


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was read. With problems there are no sheets to trust."""

    sheets: tuple[Sheet, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = field(default=())
