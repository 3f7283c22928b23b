"""Write a table to be filled in: some columns are open, all else is locked, and a hidden sheet says what it was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final

_ROW_HEIGHT: Final = 32


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column: its header, its width in characters, whether people write in it, and what they may choose from."""

    header: str
    width: int
    is_open: bool = False
    choices: Sequence[str] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A table to fill in. A row of one text is a heading. `hidden` are the rows of the hidden sheet."""

    name: str
    title: str
    lines: Sequence[str]
    columns: Sequence[FormColumn]
    rows: Sequence[Sequence[str]]
    hidden_name: str
    hidden: Sequence[Sequence[str]] = field(default_factory=tuple)


def write_form(form: Form) -> bytes:
    """The workbook. Everything is written as text, so that nothing in it is ever run as a formula."""
    import xlsxwriter

    stream = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "nan_inf_to_errors": False,
    }
    with xlsxwriter.Workbook(stream, options) as book:
        _write(book, form)
        hidden = book.add_worksheet(form.hidden_name)
        for number, row in enumerate(form.hidden):
            for column, text in enumerate(row):
                hidden.write_string(number, column, text)
        hidden.hide()
    return stream.getvalue()


def _write(book: Any, form: Form) -> None:
    looks = _looks(book)
    sheet = book.add_worksheet(form.name)
    sheet.write_string(0, 0, form.title, looks["title"])
    for number, line in enumerate(form.lines, start=1):
        sheet.write_string(number, 0, line, looks["line"])
    top, last = len(form.lines) + 2, len(form.columns) - 1
    for place, column in enumerate(form.columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(top, place, column.header, looks["head"])
    for number, row in enumerate(form.rows, start=top + 1):
        if len(row) == 1:
            sheet.merge_range(number, 0, number, last, row[0], looks["section"])
            continue
        sheet.set_row(number, _ROW_HEIGHT)
        for place, (column, text) in enumerate(zip(form.columns, row, strict=True)):
            look = looks["open"] if column.is_open else looks["locked"]
            if text:
                sheet.write_string(number, place, text, look)
            else:
                sheet.write_blank(number, place, None, look)
    for place, column in enumerate(form.columns):
        if column.choices:
            sheet.data_validation(top + 1, place, top + len(form.rows), place, _choice(column))
    sheet.freeze_panes(top + 1, 1)
    sheet.protect("", dict.fromkeys(("format_columns", "format_rows", "sort", "autofilter"), True))
    sheet.set_landscape()
    sheet.repeat_rows(top)
    sheet.fit_to_pages(1, 0)


def _choice(column: FormColumn) -> Mapping[str, Any]:
    return {
        "validate": "list",
        "source": list(column.choices),
        "error_title": column.header[:32],
        "error_message": column.hint[:255],
        "input_message": column.hint[:255],
    }


def _looks(book: Any) -> dict[str, Any]:
    wrapped = {"text_wrap": True, "valign": "top", "num_format": "@"}
    frame = {"border": 1, "border_color": "#b9c4bf"}
    return {
        "title": book.add_format({"bold": True, "font_size": 15}),
        "line": book.add_format({"font_color": "#4a5451"}),
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#e4eee9"}),
        "section": book.add_format({"bold": True, "font_size": 12, "valign": "bottom", "bg_color": "#f5efe4"}),
        "locked": book.add_format(wrapped),
        "open": book.add_format({**wrapped, **frame, "locked": False, "bg_color": "#fffef9"}),
    }
