"""A self-review as a spreadsheet: what stands in it, what it says that is new, and what cannot be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from communitas.kit.rulebook import rule
from communitas.kit.tabular import (
    Broken,
    Problem,
    Reading,
    Record,
    choose_sheets,
    match_key,
    records,
    shown,
    tidy,
)
from communitas.kit.tabular.sheets import Sheet
from communitas.standards.rules.edition import Edition
from communitas.standards.rules.identity import key_of
from communitas.workbooks.rules.events import NOT_APPLICABLE, TEXT_LIMIT, Score

HIDDEN_SHEET: Final = "Communitas"  # what the server wrote, for its own reading
CELL_LIMIT: Final = 32_000  # characters; a cell of a spreadsheet holds little more
TOO_LONG_FOR_A_CELL: Final = "(This text is too long for a cell. Read and change it in the browser.)"
HEADERS: Final[Mapping[str, tuple[str, ...]]] = {
    "code": ("code", "criterion", "ref", "no", "number"),
    "statement": ("statement", "what the standard says"),
    "score": ("our score", "score", "self score", "mark", "rating"),
    "reason": ("reason", "why not applicable", "why it does not apply"),
    "comment": ("comment", "comments", "our comment", "what shows this"),
}
REQUIRED: Final = ("code", "score")
_NOT_APPLICABLE_WORDS: Final = frozenset({"not applicable", "n/a", "na", "n.a.", "does not apply", "–", "-"})
_MARKS: Final = {"●": "top", "◐": "1", "○": "0"}

Kind = Literal["new", "replace", "meanwhile"]


@dataclass(frozen=True, slots=True)
class Identity:
    """From which review a spreadsheet comes, as its hidden sheet or its line of reference says."""

    network: str = ""
    workbook: str = ""
    edition_hash: str = ""
    community: str = ""
    exported_at: str = ""
    epoch: str = ""
    last_seq: int = 0

    @property
    def is_known(self) -> bool:
        """Whether the file says where it comes from."""
        return bool(self.workbook)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one criterion stood or stands: the answer, its reason, the comments, and the events that say so.

    `is_answered` holds also where two answers differ, which have no one score.
    """

    score: Score = None
    reason: str = ""
    comment: str = ""
    is_answered: bool = False
    scores: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One row as somebody filled it in. None where the cell was empty or could not be read."""

    key: str
    code: str
    row: int
    score: Score = None
    reason: str = ""
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a spreadsheet would change. `seen` are the events that it showed and may replace.

    new: nothing stands there; replace: what stands there is what the spreadsheet showed; meanwhile: somebody has
    answered since, so that both answers will stand side by side.
    """

    key: str
    what: Literal["score", "comment"]
    kind: Kind
    score: Score = None
    reason: str = ""
    text: str = ""
    seen: tuple[str, ...] = ()
    stands: tuple[str, ...] = ()  # the events that stand there now
    row: int = 0


@dataclass(frozen=True, slots=True)
class Filled:
    """A spreadsheet as it was read: where it comes from, its rows, the answers it showed, what cannot be read."""

    identity: Identity = field(default_factory=Identity)
    lines: tuple[Line, ...] = ()
    seen: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@rule
def comes_from_this_review(found: Identity, here: Identity) -> bool:
    """A spreadsheet is taken back only by the review from which it was downloaded."""
    return not found.is_known or (found.network, found.workbook) == (here.network, here.workbook)


@rule
def is_of_this_edition(found: Identity, here: Identity) -> bool:
    """A spreadsheet answers the edition of the standards for which it was made."""
    return not found.edition_hash or found.edition_hash == here.edition_hash


def refusal(filled: Filled, here: Identity) -> str:
    """Why the whole spreadsheet is not taken, or ''."""
    found = filled.identity
    if not comes_from_this_review(found, here):
        whose = f"the self-review of {found.community}" if found.community else "another review"
        if found.community == here.community:
            whose = f"another self-review of {found.community}, of an earlier or later cycle"
        return f"This spreadsheet belongs to {whose}. Open that review and upload it there. Nothing was changed here."
    if not is_of_this_edition(found, here):
        return (
            "This spreadsheet was made for another edition of the standards. Download it anew and copy your answers "
            "over. Nothing was changed here."
        )
    if not filled.lines:
        return "No row of this file holds a code of these standards. Download one here and fill that one in."
    return ""


