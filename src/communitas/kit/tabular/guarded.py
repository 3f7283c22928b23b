"""Read a table of someone unknown in a process of its own, which may die without harm."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from communitas.kit.tabular.cells import Broken, Cell
from communitas.kit.tabular.limits import MIB, UPLOAD, Limits, refuse_size
from communitas.kit.tabular.problems import Note, Problem
from communitas.kit.tabular.sheets import Reading, Row, Sheet

SECONDS: Final = 20
MEMORY: Final = 512 * MIB
_GAVE_UP: Final = (
    "The file takes too long or too much memory to read. Save only its table as XLSX or CSV and try again."
)


def read_guarded(
    content: bytes, *, file: str, limits: Limits = UPLOAD, seconds: int = SECONDS, memory: int = MEMORY
) -> Reading:
    """As `reading.read`, in a process with limits of time (seconds) and memory (bytes of address space)."""
    reason = refuse_size(content, limits)
    if reason:
        return Reading(problems=(Problem(file, reason),))
    order = json.dumps({"file": file, "limits": _limits(limits), "seconds": seconds, "memory": memory})
    environment = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PYTHONHASHSEED": "0"}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "communitas.kit.tabular.guarded_child"],
            input=order.encode() + b"\n" + content,
            capture_output=True,
            timeout=seconds + 5,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Reading(problems=(Problem(file, _GAVE_UP),))
    if done.returncode != 0:
        return Reading(problems=(Problem(file, _GAVE_UP),))
    return _reading(iter(done.stdout.splitlines()), file)


def lines(reading: Reading) -> Iterator[str]:
    """A reading as lines of JSON, row by row so that it never stands in memory twice."""
    head = {
        "problems": [[p.file, p.reason, p.sheet, p.row, p.column, p.value] for p in reading.problems],
        "notes": [[n.file, n.text, n.sheet, n.row] for n in reading.notes],
    }
    yield json.dumps(head)
    for sheet in reading.sheets:
        yield json.dumps({"sheet": sheet.name, "hidden": sheet.hidden, "notes": sheet.notes})
        for row in sheet.rows:
            yield json.dumps([row.number, *map(_packed, row.cells)])


def _limits(limits: Limits) -> dict[str, int]:
    return {name: getattr(limits, name) for name in Limits.__slots__}


def _packed(cell: Cell) -> Any:
    if isinstance(cell, Broken):
        return {"shown": cell.shown, "reason": cell.reason}
    return {"date": cell.isoformat()} if isinstance(cell, date) else cell


def _unpacked(value: Any) -> Cell:
    if isinstance(value, dict):
        return date.fromisoformat(value["date"]) if "date" in value else Broken(value["shown"], value["reason"])
    if value is None or isinstance(value, str | int | float):
        return value
    raise ValueError("no cell looks like this")


def _reading(output: Iterator[bytes], file: str) -> Reading:
    try:
        head = json.loads(next(output))
        sheets: list[tuple[dict[str, Any], list[Row]]] = []
        for line in output:
            part = json.loads(line)
            if isinstance(part, dict):
                sheets.append((part, []))
            else:
                sheets[-1][1].append(Row(int(part[0]), tuple(map(_unpacked, part[1:]))))
    except (ValueError, KeyError, IndexError, StopIteration):
        return Reading(problems=(Problem(file, _GAVE_UP),))
    return Reading(
        tuple(
            Sheet(file, about["sheet"], tuple(rows), hidden=about["hidden"], notes=tuple(about["notes"]))
            for about, rows in sheets
        ),
        tuple(Problem(*problem) for problem in head["problems"]),
        tuple(Note(*note) for note in head["notes"]),
    )
