"""Workbooks as people send them: a title above the table, odd headers, merged cells, stray spaces, empty rows."""

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

Rows = Sequence[Sequence[object]]


def messy_workbook(folder: Path, name: str, title: str, rows: Rows) -> Path:
    """Write the rows below a merged title and an empty line, after a sheet of notes; texts get stray spaces."""
    path = folder / name
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Read me").write(0, 0, "Please fill in the second sheet.")
        sheet = book.add_worksheet("Data 2026 ")
        sheet.merge_range(0, 0, 0, 3, title)
        for number, row in enumerate(rows, start=2):
            for column, value in enumerate(row):
                sheet.write(number, column, f" {value} " if isinstance(value, str) and value else value)
    return path


EDITION: Rows = (
    ("Ref. No.", "Criterion", "Type", "Guidance"),
    ("Belonging",),
    ("1.1", "People are welcomed on their first day.", "Type 1", "Ask who met them."),
    ("1.2", "People are known by the name they choose.", 2, ""),
    (),
    ("Safety",),
    ("2.1", "Nights are staffed.", "essential", ""),
    ("2.2", "Doors are safe.", "desirable", "See the plan."),
)
COMMUNITIES: Rows = (
    ("Code", "Community name", "Type", "Region"),
    ("FIR", "Fir Lodge", "Adult", "North"),
    ("ASH", "Ash Grange", "prison", "South"),
    (),
    ("LARK", "Hearth Lark House", "adult", "East"),
)
SCORES: Rows = (
    ("Service", "Standard no.", "Self score", "Peer review", "Remarks"),
    ("LARK", 1.1, 2, "met", ""),
    ("LARK", 1.2, "N/A", "N/A", "no garden"),
    ("lark", 2.1, 1, 0, ""),
    (),
    ("OAK", 1.1, "Partly met", 1, ""),
)
