"""Charts on a page: drawn by benchmarking.rules.charts, which escapes every word that people wrote."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.safestring import SafeString

from communitas.benchmarking.rules.charts.drawing import Chart


def drawn(chart: Chart) -> dict[str, Any]:
    """A chart for `{% uiblock "chart" %}`: both drawings, its title and sentence, its data as a table, and its file."""
    return {
        "svg": SafeString(chart.both),
        "title": chart.title,
        "summary": chart.sentence,
        "columns": [{"label": label} for label in chart.header],
        "rows": [list(row) for row in chart.rows],
        "file_href": chart.address,
    }


def drawn_beside(chart: Chart) -> dict[str, Any]:
    """A small chart that stands beside its figures: both drawings and the sentence that says every one of them."""
    return {"svg": SafeString(chart.both), "summary": chart.sentence}


def drawn_all(charts: Mapping[str, Chart | None]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Those of the charts that there are."""
    return ((name, drawn(chart)) for name, chart in charts.items() if chart)
