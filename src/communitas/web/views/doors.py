"""The front door of the installation and of each network, and the way from one network to another."""

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import redirect

from communitas.kit.http import Request
from communitas.kit.pages import page
from communitas.web import queries


def front(request: Request) -> HttpResponse:
    """A network's public front page; without a network, the networks of this installation."""
    if request.network is not None:
        if request.user.is_authenticated:
            return redirect("web:home")
        return page(request, "web/front.html", {"public_pages": queries.public_pages()})
    return page(request, "web/installation.html", {"networks": queries.listed_networks()})


@login_required
def networks(request: Request) -> HttpResponse:
    """Every network in which the person holds a role, with those roles, to go there."""
    standings = queries.standings(request.user, now=request.now)
    return page(request, "web/networks.html", {"standings": standings, "alone": len(standings) == 1})


def healthz(request: Request) -> HttpResponse:
    """Whether the application and its database answer, for a monitor."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
