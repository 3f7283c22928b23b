"""What happens when a person sets up a second step: it counts for the session in which it was set up."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.http import HttpRequest

COUNTS = {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}


def count_now(*, request: HttpRequest, user: Any, authenticator: Authenticator, **_: Any) -> None:
    """The person has just shown the new factor, so roles that need it are given at once, under a new session key."""
    if authenticator.type in COUNTS:
        record_authentication(request, user, method="mfa", type=authenticator.type)
        request.session.cycle_key()


def listen() -> None:
    """Ask allauth to tell; called when Django starts."""
    authenticator_added.connect(count_now, dispatch_uid="communitas.people.second_step")
