"""The pieces from which local and national reports are made. Plain data; every text in it is already worded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from communitas.benchmarking.rules.counts import Counts
from communitas.benchmarking.rules.facts import Score

MarkKind = Literal["met", "partly", "unmet", "na", "none"]
State = Literal["draft", "final"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A score as it is shown: which of the four circles, and its word. 'none' is not scored: no circle."""

    kind: MarkKind
    word: str


@dataclass(frozen=True, slots=True)
class Share:
    """Counts with the only words that may be printed about them; `percent` is None when the group is too small."""

    counts: Counts
    words: str  # '41 of 48 that applied, 85%, likely range 73 to 92'
    short: str  # '85%', '3 of 4' or 'none applied'
    percent: int | None = None
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """The middle half and the median of a peer group in per cent, protected; `reason` says why it is missing."""

    communities: int | None = None
    median: float | None = None
    lower: float | None = None
    upper: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Peers:
    """What a community may see of its peers: bands by section title, and by criterion code how many meet it."""

    group: str  # 'adult communities'
    overall: Band = Band()
    sections: Mapping[str, Band] = field(default_factory=dict)
    criteria: Mapping[str, str] = field(default_factory=dict)  # code -> '71% of communities meet it'
    percent_met: Mapping[str, float] = field(default_factory=dict)  # code -> protected figure, for ordering


@dataclass(frozen=True, slots=True)
class LastCycle:
    """Marks of the cycle before by today's criterion code, only where lineage lets them be compared."""

    name: str
    self_scores: Mapping[str, Score] = field(default_factory=dict)
    agreed_scores: Mapping[str, Score] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """An achievement or an area for improvement, tied to criteria by their codes."""

    text: str
    criteria: tuple[str, ...] = ()
    shared: bool = False  # offered to the network's library of good practice


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """One line of the action plan: an owner and a date, or no action with the reason for that."""

    text: str
    owner: str = ""
    due_on: date | None = None
    criteria: tuple[str, ...] = ()
    no_action_reason: str = ""
    progress: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A point that the community raised on the draft, and what was decided."""

    point: str
    decision: str  # 'accepted', 'accepted in part', 'not accepted'
    answer: str = ""
    criterion: str = ""


@dataclass(frozen=True, slots=True)
class TeamMember:
    """A member of the review team. Of a client member only the display name and the role are ever printed."""

    display_name: str
    role: str = ""
    community: str = ""
    client_member: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, in which role, on which day."""

    name: str
    role: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph of method or of context, with its heading."""

    heading: str
    text: str


def shown(score: Score, words: Mapping[int, str], top: int) -> Shown:
    """The circle and the word of a score, on any scale: the top is met, 0 is not met, anything between is partly."""
    if score is None:
        return Shown("none", "not scored")
    if score == "NA":
        return Shown("na", "not applicable")
    kind: MarkKind = "met" if score == top else "unmet" if score == 0 else "partly"
    return Shown(kind, words.get(score, str(score)))
