"""What happens to reviews, as typed facts. Higher apps subscribe in their `apps.py`; facts carry ids, never rows."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SelfReviewSent:
    """The community lead sent the self-review; the visit team may read it from here on."""

    enrolment_id: int
    by_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class PeerReviewClosed:
    """The agreed scores are complete. Published once for each closing, so again after a reopening."""

    enrolment_id: int
    by_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class PeerReviewReopened:
    """Two people of the office opened a closed peer-review again; `by_id` is the second."""

    enrolment_id: int
    by_id: int
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class AgreedScoreCorrected:
    """An accepted factual-accuracy point wrote a new agreed score; nothing was reopened."""

    enrolment_id: int
    criterion_key: str
    by_id: int
    at: datetime
