"""Communities from a table as it really is."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from communitas.kit.tabular import Imported, Note, Problem, Reading, Record, choose_sheets, match_key, records
from communitas.members.rules.community import Community

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "code": ("community code", "service code", "community id", "id", "ref", "no", "short code", "community no"),
    "name": ("community", "community name", "service", "service name", "name of community", "name of service"),
    "type": ("service type", "community type", "type of service", "type of community", "sector"),
    "organisation": ("organization", "trust", "provider", "operator", "parent organisation"),
    "region": ("area",),
    "town": ("city", "place", "town or city", "town city"),
    "country": ("nation",),
    "latitude": ("lat",),
    "longitude": ("lon", "long", "lng"),
}
REQUIRED: Final = ("code", "name", "type")
_CODE = re.compile(r"[A-Za-z0-9._-]+")
_LONGEST_CODE: Final = 100


def communities_from_tables(
    reading: Reading, *, file: str, named: Collection[str] = (), given: Mapping[str, str] | None = None
) -> Imported[tuple[Community, ...]]:
    """Communities stand in the first sheet that names a code, a name and a type of each; no code stands twice.

    Types are compared in any case and kept as they were first written. `named` and `given` are the sheet and the
    headers to use instead of guessing.
    """
    choice = choose_sheets(reading, FIELDS, REQUIRED, file=file, named=named, given=given)
    if choice.problems:
        return Imported(None, choice.problems, reading.notes)
    sheet, header = choice.found[0]
    rows = _Rows()
    for record in records(sheet, header):
        if any(record.cell(name) is not None for name in header.columns):
            rows.add(record)
    problems = list(rows.problems)
    if not rows.communities and not problems:
        problems.append(Problem(file, "No community stands below the header.", sheet.name, header.row))
    notes = (*reading.notes, *(Note(file, text, sheet.name) for text in sheet.notes), *rows.notes)
    found = tuple(rows.communities)
    return Imported(None if problems else found, tuple(problems), notes, found)


def refuse_code(code: str) -> str | None:
    """A community's code is made of letters, digits, full stops, hyphens and underscores, for it names files."""
    if not _CODE.fullmatch(code) or len(code) > _LONGEST_CODE:
        return "A code is made of the letters A to Z, digits, full stops, hyphens and underscores, without spaces."
    return None


@dataclass(slots=True)
class _Rows:
    communities: list[Community] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    codes: dict[str, tuple[str, int]] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        broken = {name: problem for name in record.header.columns if (problem := record.broken(name))}
        refused = [] if "code" in broken else self._code(record)
        problems = [*broken.values(), *refused]
        problems += [
            record.problem(name, f"The {name} is empty.")
            for name in ("name", "type")
            if name not in broken and not record.text(name)
        ]
        places: dict[str, float | None] = {}
        for name, most in (("latitude", 90), ("longitude", 180)):
            degrees = None if name in broken else self._degrees(record, name, most)
            if isinstance(degrees, Problem):
                problems.append(degrees)
            else:
                places[name] = degrees
        self.problems += problems
        if "code" in broken or refused:
            return
        # A community with a problem stays in the draft, so that its scores are not called unknown on top.
        self.communities.append(
            Community(
                code=record.text("code"),
                name=_line(record.text("name")),
                service_type=self._type(record),
                organisation=_line(record.text("organisation")),
                region=_line(record.text("region")),
                town=_line(record.text("town")),
                country=_line(record.text("country")),
                latitude=places.get("latitude"),
                longitude=places.get("longitude"),
            )
        )

    def _code(self, record: Record) -> list[Problem]:
        code = record.text("code")
        if not code:
            return [record.problem("code", "The code is empty.")]
        reason = refuse_code(code)
        if reason:
            return [record.problem("code", reason)]
        first, row = self.codes.setdefault(code.casefold(), (code, record.row.number))
        if row == record.row.number:
            return []
        if first == code:
            return [record.problem("code", f"This code stands in row {row} too.")]
        return [record.problem("code", f"This code differs from {first} in row {row} only in capital letters.")]

    def _type(self, record: Record) -> str:
        written = _line(record.text("type"))
        kept = self.types.setdefault(match_key(written), written)
        if kept != written:
            text = f"The type '{written}' was taken for '{kept}'."
            self.notes.append(Note(record.sheet.file, text, record.sheet.name, record.row.number))
        return kept

    def _degrees(self, record: Record, name: str, most: int) -> float | Problem | None:
        cell = record.cell(name)
        if cell is None:
            return None
        text = record.text(name).replace(",", ".")
        if isinstance(cell, bool) or not re.fullmatch(r"[-+]?\d{1,3}(?:\.\d+)?", text) or abs(float(text)) > most:
            return record.problem(name, f"The {name} is a number of degrees from -{most} to {most}, such as 51.5.")
        return float(text)


def _line(text: str) -> str:
    return " ".join(text.split())
