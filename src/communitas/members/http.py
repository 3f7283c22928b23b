"""The request of a page of a network."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseBase

from communitas.kit.http import Request
from communitas.members.actors import Actor
from communitas.members.models import Network
from communitas.people.models import Account


class NetworkRequest(Request):
    """A request under a network's address."""

    network: Network
    actor: Actor


class MemberRequest(NetworkRequest):
    """A request under a network's address by somebody who signed in."""

    user: Account


def of_network(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The page belongs to a network: without one in the address it does not exist."""

    @wraps(view)
    def within(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.network is None:
            raise Http404
        return view(request, *args, **kwargs)

    return within


def for_members(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The page belongs to a network and to people who signed in; anybody else goes to sign-in first."""
    return of_network(login_required(view))
