"""A person's own page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse

from communitas.kit.http import Request
from communitas.kit.pages import page


@login_required
def profile(request: Request) -> HttpResponse:
    """What is kept about the person, and how they sign in."""
    return page(request, "people/profile.html", {})
