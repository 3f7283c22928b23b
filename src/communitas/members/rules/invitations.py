"""Invitations by e-mail: a link with a secret, of which only the hash is kept."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import rule, sentence

VALID_FOR: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Invitation:
    """What decides whether an invitation can be accepted."""

    expires_at: datetime
    accepted: bool = False
    withdrawn: bool = False
    waiting: bool = False  # for the second person


def hashed(secret: str) -> str:
    """What is kept of the secret of a link."""
    return hashlib.sha256(secret.encode()).hexdigest()


@rule
def refuse_acceptance(invitation: Invitation, *, at: datetime) -> None:
    """An invitation can be accepted once, for 14 days, unless it was withdrawn."""
    if invitation.accepted or invitation.withdrawn or invitation.waiting or at >= invitation.expires_at:
        raise NotAllowed(f"{sentence(refuse_acceptance)} Please ask whoever invited you for a new one.")


@rule
def refuse_change(invitation: Invitation) -> None:
    """An invitation can be withdrawn or sent again until it is accepted."""
    if invitation.accepted or invitation.withdrawn:
        raise NotAllowed(sentence(refuse_change))
