"""What happened to a community, told to the apps above."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class CommunityChanged:
    """A community was renamed, changed its type, closed, merged, withdrew or came back.

    `kind` is a value of rules.changing.Change; `before` and `after` are words for people.
    """

    community: int
    kind: str
    before: str
    after: str
    effective_on: date
    reason: str
    by: int
    at: datetime


@dataclass(frozen=True, slots=True)
class OrganisationChanged:
    """A community belongs to another organisation than before, or to none; a new one had none before."""

    community: int
    before: int | None
    after: int | None
    by: int | None
    at: datetime
