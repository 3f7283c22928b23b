"""Pages for what went wrong. They render without the database, so that they always render."""

import sys

from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

AWAY = (OperationalError, InterfaceError, InternalError)  # the database is busy, full, read-only or gone
WAIT = "5"  # seconds
MACHINES = "/sync/v1/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the browser sent something that cannot be read."""
    return render(request, "400.html", {}, status=400)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: seen but not allowed, with the sentence of the permission."""
    return render(request, "403.html", {"why": str(exception)}, status=403)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: not there, or not for this person; the two look alike."""
    return render(request, "404.html", {}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault. 503 while the database is away, in JSON for the devices that wait to send."""
    if not isinstance(sys.exc_info()[1], AWAY):
        return render(request, "500.html", {}, status=500)
    if MACHINES in request.path:
        sentence = _("The office cannot store anything at this moment. Nothing is lost.")
        response: HttpResponse = JsonResponse({"protocol": 1, "error": "busy", "sentence": sentence}, status=503)
        response["Cache-Control"] = "no-store"
    else:
        response = render(request, "500.html", {}, status=503)
    response["Retry-After"] = WAIT
    return response
