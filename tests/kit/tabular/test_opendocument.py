"""ODS workbooks."""

import zipfile
from datetime import date
from io import BytesIO

from communitas.kit.tabular import Broken, Problem, Row, read
from communitas.kit.tabular.xlsx_parts import NOT_CALCULATED

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def ods(rows: str, manifest: str = "<m/>") -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:body><office:spreadsheet>"
            f'<table:table table:name="One">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return stream.getvalue()


def cell(text: str, **attributes: str) -> str:
    names = {"kind": "office:value-type", "value": "office:value", "date": "office:date-value"}
    names |= {"formula": "table:formula", "down": "table:number-rows-spanned"}
    given = " ".join(f'{names[name]}="{value}"' for name, value in attributes.items())
    paragraph = f"<text:p>{text}</text:p>" if text else ""
    return f"<table:table-cell {given}>{paragraph}</table:table-cell>"


def test_values_of_every_kind() -> None:
    row = cell("a<text:s/>b", kind="string") + cell("2", kind="float", value="2")
    row += cell("1 Feb", kind="date", date="2026-02-01") + '<table:table-cell table:number-columns-repeated="9"/>'

    reading = read(ods(f"<table:table-row>{row}</table:table-row>"), file="f.ods")

    assert reading.sheets[0].rows == (Row(1, ("a b", 2, date(2026, 2, 1))),)


def test_repeated_empty_rows_count_without_being_kept() -> None:
    rows = '<table:table-row table:number-rows-repeated="4"><table:table-cell/></table:table-row>'
    rows += f"<table:table-row>{cell('x', kind='string')}</table:table-row>"
    rows += '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'

    assert read(ods(rows), file="f.ods").sheets[0].rows == (Row(5, ("x",)),)


def test_a_value_repeated_a_million_times_is_refused() -> None:
    rows = f'<table:table-row table:number-rows-repeated="1000000">{cell("x", kind="string")}</table:table-row>'

    assert read(ods(rows), file="f.ods").problems == (
        Problem("f.ods", "The sheet has more than 200,000 rows or is far too wide.", sheet="One"),
    )


def test_merged_cells_are_filled_downwards() -> None:
    rows = f"<table:table-row>{cell('S', kind='string', down='2')}{cell('a', kind='string')}</table:table-row>"
    rows += f"<table:table-row><table:covered-table-cell/>{cell('b', kind='string')}</table:table-row>"
    rows += f"<table:table-row><table:table-cell/>{cell('c', kind='string')}</table:table-row>"

    assert [row.cells for row in read(ods(rows), file="f.ods").sheets[0].rows] == [
        ("S", "a"),
        ("S", "b"),
        (None, "c"),
    ]


def test_formulas_with_and_without_a_result() -> None:
    row = cell("2", kind="float", value="2", formula="of:=1+1") + cell("", formula="of:=1+1")

    sheet = read(ods(f"<table:table-row>{row}</table:table-row>"), file="f.ods").sheets[0]

    assert sheet.rows[0].cells == (2, Broken("", NOT_CALCULATED))
    assert sheet.notes == ("1 value is the result of a formula, read as last saved.",)


def test_a_protected_workbook_is_refused() -> None:
    assert read(ods("", manifest="<encryption-data/>"), file="f.ods").problems == (
        Problem("f.ods", "The workbook is protected with a password. Save it without one and try again."),
    )
