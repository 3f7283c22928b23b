"""Tables in and tables out: workbooks, CSV and YAML as people send them. Knows no word of the domain."""

from communitas.kit.tabular.cells import Broken, Cell, column_letters, match_key, shown, tidy
from communitas.kit.tabular.choosing import SheetChoice, choose_sheets
from communitas.kit.tabular.guarded import read_guarded
from communitas.kit.tabular.headers import Header, HeaderSearch, Record, find_header, records
from communitas.kit.tabular.limits import TRUSTED, UPLOAD, Limits
from communitas.kit.tabular.problems import Imported, Note, Problem
from communitas.kit.tabular.reading import looks_like_yaml, read
from communitas.kit.tabular.sheets import Reading, Row, Sheet
from communitas.kit.tabular.structured import Node, YamlReading, dump_yaml, read_yaml
from communitas.kit.tabular.writing import Table, write_csv, write_xlsx

__all__ = [
    "TRUSTED",
    "UPLOAD",
    "Broken",
    "Cell",
    "Header",
    "HeaderSearch",
    "Imported",
    "Limits",
    "Node",
    "Note",
    "Problem",
    "Reading",
    "Record",
    "Row",
    "Sheet",
    "SheetChoice",
    "Table",
    "YamlReading",
    "choose_sheets",
    "column_letters",
    "dump_yaml",
    "find_header",
    "looks_like_yaml",
    "match_key",
    "read",
    "read_guarded",
    "read_yaml",
    "records",
    "shown",
    "tidy",
    "write_csv",
    "write_xlsx",
]
