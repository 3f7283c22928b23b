"""Pages for everybody: an edition to read, one criterion, two editions compared, the files."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import NetworkRequest, of_network
from communitas.standards import policy, queries
from communitas.standards.models import Edition
from communitas.standards.rules import exporting
from communitas.standards.rules.lineage import Kind

FORMS = {
    "xlsx": (exporting.edition_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (exporting.edition_csv, "text/csv; charset=utf-8"),
    "yaml": (exporting.edition_yaml, "application/yaml; charset=utf-8"),
}


def _readable(request: NetworkRequest, slug: str, number: int) -> Edition:
    """The edition of an address: a published one for everybody, a draft for the office; else it does not exist."""
    found = queries.edition_at(request.network, slug, number)
    if found is None:
        raise Http404
    draft = found.state == Edition.State.DRAFT
    source = Edition.objects.select_related("standard_set__network", "predecessor")
    return load(source, found.pk, actor=request.actor, may=policy.read_draft if draft else policy.read_published)


@of_network
def edition(request: NetworkRequest, slug: str, number: int) -> HttpResponse:
    """An edition to read, search and print."""
    found = _readable(request, slug, number)
    types = queries.names_of_types(request.network)
    words, level, kind = (request.GET.get(name, "") for name in ("q", "level", "type"))
    chosen = int(level) if level in {"1", "2", "3"} else None
    kind = kind if kind in types else ""
    data = queries.edition_data(found)
    sections = queries.shown_sections(found, data, types, words=words, level=chosen, service_type=kind)
    context: dict[str, Any] = {
        "edition": found,
        "data": data,
        "sections": sections,
        "navigation": [{"label": f"{row.code} {row.title}".strip(), "href": f"#{row.anchor}"} for row in sections],
        "words": words,
        "narrowed": bool(words or chosen or kind),
        "selects": _selects(found, types, level, kind),
        "found": _("%(count)s criteria") % {"count": sum(len(row.criteria) for row in sections)},
        "downloads": [
            {"label": name.upper(), "href": reverse("standards:download", args=[slug, number, name])} for name in FORMS
        ],
        "crumbs": [{"label": _("Standards"), "href": reverse("standards:sets")}, {"label": str(found)}],
        "office": policy.edit_draft.allows(request.actor, found),
    }
    return page(request, "standards/edition.html", context, partial="reading")


def _selects(edition: Edition, types: dict[str, str], level: str, kind: str) -> list[dict[str, Any]]:
    levels = [(str(number), word) for number, word in queries.level_words(edition).items()]
    return [
        {"name": "level", "label": _("Level"), "options": [("", _("All levels")), *levels], "value": level},
        {"name": "type", "label": _("Service type"), "options": [("", _("All types")), *types.items()], "value": kind},
    ]


@of_network
def criterion(request: NetworkRequest, slug: str, number: int, code: str) -> HttpResponse:
    """One criterion, at an address to keep."""
    found = _readable(request, slug, number)
    row = queries.criterion_at(found.pk, code)
    if row is None:
        raise Http404
    types = queries.names_of_types(request.network)
    address = reverse("standards:edition", args=[slug, number])
    context = {
        "edition": found,
        "row": row,
        "level_word": queries.level_words(found)[row.level],
        "types": ", ".join(types.get(name, name) for name in row.applies_to) or _("all service types"),
        "layer": next(layer.title for layer in queries.layers_of(found.pk) if layer.code == row.layer),
        "address": f"{address}#{queries.anchor_of(row.code)}",
        "here": request.build_absolute_uri(),
        "crumbs": [
            {"label": _("Standards"), "href": reverse("standards:sets")},
            {"label": str(found), "href": address},
            {"label": row.code},
        ],
    }
    return page(request, "standards/criterion.html", context)


@of_network
def compare(request: NetworkRequest, slug: str, number: int, older: int) -> HttpResponse:
    """What changed between two editions, word by word."""
    newer, before = _readable(request, slug, number), _readable(request, slug, older)
    if older >= number:
        raise Http404
    result = queries.compared(newer, before)
    kind = request.GET.get("kind", "")
    counts = {each: sum(1 for entry in result.entries if entry.kind == each) for each in Kind}
    shown = [entry for entry in result.entries if (entry.kind == kind if kind in list(Kind) else entry.changed)]
    context = {
        "newer": newer,
        "older": before,
        "confirmed": result.confirmed,
        "entries": shown,
        "levels": queries.level_words(newer),
        "tabs": _kinds(kind, counts, sum(1 for entry in result.entries if entry.changed)),
        "crumbs": [
            {"label": _("Standards"), "href": reverse("standards:sets")},
            {"label": str(newer), "href": reverse("standards:edition", args=[slug, number])},
            {"label": _("Changes since edition %(number)s") % {"number": older}},
        ],
    }
    return page(request, "standards/compare.html", context)


def _kinds(chosen: str, counts: dict[Kind, int], changed: int) -> list[dict[str, Any]]:
    tabs: list[dict[str, Any]] = [
        {"label": _("All changes"), "href": "?", "current": chosen not in list(Kind), "count": changed}
    ]
    for kind, count in counts.items():
        if count:
            label = str(kind_words()[kind]).capitalize()
            tabs.append({"label": label, "href": f"?kind={kind}", "current": chosen == kind, "count": count})
    return tabs


def kind_words() -> dict[str, str]:
    """The words for each kind of lineage."""
    return {
        Kind.UNCHANGED: _("unchanged"),
        Kind.REWORDED: _("reworded"),
        Kind.SPLIT: _("split"),
        Kind.MERGED: _("merged"),
        Kind.NEW: _("new"),
        Kind.WITHDRAWN: _("withdrawn"),
        Kind.LEVEL_CHANGED: _("level changed"),
    }


@of_network
def download(request: NetworkRequest, slug: str, number: int, form: str) -> HttpResponse:
    """The edition as a file that can be imported again."""
    found = _readable(request, slug, number)
    if form not in FORMS:
        raise Http404
    write, kind = FORMS[form]
    response = HttpResponse(write(queries.edition_data(found)), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{slug}-{number}.{form}"'
    return response
