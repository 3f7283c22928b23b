"""Charts on a page: drawn by rules.charts, which escapes every word that people wrote."""

from typing import Any

from django.http import HttpResponse
from django.utils.safestring import SafeString
from django.utils.text import slugify

from communitas.benchmarking.rules.charts.drawing import Chart


def drawn(chart: Chart, *, file_href: str = "") -> dict[str, Any]:
    """A chart for `benchmarking/_chart.html`: both drawings, its title and sentence, and its data as a table."""
    return {
        "svg": SafeString(chart.both),
        "title": chart.title,
        "summary": chart.sentence,
        "columns": [{"label": label} for label in chart.header],
        "rows": [list(row) for row in chart.rows],
        "file_href": file_href,
    }


def as_file(chart: Chart, *, public: bool) -> HttpResponse:
    """The drawing as an SVG that a browser saves, and never opens as a page of ours."""
    response = HttpResponse(chart.file, content_type="image/svg+xml")
    response["Content-Disposition"] = f'attachment; filename="{slugify(chart.title) or "chart"}.svg"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "public, max-age=300" if public else "private, no-store"
    return response
