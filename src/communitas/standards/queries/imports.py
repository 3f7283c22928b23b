"""An import before it is done: the file as it was read, what its columns mean, and what would come of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from communitas.kit import files
from communitas.kit.models import ImportRun, RememberedMapping
from communitas.kit.tabular import (
    Imported,
    Note,
    Problem,
    Reading,
    Sheet,
    choose_sheets,
    looks_like_yaml,
    read_guarded,
    read_yaml,
)
from communitas.standards import models
from communitas.standards.queries.editions import codes_of_types
from communitas.standards.rules import fitting, importing_choices
from communitas.standards.rules.edition import Edition
from communitas.standards.rules.importing import edition_from_tables
from communitas.standards.rules.importing_choices import FoundColumn as Column
from communitas.standards.rules.importing_rows import FIELDS, REQUIRED
from communitas.standards.rules.importing_yaml import edition_from_yaml

KIND = "edition"
_Read = Callable[[Reading], Imported[Edition]]
_ROUNDS = 5  # leaving a row out may show a further problem; after so many rounds the file needs a person


@dataclass(frozen=True, slots=True)
class Prepared:
    """What an import would do. `edition` is there when all is well, `rest` when it is well without `left_out` rows."""

    sheets: tuple[str, ...]
    sheet: str
    columns: tuple[Column, ...]
    edition: Edition | None
    rest: Edition | None
    left_out: int
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]
    unknown_types: tuple[str, ...] = ()
    number_taken: int | None = None  # the number that it would get, when its set has an edition of that number


def prepare(run: ImportRun) -> Prepared:
    """Read the kept file again with what was decided so far. Nothing is written."""
    content, name = files.read(run.file), run.file.name
    title = run.summary.get("title", "")
    number = run.summary.get("number")
    if looks_like_yaml(name):
        found = edition_from_yaml(read_yaml(content, file=name), file=name)
        return _fitted(run, found, None, 0, ())
    reading = read_guarded(content, file=name)
    sheet = _sheet(reading, run.sheet, name)
    if sheet is None:
        choice = choose_sheets(reading, FIELDS, REQUIRED, file=name)
        return Prepared(_names(reading), "", (), None, None, 0, choice.problems, reading.notes)
    mapping = _mapping(run, sheet)
    columns = importing_choices.columns(sheet, mapping)
    chosen = importing_choices.as_mapped(reading, sheet, mapping) if mapping is not None else reading

    def read(source: Reading) -> Imported[Edition]:
        named = [sheet.name] if sheet.name else ()
        return edition_from_tables(source, file=name, named=named, given=mapping, title=title, number=number)

    found = read(chosen)
    head = importing_choices.header_row(sheet)
    rest, left = _rest(chosen, found, read, below=head.number if head else 0)
    return _fitted(run, found, rest, left, columns, reading=reading, sheet=sheet.name)


def known_headers(tenant_id: int) -> dict[str, str]:
    """The field that each header meant the last time, by the header as it is compared."""
    return dict(RememberedMapping.objects.filter(tenant_id=tenant_id, kind=KIND).values_list("header", "field"))


def _mapping(run: ImportRun, sheet: Sheet) -> Mapping[str, str] | None:
    """What the person chose; before that, what the network remembers, beside what the headers say themselves."""
    if run.mapping:
        return {str(field): str(header) for field, header in run.mapping.items()}
    known = importing_choices.remembered(sheet, known_headers(run.tenant_id))
    if not known:
        return None
    guessed = {column.field: column.header for column in importing_choices.columns(sheet, None) if column.field}
    taken = set(known.values())
    return {**{field: header for field, header in guessed.items() if header not in taken}, **known}


def _sheet(reading: Reading, wanted: str, name: str) -> Sheet | None:
    if wanted:
        return next((sheet for sheet in reading.sheets if sheet.name == wanted), None)
    choice = choose_sheets(reading, FIELDS, REQUIRED, file=name)
    if choice.found:
        return choice.found[0][0]
    shown = [sheet for sheet in reading.sheets if not sheet.hidden and sheet.rows]
    return max(shown, key=lambda sheet: len(sheet.rows), default=None)


def _names(reading: Reading) -> tuple[str, ...]:
    return tuple(sheet.name for sheet in reading.sheets if sheet.name)


def _rest(reading: Reading, found: Imported[Edition], read: _Read, *, below: int) -> tuple[Edition | None, int]:
    left: frozenset[tuple[str, int]] = frozenset()
    for _round in range(_ROUNDS):
        more = importing_choices.rows_to_leave(found.problems, below=below)
        if more is None:
            break
        left |= more
        found = read(importing_choices.without_rows(reading, left))
        if found.value is not None:
            return found.value, len(left)
    return None, 0


def _fitted(
    run: ImportRun,
    found: Imported[Edition],
    rest: Edition | None,
    left: int,
    columns: tuple[Column, ...],
    *,
    reading: Reading | None = None,
    sheet: str = "",
) -> Prepared:
    codes = codes_of_types(run.tenant.network)
    problems = list(found.problems)
    unknown: tuple[str, ...] = ()
    edition = found.value
    if edition is not None:
        edition, unknown = fitting.with_known_types(edition, codes)
        problems += [Problem(run.file.name, reason, value=text) for text, reason in fitting.too_long(edition)]
        edition = None if problems else edition
    if rest is not None:
        rest, unknown = fitting.with_known_types(rest, codes)
        rest = None if fitting.too_long(rest) else rest
    sheets = _names(reading) if reading else ()
    taken = _taken(run, edition or rest)
    return Prepared(sheets, sheet, columns, edition, rest, left, tuple(problems), found.notes, unknown, taken)


def _taken(run: ImportRun, edition: Edition | None) -> int | None:
    if edition is None:
        return None
    number = run.summary.get("number") or edition.number
    there = models.Edition.objects.filter(standard_set=int(run.target), number=number).exists()
    return int(number) if there else None