def read_score(text: str, edition: Edition) -> Score:
    """The mark that a cell names, in any case; None for an empty cell; ValueError for anything else."""
    key = match_key(text)
    if not key:
        return None
    if key in _NOT_APPLICABLE_WORDS or key == "not applicable":
        return NOT_APPLICABLE
    words = {match_key(mark.word): mark.value for mark in edition.scale.marks}
    words |= {str(mark.value): mark.value for mark in edition.scale.marks}
    words |= {mark: edition.scale.top if value == "top" else int(value) for mark, value in _MARKS.items()}
    bare = key.strip("●◐○ ") or key
    if bare in words:
        return words[bare]
    raise ValueError(text)


def in_cell(text: str) -> str:
    """A text as the spreadsheet shows it."""
    cleaned = tidy(text)
    return cleaned if len(cleaned) <= CELL_LIMIT else TOO_LONG_FOR_A_CELL


def read_filled(reading: Reading, edition: Edition, applicable: Sequence[str], *, file: str) -> Filled:
    """The rows of a spreadsheet by the codes of the edition, in any order, beside whatever else people added."""
    identity, seen = _hidden(reading)
    choice = choose_sheets(reading, HEADERS, REQUIRED, file=file)
    if choice.problems:
        return Filled(identity, problems=choice.problems)
    keys = {match_key(one.code): key_of(one) for one in edition.criteria() if key_of(one) in set(applicable)}
    known = {match_key(one.code) for one in edition.criteria()}
    by_words = {match_key(one.statement): match_key(one.code) for one in edition.criteria()}
    lines: dict[str, Line] = {}
    problems: list[Problem] = []
    for sheet, header in choice.found:
        for record in records(sheet, header):
            code = _code(record, by_words)
            if code in keys:
                line, found = _line(record, keys[code], edition)
                if keys[code] in lines:
                    found = [record.problem("code", f"This criterion stands in row {lines[keys[code]].row} already.")]
                else:
                    lines[keys[code]] = line
                problems += found
            elif any(record.text(name) for name in ("score", "comment", "reason")):
                problems.append(_stray(record, known=code in known))
    return Filled(identity if identity.is_known else _reference(reading), tuple(lines.values()), seen, tuple(problems))


def differences(
    lines: Sequence[Line], seen: Mapping[str, Standing], now: Mapping[str, Standing]
) -> tuple[Difference, ...]:
    """What the rows say that neither stood there when they were downloaded nor stands there now.

    An empty cell leaves everything as it is.
    """
    found: list[Difference] = []
    for line in lines:
        before, stands = seen.get(line.key, Standing()), now.get(line.key, Standing())
        if line.score is not None:
            reason = line.reason or (in_cell(before.reason) if line.score == before.score else "")
            if (line.score, reason) not in {_said(before), _said(stands)}:
                found.append(_scored(line, reason, before, stands))
        if line.comment:
            shown_before, shown_now = in_cell(before.comment), in_cell(stands.comment)
            if line.comment not in {shown_before, shown_now, TOO_LONG_FOR_A_CELL}:
                found.append(_commented(line, before, stands))
    return tuple(found)


def _said(standing: Standing) -> tuple[Score, str]:
    return (standing.score, in_cell(standing.reason))


def _scored(line: Line, reason: str, before: Standing, stands: Standing) -> Difference:
    kind = _kind(stands.is_answered, before.scores, stands.scores)
    seen = tuple(sorted({*before.scores, *(stands.scores if kind == "new" else ())}))
    return Difference(line.key, "score", kind, line.score, reason, "", seen, stands.scores, line.row)


def _commented(line: Line, before: Standing, stands: Standing) -> Difference:
    kind = _kind(bool(stands.comment), before.comments, stands.comments)
    return Difference(
        line.key, "comment", kind, None, "", line.comment or "", before.comments, stands.comments, line.row
    )


