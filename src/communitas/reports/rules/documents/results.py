"""What a local report says of each criterion and each section, and its summary for residents."""

from dataclasses import dataclass

from communitas.reports.rules.documents.parts import Band, Finding, PlannedAction, Share, Shown


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """One criterion with everything said about it, this cycle and last."""

    code: str
    statement: str
    plain_text: str
    level: int
    level_word: str
    self_mark: Shown
    agreed_mark: Shown
    self_comment: str = ""
    agreed_comment: str = ""
    reason: str = ""  # why the agreed mark differs from the community's own
    last_self: Shown | None = None
    last_agreed: Shown | None = None
    met_by: str = ""  # '71% of communities meet it'
    actions: tuple[PlannedAction, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionResult:
    """One section: counts of both sides, last cycle on comparable criteria, the peers, and its criteria."""

    title: str
    code: str
    self_share: Share
    agreed_share: Share
    last_share: Share | None  # last cycle, on the criteria that can be compared
    last_comparable: Share | None  # this cycle, on those same criteria
    peers: Band
    peers_sentence: str
    criteria: tuple[CriterionResult, ...]


@dataclass(frozen=True, slots=True)
class MarkCount:
    """How often one of the four marks was given, and what it means in easy words."""

    mark: Shown
    number: int
    meaning: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The page that a resident can read alone."""

    headline: str
    marks: tuple[MarkCount, ...]
    done_well: tuple[Finding, ...]
    work_on: tuple[Finding, ...]
    next_steps: tuple[str, ...]
    introduction: str = ""  # what the lead reviewer or the office wrote
