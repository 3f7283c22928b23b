"""What every page is told: the network, the navigation, and as what the person is signed in."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from communitas.kit.modules import offered
from communitas.kit.navigation import main_navigation
from communitas.people.models import Account
from communitas.people.queries import page_for_second_step
from communitas.web.standing import standing_line


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """The context of base.html. Error pages render without it.

    What takes time is made when a template first shows it: an answer to htmx shows neither.
    """
    known = hasattr(request, "actor")  # not yet, when an early middleware refused the request
    network = getattr(request, "network", None) if known else None
    user = getattr(request, "user", None)
    account = user if isinstance(user, Account) else None
    context: dict[str, Any] = {
        "network": network,
        "account": account,
        "home_url": reverse("web:home") if network else "/",
        "nav": SimpleLazyObject(lambda: main_navigation(request)) if network else [],
        "sign_in_url": reverse("account_login"),
        "help_url": reverse("web:help"),
        "accessibility_url": reverse("web:accessibility"),
        "privacy_url": reverse("web:privacy"),
    }
    if account:
        context |= {
            "account_name": account.display_name,
            "standing_line": SimpleLazyObject(lambda: standing_line(request)) if network else "",
            "profile_url": reverse("people:profile"),
            "switch_url": "/networks/",
            "sign_out_url": reverse("account_logout"),
            "modules": offered(),
        }
        if network and getattr(request, "actor", None) and request.actor.lacks_second_factor:  # type: ignore[attr-defined]  # set by ActorMiddleware
            context |= _second_step(request, account)
    return context


def _second_step(request: HttpRequest, account: Account) -> dict[str, Any]:
    """The banner for somebody whose role waits for a second step: set one up, or show it once more."""
    name = page_for_second_step(account)
    if name == "mfa_index":
        return {"second_step_url": reverse(name), "second_step_label": _("Set it up now: it takes two minutes")}
    back = urlencode({"next": request.get_full_path()})
    return {"second_step_url": f"{reverse(name)}?{back}", "second_step_label": _("Show it now")}
