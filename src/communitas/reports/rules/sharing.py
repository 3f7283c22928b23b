"""A private link to a final local report, for a commissioner: it names who gets it, and it ends."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import rule, sentence
from communitas.reports.rules.report import FINAL

FEWEST_DAYS: Final = 1
MOST_DAYS: Final = 90


@dataclass(frozen=True, slots=True)
class Link:
    """What decides whether a link opens the report."""

    ends_at: datetime
    ended: bool = False
    superseded: bool = False


def hashed(secret: str) -> str:
    """What is kept of the secret in a link."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_open(link: Link, *, at: datetime) -> bool:
    """Whether the link opens the report at this moment."""
    return not link.ended and not link.superseded and at < link.ends_at


@rule
def refuse_link(state: str, *, recipient: str, reason: str) -> None:
    """A private link is made for a final report, and says who gets it and why."""
    if state != FINAL or not recipient.strip() or not reason.strip():
        raise NotAllowed(sentence(refuse_link))


@rule
def refuse_link_days(days: int) -> None:
    """A private link works for 1 to 90 days."""
    if not FEWEST_DAYS <= days <= MOST_DAYS:
        raise NotAllowed(sentence(refuse_link_days))


@rule
def refuse_ending(link: Link, *, at: datetime) -> None:
    """A private link is ended while it works."""
    if not is_open(link, at=at):
        raise NotAllowed(sentence(refuse_ending))
