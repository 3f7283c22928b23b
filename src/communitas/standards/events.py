"""What happened to standards, for the apps above."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class EditionPublished:
    """An edition was published and never changes again."""

    edition: int
    at: datetime
