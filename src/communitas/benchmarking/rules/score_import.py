"""Scores from tables as they really are: one table for all, or one file or sheet for each community."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Final

from communitas.benchmarking.rules.facts import NOT_APPLICABLE, Fact, Score, ScoreKind
from communitas.kit.tabular import (
    Header,
    Imported,
    Note,
    Problem,
    Reading,
    Record,
    Sheet,
    choose_sheets,
    match_key,
    records,
    shown,
)
from communitas.kit.tabular.cells import Broken, Cell
from communitas.members.rules.community import Community
from communitas.standards.rules.edition import THREE_MARKS, Edition, Scale
from communitas.standards.rules.importing_values import code_key

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "community": ("community code", "service", "service code", "community id", "tc"),
    "criterion": (
        *("criterion code", "criterion no", "criterion number", "criterion ref", "criterion id"),
        *("standard code", "standard no", "standard number", "standard ref", "code", "no", "ref", "number", "id"),
        *("ref no", "standard"),
    ),
    "self": ("self score", "self review", "self review score", "self assessment", "own score"),
    "agreed": ("agreed score", "peer review", "peer review score", "peer", "peer score", "final score"),
    "self_comment": ("self comments", "self review comment", "self review comments", "self score comment"),
    "agreed_comment": (
        *("agreed comments", "peer review comment", "peer review comments", "peer comment", "peer comments"),
        "agreed score comment",
    ),
}
REQUIRED: Final = ("criterion", "self", "agreed")
_NOT_APPLICABLE: Final = {"n/a", "na", "not applicable"}
_WHOLE = re.compile(r"(0|[1-9]\d?)(?:[.,]0+)?")
UNKNOWN_COMMUNITY: Final = "There is no community with this code."
_KINDS: Final[tuple[ScoreKind, ...]] = ("self", "agreed")


class OffScale(ValueError):
    """The text is no mark of the scale."""


def read_score(cell: Cell, scale: Scale) -> Score:
    """A score is a number or a word of the scale, or N/A, NA or not applicable, in any case; empty is not scored.

    OffScale when it is anything else.
    """
    if cell is None:
        return None
    text = match_key(shown(cell))
    if isinstance(cell, bool | Broken):
        raise OffScale(text)
    if text in _NOT_APPLICABLE:
        return NOT_APPLICABLE
    for mark in scale.marks:
        if match_key(mark.word) == text:
            return mark.value
    number = _WHOLE.fullmatch(text)
    if number and scale.holds(int(number.group(1))):
        return int(number.group(1))
    raise OffScale(text)


@dataclass(slots=True)
class ScoreImport:
    """Gathers the scores of any number of files, then gives all facts or all problems.

    `modules` names the optional modules each community chose, by its code. Without an edition or communities (their
    own files being unreadable) only what can be judged without them is judged, and the facts are of no use.
    """

    edition: Edition | None
    communities: Collection[Community] | None
    modules: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _facts: list[Fact] = field(default_factory=list, init=False)
    _problems: list[Problem] = field(default_factory=list, init=False)
    _notes: list[Note] = field(default_factory=list, init=False)
    _seen: dict[tuple[str, str], str] = field(default_factory=dict, init=False)
    _spared: dict[tuple[str, str], list[int]] = field(default_factory=dict, init=False)
    _ground: "_Ground" = field(init=False)

    def __post_init__(self) -> None:
        self._ground = _Ground.of(self.edition, self.communities, self.modules)

    def add(
        self, reading: Reading, *, file: str, named: Collection[str] = (), given: Mapping[str, str] | None = None
    ) -> int:
        """Take one file: its first sheet with a community in each row, or each sheet named by a community's code.

        `named` and `given` are the sheets and the headers to use instead of guessing. Gives the number of rows read.
        """
        self._notes += reading.notes
        choice = choose_sheets(reading, FIELDS, REQUIRED, file=file, named=named, given=given)
        if choice.problems:
            self._problems += choice.problems
            return 0
        tables = choice.found
        if not named and "community" in tables[0][1].columns:
            tables = tables[:1]
        elif not named:
            tables = tuple(table for table in tables if "community" not in table[1].columns)
        rows = 0
        for sheet, header, owner in self._owners(tables, file):
            self._notes += [Note(file, text, sheet.name) for text in sheet.notes]
            for record in records(sheet, header):
                if any(record.cell(name) is not None for name in header.columns):
                    rows += 1
                    self._row(record, owner)
        return rows

    def result(self) -> Imported[tuple[Fact, ...]]:
        """All facts if nothing was wrong anywhere, in the order of the rows."""
        notes = [*self._notes]
        for (file, sheet), rows in self._spared.items():
            what = "1 blank or N/A stands" if len(rows) == 1 else f"{len(rows):,} blanks or N/A stand"
            text = f"{what} on criteria that do not apply to the community and count nowhere (first in row {rows[0]})."
            notes.append(Note(file, text, sheet))
        problems = tuple(self._problems)
        return Imported(None if problems else tuple(self._facts), problems, tuple(notes))

    def _owners(
        self, tables: Sequence[tuple[Sheet, Header]], file: str
    ) -> Iterator[tuple[Sheet, Header, Community | None]]:
        """Each table with its community, or with None where every row names one."""
        nameless = [table for table in tables if "community" not in table[1].columns]
        yield from ((sheet, header, None) for sheet, header in tables if "community" in header.columns)
        by_sheet = [(sheet, header, self._ground.community(sheet.name)) for sheet, header in nameless]
        if any(owner for _, _, owner in by_sheet):
            for sheet, header, owner in by_sheet:
                if owner:
                    yield sheet, header, owner
                else:
                    reason = f"{UNKNOWN_COMMUNITY} Sheets without a column 'community' are named by one."
                    self._problems.append(Problem(file, reason, sheet.name, value=sheet.name))
            return
        of_file = self._ground.community(PurePath(file).stem)
        if of_file and nameless:
            yield (*nameless[0], of_file)
            return
        for sheet, header in nameless:
            reason = (
                "The column 'community' is missing, and neither the sheet nor the file is named by the code of one."
            )
            self._problems.append(Problem(file, reason, sheet.name, header.row, "community", PurePath(file).stem))

    def _row(self, record: Record, owner: Community | None) -> None:
        heading = record.alone()
        if heading is not None and match_key(heading) in self._ground.headings:
            return
        broken = [problem for name in record.header.columns if (problem := record.broken(name))]
        if broken:
            self._problems += broken
            return
        community = owner or self._community(record)
        criterion = self._criterion(record)
        scores = {kind: self._score(record, kind) for kind in _KINDS}
        if isinstance(community, Community) and isinstance(criterion, str):
            self._place(record, community, criterion, scores)
        self._problems += [found for found in (community, criterion) if isinstance(found, Problem)]
        self._problems += [found for found in scores.values() if isinstance(found, Problem)]

    def _community(self, record: Record) -> Community | Problem:
        code = record.text("community")
        if not code:
            return record.problem("community", "The community is empty.")
        return self._ground.community(code) or record.problem("community", UNKNOWN_COMMUNITY)

    def _criterion(self, record: Record) -> str | Problem:
        cell, text = record.cell("criterion"), record.text("criterion")
        if not text:
            return record.problem("criterion", "The criterion is empty.")
        known = self._ground.criterion(text)
        if known:
            return known
        if isinstance(cell, int | float):
            # A spreadsheet keeps 3.10 as the number 3.1; only where no other code could be meant is it read so.
            alike = [code for code in self._ground.codes if _same_number(code, cell)]
            if len(alike) == 1:
                text = f"The number {text} was taken for the criterion {alike[0]}."
                self._notes.append(Note(record.sheet.file, text, record.sheet.name, record.row.number))
                return alike[0]
        return record.problem("criterion", "There is no criterion with this code in the edition.")

    def _score(self, record: Record, kind: ScoreKind) -> Score | Problem:
        try:
            return read_score(record.cell(kind), self._ground.scale)
        except OffScale:
            return record.problem(kind, f"A score is {scale_in_words(self._ground.scale)}.")

    def _place(
        self, record: Record, community: Community, criterion: str, scores: Mapping[ScoreKind, Score | Problem]
    ) -> None:
        first = self._seen.get((community.code, criterion))
        if first:
            reason = f"{community.code} has scores on this criterion in {first} too. Keep one of the two rows."
            self._problems.append(record.problem("criterion", reason))
        else:
            sheet = f"sheet {record.sheet.name} of " if record.sheet.name else ""
            self._seen[community.code, criterion] = f"row {record.row.number} of {sheet}{record.sheet.file}"
        if not self._ground.applies(community, criterion):
            for kind, score in scores.items():
                if isinstance(score, int):
                    reason = (
                        f"This criterion does not apply to {community.code}, a community of type "
                        f"'{community.service_type}'. Leave the score empty."
                    )
                    self._problems.append(record.problem(kind, reason))
            if not any(isinstance(score, int | Problem) for score in scores.values()):
                self._spared.setdefault((record.sheet.file, record.sheet.name), []).append(record.row.number)
            return
        for kind, score in scores.items():
            comment = record.text(f"{kind}_comment")
            if not isinstance(score, Problem) and (score is not None or comment):
                self._facts.append(Fact(community.code, criterion, kind, score, comment))


@dataclass(frozen=True, slots=True)
class _Ground:
    """What scores may speak of. None stands for what is not known, and is not judged."""

    communities: Mapping[str, Community] | None  # by the code in small letters
    criteria: Mapping[str, str] | None  # codes by their comparable form
    applicable: Mapping[str, frozenset[str]]
    headings: frozenset[str]
    scale: Scale

    @classmethod
    def of(
        cls,
        edition: Edition | None,
        communities: Collection[Community] | None,
        modules: Mapping[str, frozenset[str]],
    ) -> "_Ground":
        profiles = {c.code: (c.service_type, modules.get(c.code, frozenset())) for c in communities or ()}
        by_profile = {
            profile: frozenset(criterion.code for criterion in edition.applicable(*profile))
            for profile in set(profiles.values())
            if edition
        }
        return cls(
            None if communities is None else {community.code.casefold(): community for community in communities},
            None if edition is None else {code_key(criterion.code): criterion.code for criterion in edition.criteria()},
            {code: by_profile[profile] for code, profile in profiles.items() if edition and profile[0]},
            frozenset(match_key(section.title) for section in edition.sections) if edition else frozenset(),
            edition.scale if edition else THREE_MARKS,
        )

    @property
    def codes(self) -> Collection[str]:
        return self.criteria.values() if self.criteria else ()

    def community(self, code: str) -> Community | None:
        if self.communities is None:
            return Community(code, code, "") if code else None
        return self.communities.get(code.casefold())

    def criterion(self, code: str) -> str | None:
        return code if self.criteria is None else self.criteria.get(code_key(code))

    def applies(self, community: Community, criterion: str) -> bool:
        return criterion in self.applicable.get(community.code, (criterion,))


def scale_in_words(scale: Scale) -> str:
    """What may be written as a score, as a sentence says it."""
    marks = ", ".join(f"{mark.value} or '{mark.word}'" for mark in scale.marks)
    return f"{marks}, N/A, or empty"


def _same_number(code: str, number: float) -> bool:
    return bool(re.fullmatch(r"\d+(?:\.\d+)?", code)) and float(code) == number
