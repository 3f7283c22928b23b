"""An import of communities before it is done: which columns mean what, what would change, what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass

from communitas.kit import files
from communitas.kit.models import ImportRun, RememberedMapping
from communitas.kit.tabular import Problem, Reading, Row, Sheet, choose_sheets, match_key, read_guarded, shown
from communitas.members.models import Community as Stored
from communitas.members.models import ServiceType
from communitas.members.rules import codes
from communitas.members.rules.community import Community
from communitas.members.rules.importing import FIELDS, REQUIRED, communities_from_tables

KIND = "communities"
LOOK_AT = 30  # rows in which a header may stand


@dataclass(frozen=True)
class Line:
    """One community of the file, and what the import would do with it."""

    community: Community
    what: str  # new, changed, same
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Preview:
    """What a file would do. `lines` is empty while something is wrong; then nothing can be imported."""

    sheets: tuple[str, ...]
    headers: tuple[str, ...]
    mapping: Mapping[str, str]
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    new_types: tuple[str, ...]

    @property
    def new(self) -> int:
        """How many communities are not there yet."""
        return sum(line.what == "new" for line in self.lines)

    @property
    def changed(self) -> int:
        """How many communities would get other values."""
        return sum(line.what == "changed" for line in self.lines)


def preview_of(run: ImportRun) -> Preview:
    """Read the file of an import as it is now mapped, and compare it with the communities of the network."""
    reading = read_guarded(files.read(run.file), file=run.file.name)
    named = (run.sheet,) if run.sheet else ()
    given = {**_remembered(run, reading), **{field: header for field, header in run.mapping.items() if header}}
    imported = communities_from_tables(reading, file=run.file.name, named=named, given=given)
    choice = choose_sheets(reading, FIELDS, REQUIRED, file=run.file.name, named=named, given=given)
    found = choice.found[0] if choice.found else None
    headers, mapping = _headers(reading, run.sheet), dict(given)
    if found:
        sheet, header = found
        headers = tuple(filter(None, (shown(cell).strip() for cell in _row(sheet, header.row).cells)))
        mapping = dict(header.names)
    too_long = tuple(
        Problem(run.file.name, f"The code {each.code} is longer than {codes.LONGEST} characters.")
        for each in imported.value or ()
        if len(each.code) > codes.LONGEST
    )
    network = run.tenant.network
    types = {match_key(word) for each in ServiceType.objects.filter(network=network) for word in (each.code, each.name)}
    new_types = sorted(
        {each.service_type for each in imported.value or () if match_key(each.service_type) not in types}
    )
    stored = {each.code.casefold(): each for each in network.communities.select_related("service_type", "organisation")}
    problems = (*imported.problems, *too_long)
    lines = () if problems else tuple(_line(each, stored.get(each.code.casefold())) for each in imported.value or ())
    notes = tuple(dict.fromkeys(str(note) for note in imported.notes))
    names = tuple(sheet.name for sheet in reading.sheets)
    return Preview(names, headers, mapping, lines, problems, notes, tuple(new_types))


def differences(community: Community, stored: Stored) -> dict[str, tuple[str, str]]:
    """What a row would change: field to value before and after. Empty cells of the file change nothing."""
    same_type = match_key(community.service_type) in {
        match_key(stored.service_type.code),
        match_key(stored.service_type.name),
    }
    pairs = {
        "name": (stored.name, community.name),
        "service_type": ("" if same_type else stored.service_type.name, "" if same_type else community.service_type),
        "organisation": (stored.organisation.name if stored.organisation else "", community.organisation),
        "region": (stored.region, community.region),
        "town": (stored.town, community.town),
        "country": (stored.country, community.country),
        "latitude": (_number(stored.latitude), _number(community.latitude)),
        "longitude": (_number(stored.longitude), _number(community.longitude)),
    }
    return {field: (before, after) for field, (before, after) in pairs.items() if after and before != after}


def _line(community: Community, stored: Stored | None) -> Line:
    if stored is None:
        return Line(community, "new")
    changes = tuple(
        f"{field.replace('_', ' ')}: {before or '–'} → {after}"
        for field, (before, after) in differences(community, stored).items()
    )
    return Line(community, "changed" if changes else "same", changes)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _remembered(run: ImportRun, reading: Reading) -> dict[str, str]:
    words = {match_key(shown(cell)) for sheet in reading.sheets for row in sheet.rows[:LOOK_AT] for cell in row.cells}
    remembered = RememberedMapping.objects.filter(tenant=run.tenant, kind=KIND)
    return {each.field: each.header for each in remembered if match_key(each.header) in words}


def _headers(reading: Reading, name: str) -> tuple[str, ...]:
    sheets = [sheet for sheet in reading.sheets if not name or sheet.name == name]
    rows = [row for sheet in sheets[:1] for row in sheet.rows[:LOOK_AT]]
    if not rows:
        return ()
    widest = max(rows, key=lambda row: sum(bool(shown(cell).strip()) for cell in row.cells))
    return tuple(filter(None, (shown(cell).strip() for cell in widest.cells)))


def _row(sheet: Sheet, number: int) -> Row:
    return next(row for row in sheet.rows if row.number == number)
