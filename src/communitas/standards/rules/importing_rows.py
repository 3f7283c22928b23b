"""The rows of a table of standards, one by one, into sections and criteria; every problem is collected."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from communitas.kit.tabular import Broken, Header, Note, Problem, Record, Sheet, match_key
from communitas.standards.rules.edition import CORE, Criterion, Layer, Level, Section
from communitas.standards.rules.importing_values import (
    LEVEL_REASON,
    code_key,
    read_layer,
    read_level,
    read_types,
)

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "code": (
        *("no", "number", "ref", "id", "ref no", "ref number", "reference number", "nr", "item", "item no"),
        *("criterion code", "criterion no", "criterion number", "criterion ref", "criterion id"),
        *("standard code", "standard no", "standard number", "standard ref", "standard id", "reference"),
    ),
    "statement": (
        *("criterion", "criteria", "text", "standard", "standards", "criterion text", "standard text"),
        *("wording", "description"),
    ),
    "level": (
        *("type", "priority", "criterion type", "standard type", "criterion level", "standard level"),
        *("type of standard", "type of criterion"),
    ),
    "section": ("domain", "area", "section title", "chapter"),
    "standard": ("standards", "group"),
    "guidance": ("guidance notes", "notes", "explanation"),
    "evidence": ("evidence expected", "expected evidence", "examples of evidence"),
    "references": ("sources", "source", "reference"),
    "applies_to": (
        *("applies", "types", "service types", "service type", "applicable to", "applicability"),
        *("sectors", "sector"),
    ),
    "plain_text": ("plain language", "plain english", "plain words", "in plain words", "easy read"),
    "layer": (),
    "layer_kind": (),
    "layer_title": (),
    "layer_applies_to": (),
    "key": ("stable key",),
    "section_code": ("section number", "section no"),
    "section_introduction": ("introduction",),
}
REQUIRED: Final = ("code", "statement", "level")
_LONGEST_CODE: Final = 15  # characters of a lone text that may still be a code and not a remark


@dataclass(slots=True)
class _Open:
    """A section while its criteria are being read."""

    title: str
    code: str = ""
    introduction: str = ""
    criteria: list[Criterion] = field(default_factory=list)


@dataclass(slots=True)
class EditionRows:
    """What the rows of one sheet have said so far. `fallback` titles criteria that stand before any section."""

    sheet: Sheet
    header: Header
    fallback: str
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    layers: dict[str, Layer] = field(default_factory=dict)
    _open: dict[str, _Open] = field(default_factory=dict)
    _current: _Open | None = None
    _codes: dict[str, int] = field(default_factory=dict)
    _keys: dict[str, int] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        """Take one row: a heading, a criterion, or something to complain about."""
        heading = record.alone()
        if heading is not None and self._takes_heading(record, heading):
            return
        if all(record.cell(name) is None for name in self.header.columns):
            return  # a remark beside the table
        if not isinstance(record.cell("section"), Broken) and record.text("section"):
            self._enter(record.text("section"), record)
        self._criterion(record)

    def sections(self) -> tuple[Section, ...]:
        """The sections that hold criteria, in the order in which they were first named."""
        for section in self._open.values():
            if not section.criteria:
                self.note(f"The section '{section.title}' has no criteria and was left out.")
        return tuple(
            Section(section.title, tuple(section.criteria), section.code, section.introduction)
            for section in self._open.values()
            if section.criteria
        )

    def note(self, text: str, row: int | None = None) -> None:
        """Remember what was tolerated."""
        self.notes.append(Note(self.sheet.file, text, self.sheet.name, row))

    def _takes_heading(self, record: Record, heading: str) -> bool:
        first_field = next((f for f, column in self.header.columns.items() if record.row.at(column)), "")
        if "section" not in self.header.columns:
            if any(letter.isalpha() for letter in heading):
                self._enter(heading, record)
                return True
        elif first_field == "section":
            self._enter(heading, record)
            return True
        elif " " in heading or len(heading) > _LONGEST_CODE:
            self.note(f"'{heading}' stands alone in its row and was left out.", record.row.number)
            return True
        return False

    def _enter(self, title: str, record: Record) -> None:
        title = " ".join(title.split())
        known = self._open.get(match_key(title))
        if known is None:
            known = self._open[match_key(title)] = _Open(title)
        elif known is not self._current and known.criteria:
            self.note(
                f"The section '{known.title}' comes a second time; its criteria were put together.", record.row.number
            )
        known.code = known.code or record.text("section_code")
        known.introduction = known.introduction or record.text("section_introduction")
        self._current = known

    def _criterion(self, record: Record) -> None:
        broken = {name: problem for name in self.header.columns if (problem := record.broken(name))}
        problems = list(broken.values())
        level = read_level(record.cell("level"))
        if "code" not in broken:
            problems += self._code(record)
        if not record.text("statement") and "statement" not in broken:
            problems.append(record.problem("statement", "The statement is empty."))
        if level is None and "level" not in broken:
            empty = "" if record.text("level") else "The level is empty. "
            problems.append(record.problem("level", empty + LEVEL_REASON))
        self.problems += problems
        if "code" in broken or not record.text("code"):
            return
        # A criterion with a problem stays in the draft, so that its scores are not called unknown on top.
        if self._current is None:
            self.note(f"No section is named, so the criteria stand under '{self.fallback}'.", record.row.number)
            self._enter(self.fallback, record)
        if self._current is not None:
            self._current.criteria.append(
                Criterion(
                    code=" ".join(record.text("code").split()),
                    statement=record.text("statement"),
                    level=level or Level.ESSENTIAL,
                    applies_to=read_types(record.text("applies_to")),
                    layer=self._layer(record),
                    **{
                        name: record.text(name)
                        for name in ("key", "standard", "guidance", "evidence", "references", "plain_text")
                    },
                )
            )

    def _code(self, record: Record) -> list[Problem]:
        """A code is there, was not taken for a date, and stands once; so does a key."""
        if isinstance(record.cell("code"), date):
            reason = "The spreadsheet took this code for a date. Format the column as text and type the code again."
            return [record.problem("code", reason)]
        if not record.text("code"):
            return [record.problem("code", "The code is empty.")]
        problems: list[Problem] = []
        first = self._codes.setdefault(code_key(record.text("code")), record.row.number)
        if first != record.row.number:
            reason = f"This code stands in row {first} too."
            if isinstance(record.cell("code"), float):
                reason += " It is stored as a number, which loses a zero at its end: 3.10 becomes 3.1."
            problems.append(record.problem("code", reason))
        if record.text("key"):
            first = self._keys.setdefault(record.text("key"), record.row.number)
            if first != record.row.number:
                problems.append(record.problem("key", f"This key stands in row {first} too."))
        return problems

    def _layer(self, record: Record) -> str:
        if not record.text("layer"):
            return self.layers.setdefault(CORE.code, CORE).code
        names = ("layer", "layer_kind", "layer_title", "layer_applies_to")
        layer = read_layer(*(record.text(name) for name in names))
        return self.layers.setdefault(layer.code, layer).code
