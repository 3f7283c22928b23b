"""What apps may hear of a restore."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup has just been loaded; the rows are those of `made_at`. It is told before anybody can use them.

    Whoever hands out something that must not come back with an older copy, such as an epoch or a session, renews it.
    """

    made_at: datetime
    at: datetime
