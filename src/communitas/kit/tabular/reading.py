"""Read a file whatever it is: its first bytes decide, and its name only where they say nothing."""

from typing import Final

from communitas.kit.tabular.delimited import read_delimited
from communitas.kit.tabular.limits import UPLOAD, Limits, refuse_size
from communitas.kit.tabular.problems import Problem
from communitas.kit.tabular.sheets import Reading
from communitas.kit.tabular.workbooks import COMPOUND, NOT_A_WORKBOOK, ZIP, read_workbook

WORKBOOKS: Final = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
DELIMITED: Final = (".csv", ".tsv", ".txt")
YAML: Final = (".yaml", ".yml")
TABLES: Final = WORKBOOKS + DELIMITED


def looks_like_yaml(file: str) -> bool:
    """Whether the name of the file says that it is YAML, which `structured.read_yaml` reads."""
    return file.lower().endswith(YAML)


def read(content: bytes, *, file: str, limits: Limits = UPLOAD) -> Reading:
    """Every table of a workbook or CSV file. `file` is the name that problems mention.

    Runs in this process: use `read_guarded` for files of people one does not know.
    """
    reason = refuse_size(content, limits)
    if reason:
        return Reading(problems=(Problem(file, reason),))
    if content.startswith((ZIP, COMPOUND)):
        return read_workbook(content, file=file, limits=limits)
    if file.lower().endswith(WORKBOOKS):
        return Reading(problems=(Problem(file, NOT_A_WORKBOOK),))
    return read_delimited(content, file=file, limits=limits)
