"""What a local report's document shows, whoever reads it: its charts, its figures in words, its notes."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from communitas.reports.rules.design import ACCENT, MAIN, Design
from communitas.reports.rules.documents.local import LocalReport
from communitas.reports.rules.documents.local_charts import local_charts, section_chart
from communitas.reports.rules.documents.results import SectionResult
from communitas.reports.rules.documents.shares import several
from communitas.reports.views.drawings import drawn_all, drawn_beside


def document_context(document: LocalReport, *, open_all: bool = False) -> dict[str, Any]:
    """The context of `reports/local/_*.html`. `open_all` shows every section of the criteria opened."""
    charts = local_charts(document)
    named = {
        "sections": charts.sections,
        "marks": charts.marks,
        "agreement": charts.agreement,
        "change": charts.change,
    }
    return {
        "d": document,
        "charts": dict(drawn_all(named)),
        "sections": [(section, _drawn_section(section, document)) for section in document.sections],
        "in_words": _in_words(document),
        "change_note": _change_note(document),
        "open_all": open_all,
        "colours_url": colours_of(document.design),
    }


def _drawn_section(section: SectionResult, document: LocalReport) -> dict[str, Any] | None:
    chart = section_chart(section, document)
    return drawn_beside(chart) if chart else None


def colours_of(design: Design) -> str:
    """The style sheet of the design's colours; none where they are the house's own."""
    if (design.main, design.accent) == (MAIN, ACCENT):
        return ""
    return reverse("reports:colours", args=[f"{design.main[1:]}-{design.accent[1:]}"])


def _in_words(document: LocalReport) -> dict[str, Any]:
    """The figures of each section as sentences, in a table."""
    columns = [{"label": _("Section")}, {"label": _("Your own marks")}, {"label": _("Agreed with the team")}]
    if document.last_name:
        columns.append({"label": document.last_name})
    rows = []
    for number, section in enumerate(document.sections, start=1):
        cells: list[Any] = [section.title, section.self_share.words, section.agreed_share.words]
        if document.last_name:
            cells.append(section.last_share.short if section.last_share else "–")
        rows.append({"cells": cells, "href": f"#section-{number}" if document.tells_criteria else None})
    return {"columns": columns, "rows": rows}


def _change_note(document: LocalReport) -> str:
    if not document.change or not document.change.left_out:
        return ""
    left_out = several(document.change.left_out, "criterion is", "criteria are")
    return f"{left_out} new, or changed in meaning or in whether they apply, and cannot be compared."