def _kind(stands: bool, before: Sequence[str], now: Sequence[str]) -> Kind:
    if not stands:
        return "new"
    return "replace" if set(now) <= set(before) else "meanwhile"


def _line(record: Record, key: str, edition: Edition) -> tuple[Line, list[Problem]]:
    problems: list[Problem] = []
    texts: dict[str, str] = {}
    for name in ("score", "reason", "comment"):
        broken = record.broken(name)
        if broken:
            problems.append(broken)
        texts[name] = "" if broken else tidy(record.text(name))
        if len(texts[name]) > TEXT_LIMIT:
            problems.append(record.problem(name, f"A text has at most {TEXT_LIMIT:,} characters."))
            texts[name] = ""
    score: Score = None
    try:
        score = read_score(texts["score"], edition)
    except ValueError:
        words = ", ".join([*(mark.word for mark in edition.scale.marks), "not applicable"])
        problems.append(record.problem("score", f"This is none of the marks. Choose one of: {words}."))
    if score == NOT_APPLICABLE and not texts["reason"]:
        problems.append(record.problem("reason", "'Not applicable' needs a reason. Write it in this row."))
        score = None
    return Line(key, record.text("code"), record.row.number, score, texts["reason"], texts["comment"] or None), problems


def _code(record: Record, by_words: Mapping[str, str]) -> str:
    """The code as it is compared. Where a program took 1.10 for a number, the statement says which one it was."""
    cell = record.cell("code")
    if isinstance(cell, int | float):
        return by_words.get(match_key(record.text("statement")), match_key(shown(cell)))
    return "" if isinstance(cell, Broken) else match_key(shown(cell))


def _stray(record: Record, *, known: bool) -> Problem:
    if known:
        return record.problem("code", "This criterion does not apply to your community.")
    return record.problem("code", "These standards have no criterion with this code.")


def _hidden(reading: Reading) -> tuple[Identity, dict[str, tuple[tuple[str, ...], tuple[str, ...]]]]:
    """What the hidden sheet says, if it is still there."""
    sheet = next((one for one in reading.sheets if match_key(one.name) == match_key(HIDDEN_SHEET)), None)
    if sheet is None:
        return Identity(), {}
    about: dict[str, str] = {}
    seen: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for row in sheet.rows:
        name, *values = [shown(cell) for cell in row.cells]
        values += [""] * (3 - len(values))
        if name == "seen":
            seen[values[0]] = (_ids(values[1]), _ids(values[2]))
        else:
            about[name] = values[0]
    return _identity(about), seen


def _reference(reading: Reading) -> Identity:
    """The line of reference that stands above the table, for files whose hidden sheet was lost."""
    for sheet in reading.sheets:
        for text in _top(sheet):
            if text.startswith(REFERENCE):
                parts = text.removeprefix(REFERENCE).strip().split(" ")
                if len(parts) == 5:
                    network, workbook, edition, epoch, last = parts
                    number = int(last) if last.isdecimal() and len(last) < 18 else 0
                    return Identity(network, workbook, edition, epoch=epoch, last_seq=number)
    return Identity()


REFERENCE: Final = "Reference:"


def reference(identity: Identity) -> str:
    """The line of reference of a review at a moment."""
    parts = (identity.network, identity.workbook, identity.edition_hash, identity.epoch or "-", str(identity.last_seq))
    return f"{REFERENCE} {' '.join(parts)}"


def _top(sheet: Sheet) -> list[str]:
    return [cell for row in sheet.rows[:12] for cell in row.cells if isinstance(cell, str)]


def _identity(about: Mapping[str, str]) -> Identity:
    last = about.get("last_seq", "")
    return Identity(
        about.get("network", ""),
        about.get("workbook", ""),
        about.get("edition", ""),
        about.get("community", ""),
        about.get("exported_at", ""),
        about.get("epoch", ""),
        int(last) if last.isdecimal() and len(last) < 18 else 0,
    )


def _ids(text: str) -> tuple[str, ...]:
    return tuple(sorted(one for one in text.split(",") if one))
