"""What a person decides about a file of scores before it is imported: which sheet, and what each column means."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from communitas.benchmarking.rules.facts import Fact
from communitas.benchmarking.rules.score_import import FIELDS, ScoreImport
from communitas.kit.tabular import Note, Problem, Reading, Sheet, find_header
from communitas.members.rules.community import Community
from communitas.standards.rules.edition import Edition

_LOOKED_AT: Final = 60
_LONGEST: Final = 120
FIELD_WORDS: Final[Mapping[str, str]] = {
    "community": "Community",
    "criterion": "Criterion",
    "self": "Self-review score",
    "agreed": "Agreed score",
    "self_comment": "Self-review comment",
    "agreed_comment": "Agreed comment",
}


@dataclass(frozen=True, slots=True)
class ScorePreview:
    """What an import would do. `facts` is empty while there is any problem; criteria stand by their codes."""

    sheets: tuple[str, ...]
    headers: tuple[str, ...]
    taken: Mapping[str, str]  # field -> header, as the file will be read
    facts: tuple[Fact, ...]
    rows: int
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]

    @property
    def communities(self) -> tuple[str, ...]:
        """The codes of the communities with scores, in alphabetical order."""
        return tuple(sorted({fact.community for fact in self.facts}))


def preview_scores(
    reading: Reading,
    *,
    file: str,
    edition: Edition,
    communities: Collection[Community],
    sheet: str = "",
    mapping: Mapping[str, str] | None = None,
) -> ScorePreview:
    """Read the scores as decided so far; without a sheet every sheet that fits is read."""
    named = [sheet] if sheet else []
    first = _first(reading, sheet)
    given = {field: header for field, header in (mapping or {}).items() if header}
    found = ScoreImport(edition, communities)
    rows = found.add(reading, file=file, named=named, given=given)
    result = found.result()
    search = find_header(first, FIELDS, (), given).header if first else None
    return ScorePreview(
        sheets=tuple(each.name for each in reading.sheets if each.name),
        headers=_headers(first) if first else (),
        taken=dict(search.names) if search else {},
        facts=result.value or (),
        rows=rows,
        problems=result.problems,
        notes=result.notes,
    )


def _first(reading: Reading, wanted: str) -> Sheet | None:
    shown = [each for each in reading.sheets if each.rows and not each.hidden]
    return next((each for each in reading.sheets if each.name == wanted), None) if wanted else next(iter(shown), None)


def _headers(sheet: Sheet) -> tuple[str, ...]:
    """The words of the row that is most like a header."""
    search = find_header(sheet, FIELDS, ("criterion",))
    rows = [row for row in sheet.rows[:_LOOKED_AT] if not search.header or row.number == search.header.row]
    words = [[cell for cell in row.cells if isinstance(cell, str) and len(cell) <= _LONGEST] for row in rows]
    return tuple(dict.fromkeys(" ".join(cell.split()) for cell in max(words, key=len, default=[])))
