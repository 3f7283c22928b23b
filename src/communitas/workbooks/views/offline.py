"""The offline workbook: a page without a person in it, the worker that keeps it on the device, and its icon's card."""

import json
from typing import Any

from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from communitas.members.http import MemberRequest, NetworkRequest, for_members, of_network
from communitas.workbooks.views.offline_assets import STYLES, assets, modules, version, worker
from communitas.workbooks.views.offline_words import words

KEPT_COOKIE = "offline_kept"
_KEPT_FOR = 180 * 24 * 3600
_MOST_KEPT = 20
_LINKS = {
    "home": "web:home",
    "login": "account_login",
    "logout": "account_logout",
    "devices": "workbooks:my_devices",
    "signed_in": "workbooks:offline_signed_in",
}


@of_network
@require_GET
def shell(request: NetworkRequest) -> HttpResponse:
    """The page of the app, the same for everybody: a browser may keep it."""
    return _fresh(HttpResponse(_shell(request)))


@of_network
@require_GET
def service_worker(request: NetworkRequest) -> HttpResponse:
    """The service worker with the list of what it keeps. Never cached, so that a new version is noticed."""
    files = assets()
    kept = {
        "shell": reverse("workbooks:offline"),
        "assets": files,
        "version": version(_shell(request), files),
    }
    text = f"const KEPT = {json.dumps(kept)};\n{worker()}"
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response


@of_network
@require_GET
def manifest(request: NetworkRequest) -> HttpResponse:
    """What a home screen shows of the app."""
    start = reverse("workbooks:offline")
    icons = [_icon(size, purpose) for size in (192, 512) for purpose in ("any", "maskable")]
    card: dict[str, Any] = {
        "id": start,
        "name": _("%(network)s: offline workbook") % {"network": request.network.name},
        "short_name": _("Workbook"),
        "start_url": start,
        "scope": reverse("web:home").removesuffix("home/"),
        "display": "standalone",
        "background_color": "#f7f1e6",
        "theme_color": "#1d5148",
        "icons": icons,
    }
    return _fresh(JsonResponse(card, content_type="application/manifest+json"))


@of_network
@require_GET
def signed_in(request: NetworkRequest) -> HttpResponse:
    """Where signing in leads that was opened beside the offline workbook: it tells the workbook and closes."""
    return render(request, "workbooks/offline/signed_in.html")


@for_members
@require_POST
def kept(request: MemberRequest) -> HttpResponse:
    """Remember in a cookie that this browser keeps a copy of a workbook, so that the app notices its loss."""
    try:
        workbook = int(json.loads(request.body)["workbook"])
    except (ValueError, KeyError, TypeError):
        return HttpResponseBadRequest()
    known = [one for one in request.COOKIES.get(KEPT_COOKIE, "").split(".") if one]
    mark = f"{request.user.pk}-{workbook}"
    response = JsonResponse({"protocol": 1})
    response.set_cookie(
        KEPT_COOKIE,
        ".".join([*(one for one in known if one != mark), mark][-_MOST_KEPT:]),
        max_age=_KEPT_FOR,
        path=reverse("workbooks:offline"),
        secure=request.is_secure(),
        samesite="Lax",
    )
    return response


def _icon(size: int, purpose: str) -> dict[str, str]:
    address = static(f"workbooks/offline/icon-{size}.png")
    return {"src": address, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


def _shell(request: NetworkRequest) -> str:
    """Rendered without the request: nothing of the person who asks can stand in it."""
    base = reverse("workbooks:offline").removesuffix("offline/")
    return render_to_string(
        "workbooks/offline/shell.html",
        {
            "network": request.network,
            "base": base,
            "config": {"base": base, "links": {name: reverse(page) for name, page in _LINKS.items()}},
            "words": words(),
            "styles": STYLES,
            "modules": modules(),
        },
    )


def _fresh(response: HttpResponse) -> HttpResponse:
    """A browser asks again each time; what it keeps for the time without a network is the worker's matter."""
    response["Cache-Control"] = "no-cache"
    return response
