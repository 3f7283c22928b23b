"""Home: where my community is in the cycle, what I do next and by when, what changed since I was last here."""

from django.http import HttpResponse

from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members


@for_members
def home(request: MemberRequest) -> HttpResponse:
    """The first page after sign-in."""
    return page(request, "web/home.html", {})
