"""Pages for what went wrong. They render without the database, so that they always render."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


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
    """500: our fault."""
    return render(request, "500.html", {}, status=500)
