"""What every page is told: the network, the navigation, and as what the person is signed in."""

from typing import Any

from django.http import HttpRequest

from communitas.kit.navigation import main_navigation
from communitas.people.models import Account
from communitas.web.standing import standing_line


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """The context of base.html. Error pages render without it."""
    network = getattr(request, "network", None)
    account = request.user if isinstance(getattr(request, "user", None), Account) else None
    return {
        "network": network,
        "account": account,
        "nav": main_navigation(request) if network else [],
        "standing_line": standing_line(request) if network and account else "",
    }
