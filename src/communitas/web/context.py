"""What every page is told: the network, the navigation, and as what the person is signed in."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from communitas.kit.navigation import main_navigation
from communitas.people.models import Account
from communitas.web.standing import standing_line


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """The context of base.html. Error pages render without it."""
    network = getattr(request, "network", None)
    user = getattr(request, "user", None)
    account = user if isinstance(user, Account) else None
    context: dict[str, Any] = {
        "network": network,
        "account": account,
        "home_url": reverse("web:home") if network else "/",
        "nav": main_navigation(request) if network else [],
        "sign_in_url": reverse("account_login"),
    }
    if account:
        context |= {
            "account_name": account.display_name,
            "standing_line": standing_line(request) if network else "",
            "profile_url": reverse("people:profile"),
            "switch_url": "/networks/",
            "sign_out_url": reverse("account_logout"),
        }
    return context
