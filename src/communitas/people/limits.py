"""The answer to too many tries."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

WAIT_SECONDS = 300


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429 with the time to wait, in words and for machines."""
    response = render(request, "429.html", {}, status=429)
    response["Retry-After"] = str(WAIT_SECONDS)
    return response
