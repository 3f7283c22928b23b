"""Paper on its way into a workbook: the page code, the states of a sheet, and two readings of one hand."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from communitas.kit import codes
from communitas.kit.moves import Move, Moves
from communitas.kit.rulebook import rule
from communitas.workbooks.rules.events import NOT_APPLICABLE, Score

TOKEN_SIGNS: Final = 6
CODE_GROUPS: Final = 3
MOST_SHEETS: Final = 999
LIMIT: Final = 20_000

# Whoever may answer; the office for reviewers' papers. Who exactly is said by the table of permissions.
_HANDS: Final = ("community_lead", "staff", "client_member", "reviewer", "lead_reviewer", "office")

SHEET: Final = Moves(
    "Sheet of paper",
    {
        "printed": "On paper",
        "begun": "Being keyed in",
        "keyed": "Keyed in, not yet checked",
        "differs": "Two readings differ",
        "checked": "Checked",
        "missing": "Missing",
    },
    (
        Move(
            "begin",
            "Key in this page",
            ("printed", "missing"),
            "begun",
            _HANDS,
            "whoever may answer; what is keyed in is kept as a draft",
            "This page is being keyed in already.",
        ),
        Move(
            "key_in",
            "Send to the workbook",
            "begun",
            "keyed",
            _HANDS,
            "the answers stand in the workbook from here on, marked 'not yet checked'",
            "This page has been keyed in already.",
        ),
        Move(
            "correct",
            "Correct what was keyed in",
            ("keyed", "differs", "checked"),
            "keyed",
            _HANDS,
            "only the person who keyed it in; it is checked anew",
            "Only a page that was keyed in can be corrected.",
        ),
        Move(
            "confirm",
            "Check",
            "keyed",
            "checked",
            _HANDS,
            "a second person keyed in the same marks from the same paper, without seeing the first",
            "Only a page that was keyed in and not yet checked can be checked.",
        ),
        Move(
            "differ",
            "Check",
            "keyed",
            "differs",
            _HANDS,
            "a second person read something else; both readings are kept and shown",
            "Only a page that was keyed in and not yet checked can be checked.",
        ),
        Move(
            "settle",
            "Settle",
            "differs",
            "checked",
            _HANDS,
            "somebody other than the first person says for each difference what the paper says",
            "There is nothing to settle on this page.",
        ),
        Move(
            "lose",
            "Say that it is missing",
            ("printed", "begun"),
            "missing",
            _HANDS,
            sentence="Only a page that was not keyed in yet can be missing.",
            needs_reason=True,
        ),
        Move(
            "find",
            "Say that it was found",
            "missing",
            "printed",
            _HANDS,
            sentence="This page is not missing.",
        ),
    ),
)
ON_PAPER: Final = frozenset({"printed", "begun"})  # nothing of it is in the workbook yet
UNCHECKED: Final = frozenset({"keyed", "differs"})  # it is in the workbook, and nobody else has confirmed it

Field = Literal["score", "reason", "comment"]
FIELDS: Final[tuple[Field, ...]] = ("score", "reason", "comment")


@dataclass(frozen=True, slots=True)
class Entry:
    """What one person read from the paper for one criterion. No score: no box is ticked."""

    score: Score = None
    reason: str = ""
    comment: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands on the paper."""
        return self.score is None and not self.reason.strip() and not self.comment.strip()

    def as_json(self) -> dict[str, Any]:
        """The entry as the database keeps it."""
        return {"score": self.score, "reason": self.reason, "comment": self.comment}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two people read differently."""

    key: str
    field: Field
    first: Score | str
    second: Score | str


Reading = Mapping[str, Entry]


def code_of(token: str, number: int) -> str:
    """The page code of a sheet: the print's own six signs and the sheet's number, each group with its check."""
    if not 1 <= number <= MOST_SHEETS:
        raise ValueError(f"A print has at most {MOST_SHEETS} sheets.")
    return codes.with_checks(f"{token}{number:03d}")


def read_code(typed: str) -> tuple[str, int]:
    """The print's six signs and the sheet's number; codes.Mistyped, whose sentence says where to look again."""
    signs = codes.read(typed, CODE_GROUPS)
    token, number = signs[:TOKEN_SIGNS], signs[TOKEN_SIGNS:]
    if not number.isdecimal() or not int(number):
        raise codes.Mistyped("The third group names no page. Please look at it again.", (3,))
    return token, int(number)


def entry_of(found: Any) -> Entry:
    """The entry that the database kept; an empty one for anything else."""
    if not isinstance(found, Mapping):
        return Entry()
    score = found.get("score")
    known = score == NOT_APPLICABLE or (isinstance(score, int) and not isinstance(score, bool))
    return Entry(score if known else None, str(found.get("reason", "")), str(found.get("comment", "")))


@rule
def readings_agree(differences: Collection[Difference]) -> bool:
    """A page is checked when a second person reads the same marks and words from the paper as the first."""
    return not differences


@rule
def may_check(*, first: int | None, second: int) -> bool:
    """A page is checked and settled by somebody other than the person who keyed it in."""
    return first is not None and first != second


def differences(first: Reading, second: Reading, keys: Iterable[str]) -> tuple[Difference, ...]:
    """What two people read differently, in the order of the page; spaces and line ends in words do not count."""
    found = []
    for key in keys:
        one, other = first.get(key, Entry()), second.get(key, Entry())
        for field in FIELDS:
            left, right = getattr(one, field), getattr(other, field)
            if field == "score":
                same = left == right
            else:
                same = " ".join(left.split()) == " ".join(right.split())
            if not same:
                found.append(Difference(key, field, left, right))
    return tuple(found)


def settled(first: Reading, second: Reading, chosen: Mapping[tuple[str, str], str]) -> dict[str, Entry]:
    """The first reading with the second's in each place that was decided for it: {(key, field): 'second'}."""
    made: dict[str, Entry] = {}
    for key in first.keys() | second.keys():
        both = {"first": first.get(key, Entry()), "second": second.get(key, Entry())}
        taken = {field: getattr(both[chosen.get((key, field), "first")], field) for field in FIELDS}
        made[key] = Entry(**taken)
    return made


def without_printed(read: Reading, printed: Mapping[str, Score]) -> dict[str, Entry]:
    """The reading without the marks that the page itself was printed with: nobody wrote those by hand."""
    return {
        key: Entry(None, entry.reason, entry.comment)
        if entry.score is not None and entry.score == printed.get(key) and not entry.reason.strip()
        else entry
        for key, entry in read.items()
    }
