"""Answer with a whole page, or with its named part when htmx asked for a part."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, partial: str | None = None, status: int = 200
) -> HttpResponse:
    """Render the template, or its partial of that name when the request came from htmx and was not a boosted visit.

    The request remembers what it `shown`, so that the navigation can mark where the page stands.
    """
    request.shown = context  # type: ignore[attr-defined]  # read by kit.navigation
    htmx = getattr(request, "htmx", None)
    if partial and htmx and not htmx.boosted:
        response = render(request, f"{template}#{partial}", dict(context), status=status)
    else:
        response = render(request, template, dict(context), status=status)
    response["Vary"] = "HX-Request"
    return response


def back_or(request: HttpRequest, otherwise: str) -> HttpResponse:
    """Go to the page that the form names in `back`, if it is one of this site; to the other one if not."""
    back = request.POST.get("back", "")
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if ours else otherwise)
