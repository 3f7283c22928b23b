"""Which network a request is about, and who asks.

The first step of the path is the network's slug. It is taken off and becomes the script prefix, as if each network were
an application mounted there: `reverse()` inside the request then needs no network argument (decision record 0002).
"""

from collections.abc import Callable

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from communitas.kit.addresses import mounted
from communitas.kit.prepared import Finder
from communitas.members.actors import actor_for
from communitas.members.models import Network

GetResponse = Callable[[HttpRequest], HttpResponse]


class NetworkMiddleware:
    """Sets `request.network` (or None) and `request.now`, and mounts the network's pages."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = timezone.now()  # type: ignore[attr-defined]  # the request carries the one clock of its views
        slug, _, rest = request.path_info.lstrip("/").partition("/")
        network = _find(slug) if slug and slug not in settings.RESERVED_SLUGS else None
        request.network = network  # type: ignore[attr-defined]  # the request carries its network
        if network is None:
            return self.get_response(request)
        request.path_info = f"/{rest}"
        with mounted(slug), timezone.override(network.time_zone):
            return self.get_response(request)


class ActorMiddleware:
    """Sets `request.actor`, read when first asked for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]  # see Actor
        return self.get_response(request)


_find = Finder(Network.objects.select_related("tenant").all, by="tenant__slug")


def _actor(request: HttpRequest) -> object:
    methods = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    return actor_for(
        request.user,
        now=request.now,  # type: ignore[attr-defined]  # set by NetworkMiddleware
        second_factor_given=any(method.get("method") == "mfa" for method in methods),
        second_factor_demanded=settings.REQUIRE_SECOND_FACTOR,
        network=request.network,  # type: ignore[attr-defined]  # set by NetworkMiddleware
    )
