"""The gallery: every chart in every state, in light, dark, print and shades of grey. Open to everybody."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from communitas.benchmarking.rules.charts.gallery import Specimen, gallery
from communitas.benchmarking.views.drawings import as_file, drawn

LOOKS = (
    {"name": "light", "theme": "light", "css": ""},
    {"name": "dark", "theme": "dark", "css": ""},
    {"name": "print", "theme": "", "css": "as-print"},
    {"name": "shades of grey", "theme": "", "css": "as-print as-grey"},
)


@require_safe
def charts(request: HttpRequest) -> HttpResponse:
    """Each kind of chart in its usual state, with a link to all of its states."""
    kinds = [
        {
            "name": each.name,
            "title": each.title,
            "about": each.about,
            "states": len(each.states),
            "chart": _state(each, 0),
        }
        for each in gallery()
    ]
    return render(request, "benchmarking/gallery.html", {"kinds": kinds, "looks": LOOKS})


@require_safe
def chart(request: HttpRequest, name: str) -> HttpResponse:
    """One kind of chart in every state and every look, each with its sentence and its table."""
    found = _kind(name)
    states = [
        {"name": words, "rtl": words == "right to left", "chart": _state(found, place)}
        for place, words in enumerate(found.states)
    ]
    return render(request, "benchmarking/gallery_kind.html", {"kind": found, "states": states, "looks": LOOKS})


@require_safe
def chart_file(request: HttpRequest, name: str, place: int) -> HttpResponse:
    """One state as a file."""
    states = list(_kind(name).states.values())
    if place >= len(states):
        raise Http404
    return as_file(states[place], public=True)


def _kind(name: str) -> Specimen:
    for each in gallery():
        if each.name == name:
            return each
    raise Http404


def _state(kind: Specimen, place: int) -> dict[str, Any]:
    shown = list(kind.states.values())[place]
    return drawn(shown, file_href=reverse("benchmarking:gallery_file", args=[kind.name, place]))
