"""Pages of plain text: help, accessibility, privacy."""

from django.http import HttpResponse

from communitas.kit.http import Request
from communitas.kit.pages import page


def help_page(request: Request) -> HttpResponse:
    """How to find one's way, and whom to ask."""
    return page(request, "web/help.html", {})


def accessibility(request: Request) -> HttpResponse:
    """The accessibility statement."""
    return page(request, "web/accessibility.html", {})


def privacy(request: Request) -> HttpResponse:
    """What is kept about people, and why."""
    return page(request, "web/privacy.html", {})
