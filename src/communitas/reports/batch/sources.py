"""The files that the command names, and what it was told about each: which sheet, which headers."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Final

from communitas.kit.tabular import Problem
from communitas.kit.tabular.reading import TABLES

ROLES: Final = ("edition", "communities", "scores")


@dataclass(slots=True)
class Source:
    """One file: the name that problems mention, where it lies, what it is for."""

    name: str
    path: Path
    role: str
    sheets: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)

    def is_called(self, word: str) -> bool:
        """Whether the word names this file: by its path as given, its name with or without ending, or its role."""
        pure = PurePath(self.name)
        return word in {self.role, self.name, str(self.path), pure.name, pure.stem}


@dataclass(frozen=True, slots=True)
class Sources:
    """Every file to read. `skipped` are files in a folder of scores that are no tables."""

    edition: Source
    communities: Source
    scores: tuple[Source, ...]
    skipped: tuple[str, ...]
    problems: tuple[Problem, ...]


def find_sources(
    edition: str, communities: str, scores: Sequence[str], *, headers: Sequence[str], sheets: Sequence[str]
) -> Sources:
    """The files, with the instructions of `--map` and `--sheet`; what cannot be found is a problem."""
    problems: list[Problem] = []
    skipped: list[str] = []
    of_edition = Source(edition, Path(edition), "edition")
    of_communities = Source(communities, Path(communities), "communities")
    of_scores: dict[Path, Source] = {}
    for given in scores:
        if not Path(given).is_dir():
            of_scores.setdefault(Path(given).resolve(), Source(given, Path(given), "scores"))
            continue
        found = list(_tables(Path(given), skipped))
        if not found:
            problems.append(Problem(given, "There is no table in this folder."))
        for path in found:
            of_scores.setdefault(path.resolve(), Source(str(path), path, "scores"))
    sources = [of_edition, of_communities, *of_scores.values()]
    problems += [
        Problem(source.name, "There is no such file." if not source.path.exists() else "This is not a file.")
        for source in sources
        if not source.path.is_file()
    ]
    problems += _headers(headers, sources)
    problems += _sheets(sheets, sources)
    return Sources(of_edition, of_communities, tuple(of_scores.values()), tuple(skipped), tuple(problems))


def fields_of(role: str) -> Collection[str]:
    """The names that `--map` may use for a file of this role."""
    from communitas.benchmarking.rules import score_import
    from communitas.members.rules import importing
    from communitas.standards.rules import importing_rows

    return {
        "edition": importing_rows.FIELDS,
        "communities": importing.FIELDS,
        "scores": score_import.FIELDS,
    }[role]


def _tables(folder: Path, skipped: list[str]) -> Iterator[Path]:
    """The tables in a folder by name; hidden files and the lock files of spreadsheet programs are no tables."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "~$", ".~")) or not path.is_file():
            continue
        if path.name.lower().endswith(TABLES):
            yield path
        else:
            skipped.append(str(path))


def _headers(instructions: Sequence[str], sources: Sequence[Source]) -> Iterator[Problem]:
    """FILE.field=header. File names hold full stops, and headers may hold anything."""
    for instruction in instructions:
        match = re.fullmatch(r"(?P<file>.+?)\.(?P<field>\w+)=(?P<header>.+)", instruction, re.DOTALL)
        if match is None:
            yield Problem("--map", "Write FILE.field=header, such as edition.code=Ref.", value=instruction)
            continue
        called = [source for source in sources if source.is_called(match["file"])]
        if not called:
            yield Problem("--map", f"No file that is to be read is called '{match['file']}'.", value=instruction)
        elif match["field"] not in fields_of(called[0].role):
            known = ", ".join(fields_of(called[0].role))
            yield Problem("--map", f"There is no field '{match['field']}'. The fields are: {known}.", value=instruction)
        for source in called:
            source.headers[match["field"]] = match["header"]


def _sheets(instructions: Sequence[str], sources: Sequence[Source]) -> Iterator[Problem]:
    """FILE=name. A file may be named more than once to read several of its sheets."""
    for instruction in instructions:
        file, equals, name = instruction.partition("=")
        called = [source for source in sources if source.is_called(file)]
        if not equals or not name:
            yield Problem("--sheet", "Write FILE=name, such as scores.xlsx=Results.", value=instruction)
        elif not called:
            yield Problem("--sheet", f"No file that is to be read is called '{file}'.", value=instruction)
        for source in called:
            source.sheets.append(name)
