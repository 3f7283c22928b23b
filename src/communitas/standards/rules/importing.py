"""An edition from a table as it really is: titles above, odd headers, rows that are headings of sections."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from communitas.kit.tabular import (
    Header,
    Imported,
    Problem,
    Reading,
    Row,
    Sheet,
    choose_sheets,
    match_key,
    records,
    shown,
)
from communitas.standards.rules.edition import THREE_MARKS, Edition, Mark, Scale, Value
from communitas.standards.rules.importing_rows import FIELDS, REQUIRED, EditionRows

_EDITION_NUMBER = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th) edition\b|\bedition (\d{1,3})\b", re.IGNORECASE)


def edition_from_tables(
    reading: Reading,
    *,
    file: str,
    named: Collection[str] = (),
    given: Mapping[str, str] | None = None,
    title: str = "",
    number: int | None = None,
) -> Imported[Edition]:
    """The standards stand in the first sheet that names a code, a statement and a level of each criterion.

    `named` and `given` are the sheet and the headers to use instead of guessing. `title` and `number` win over what
    the file says about itself: in its sheet About, or in the lines above the header.
    """
    choice = choose_sheets(reading, FIELDS, REQUIRED, file=file, named=named, given=given)
    if choice.problems:
        return Imported(None, choice.problems, reading.notes)
    sheet, header = choice.found[0]
    about = read_about(reading.sheets)
    above = [shown(cell) for row in sheet.rows if row.number < header.row for cell in row.cells if cell is not None]
    title = title or about.title or next(iter(above), "") or _from_name(file)
    rows = EditionRows(sheet, header, fallback=title)
    for record in records(sheet, header):
        rows.add(record)
    sections = rows.sections()
    problems = [*about.problems, *rows.problems]
    if not sections and not problems:
        problems.append(Problem(file, "No criterion stands below the header.", sheet.name, header.row))
    notes = (*reading.notes, *choice.notes()[: len(sheet.notes)], *rows.notes)
    edition = Edition(
        title=title,
        number=number or about.number or _number(above) or 1,
        sections=sections,
        scale=about.scale,
        values=about.values,
        layers=tuple(rows.layers.values()),
        summary=about.summary,
    )
    return Imported(None if problems else edition, tuple(problems), notes, edition)


@dataclass(frozen=True, slots=True)
class About:
    """What a workbook of ours says beside its table of standards."""

    title: str = ""
    number: int | None = None
    summary: str = ""
    scale: Scale = THREE_MARKS
    values: tuple[Value, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_about(sheets: Sequence[Sheet]) -> About:
    """The sheets About (name, value) and Values (title, text), where a workbook has them."""
    by_name = {match_key(sheet.name): sheet for sheet in sheets}
    values = tuple(
        Value(shown(row.at(0)), shown(row.at(1)))
        for row in _rows(by_name.get("values"), "title", "text")
        if row.at(0) is not None
    )
    about = by_name.get("about")
    facts: dict[str, str] = {}
    marks: list[Mark] = []
    problems: list[Problem] = []
    for row in _rows(about, "name", "value"):
        name, text = match_key(shown(row.at(0))), shown(row.at(1))
        mark = re.fullmatch(r"mark (\d)", name)
        if mark:
            marks.append(Mark(int(mark.group(1)), text))
        elif name == "number" and not re.fullmatch(r"[1-9]\d{0,3}", text):
            sheet = about.name if about else ""
            file = about.file if about else ""
            problems.append(Problem(file, "The number of an edition is a whole number.", sheet, row.number, "B", text))
        else:
            facts[name] = text
    scale = Scale(tuple(sorted(marks, key=lambda mark: -mark.value))) if marks else THREE_MARKS
    if marks and (len({mark.value for mark in marks}) != len(marks) or scale.marks[-1].value != 0 or len(marks) < 2):
        reason = "A scale has at least two different marks and begins at 0."
        problems.append(Problem(about.file if about else "", reason, "About"))
    number = int(facts["number"]) if "number" in facts else None
    return About(facts.get("title", ""), number, facts.get("summary", ""), scale, values, tuple(problems))


def _rows(sheet: Sheet | None, first: str, second: str) -> list[Row]:
    """The rows of a small sheet of two columns, if its header is the expected one."""
    if sheet is None or not sheet.rows:
        return []
    head = sheet.rows[0]
    if (match_key(shown(head.at(0))), match_key(shown(head.at(1)))) != (first, second):
        return []
    return list(sheet.rows[1:])


def _from_name(file: str) -> str:
    """A title from the name of the file, when the file itself says nothing."""
    words = " ".join(re.split(r"[\s_-]+", PurePath(file).stem)).strip()
    return "Standards" if match_key(words) in {"", "edition"} else words[0].upper() + words[1:]


def _number(above: Sequence[str]) -> int | None:
    for text in above:
        match = _EDITION_NUMBER.search(text)
        if match:
            return int(match.group(1) or match.group(2)) or None
    return None


def columns_of(sheet: Sheet, header: Header) -> dict[str, str]:
    """Which header stands for which field, to be shown, corrected and remembered for the next file."""
    return {field: header.names[field] for field in FIELDS if field in header.names and sheet.rows}
