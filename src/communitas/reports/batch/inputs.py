"""Read everything that the reports are made of; every problem of every file is collected."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeVar

from communitas.benchmarking.rules.facts import Fact
from communitas.benchmarking.rules.score_import import ScoreImport
from communitas.kit.tabular import (
    TRUSTED,
    Imported,
    Note,
    Problem,
    Reading,
    looks_like_yaml,
    read,
    read_yaml,
)
from communitas.members.rules.community import Community
from communitas.members.rules.importing import communities_from_tables
from communitas.reports.batch.sources import Source, Sources
from communitas.standards.rules.edition import Edition
from communitas.standards.rules.importing import edition_from_tables
from communitas.standards.rules.importing_yaml import edition_from_yaml

Say = Callable[[str], None]
_MANY: Final = 100_000
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the reports are made of."""

    edition: Edition
    communities: tuple[Community, ...]
    facts: tuple[Fact, ...]


@dataclass(slots=True)
class InputReading:
    """The inputs, or the problems that stand in their way; and what was read with tolerance."""

    inputs: Inputs | None = None
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def read_inputs(sources: Sources, *, say: Say) -> InputReading:
    """Everything is read, also when the first file already has problems, so that all of them are told at once."""
    result = InputReading(problems=list(sources.problems))
    result.notes += [Note(name, "This is not a table and was left out.") for name in sources.skipped]
    edition = _take(_edition(sources.edition, say), result)
    communities = _take(_communities(sources.communities, say), result)
    scores = ScoreImport(edition, communities)
    for source in sources.scores:
        reading = _read(source, say)
        if reading:
            rows = scores.add(reading, file=source.name, named=source.sheets, given=source.headers)
            say(f"  {rows:,} rows")
            if rows >= _MANY:
                result.notes.append(Note(source.name, f"The file is long: {rows:,} rows were read."))
    facts = _take(scores.result(), result)
    if edition and communities and facts is not None and not result.problems:
        result.notes += _about_layers(edition, communities, sources)
        result.inputs = Inputs(edition, communities, facts)
    return result


def _edition(source: Source, say: Say) -> Imported[Edition]:
    if looks_like_yaml(source.name) and source.path.is_file():
        say(f"Reading {source.name}")
        return edition_from_yaml(read_yaml(source.path.read_bytes(), file=source.name), file=source.name)
    reading = _read(source, say)
    if reading is None:
        return Imported(None)
    return edition_from_tables(reading, file=source.name, named=source.sheets, given=source.headers)


def _communities(source: Source, say: Say) -> Imported[tuple[Community, ...]]:
    reading = _read(source, say)
    if reading is None:
        return Imported(None)
    return communities_from_tables(reading, file=source.name, named=source.sheets, given=source.headers)


def _read(source: Source, say: Say) -> Reading | None:
    """None when there is no such file, which is a problem already."""
    if not source.path.is_file():
        return None
    say(f"Reading {source.name}")
    return read(source.path.read_bytes(), file=source.name, limits=TRUSTED)


def _take(imported: Imported[T], result: InputReading) -> T | None:
    result.problems += imported.problems
    result.notes += imported.notes
    return imported.value if imported.value is not None else imported.draft


def _about_layers(edition: Edition, communities: tuple[Community, ...], sources: Sources) -> list[Note]:
    """Criteria that nobody scores are said, so that a type spelled in two ways does not go unnoticed."""
    reached = {criterion.code for community in communities for criterion in edition.applicable(community.service_type)}
    modules = {layer.code for layer in edition.layers if layer.kind == "module"}
    notes: list[Note] = []
    optional = [criterion for criterion in edition.criteria() if criterion.layer in modules]
    if optional:
        text = f"{len(optional)} criteria are in optional modules, which no file chooses; they are left out."
        notes.append(Note(sources.edition.name, text))
    unreached = [c.code for c in edition.criteria() if c.code not in reached and c.layer not in modules]
    if unreached:
        text = f"Some criteria apply to no community: {', '.join(unreached)}. Compare the names of the types."
        notes.append(Note(sources.edition.name, text))
    return notes
