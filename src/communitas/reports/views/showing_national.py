"""What the pages of a national report show, and which ways lead on from them."""

from functools import lru_cache
from itertools import groupby
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from communitas.cycles.models import Cycle
from communitas.kit import confirmations
from communitas.members.http import NetworkRequest
from communitas.reports import policy
from communitas.reports.forms.national import CorrectionForm, IntroductionForm
from communitas.reports.models import NationalReport
from communitas.reports.queries.national import Draft, corrections_of, declined_corrections
from communitas.reports.rules.documents.national_charts import national_charts
from communitas.reports.rules.documents.national_parts import (
    HIDDEN_WORDS,
    Audience,
    Figure,
    NationalChange,
    NationalCriterion,
    NationalGroup,
)
from communitas.reports.rules.documents.national_parts import NationalReport as Document
from communitas.reports.views.built import report_content
from communitas.reports.views.document import colours_of
from communitas.reports.views.drawings import drawn_all


def report_page(request: NetworkRequest, report: NationalReport, audience: Audience) -> dict[str, Any]:
    """A frozen report for one audience."""
    release = report.release
    office = policy.read_exact.allows(request.actor, report)
    waiting = confirmations.waiting(report, policy.release_national) if office else None
    document, built = report_content(report, audience)
    return {
        "report": report,
        "release": release,
        "office": office,
        "waiting": waiting,
        "may_release": office and release.state == "frozen" and waiting is None,
        "crumbs": _crumbs(release.cycle.name),
        "downloads": _downloads(report, audience),
        "audit": release.audit if office else None,
        "colours_url": colours_of(document.design),
        "logo_url": reverse("reports:national_logo", args=[report.pk]) if document.design.logo else "",
        **(built or drawn_once(document, get_language() or "")),
    }


@lru_cache(maxsize=24)
def drawn_once(document: Document, language: str) -> dict[str, Any]:
    """A report as its page shows it. The document is the whole of what is drawn, so none can be stale."""
    content = shown(document)
    parts = ("charts", "changed", "d")
    figures = render_to_string("reports/national/_figures.html", content)
    return {name: content[name] for name in parts} | {"figures": figures}


def correction_page(request: NetworkRequest, report: NationalReport, form: CorrectionForm) -> dict[str, Any]:
    """The corrections that stand in a released report, the one that waits for a second person, or the form for one."""
    waiting = confirmations.waiting(report, policy.release_national)
    cycle = report.release.cycle
    return {
        "report": report,
        "form": form,
        "waiting": waiting,
        "own": waiting is not None and waiting.proposed_by_id == request.user.pk,
        "standing": corrections_of(report),
        "declined": declined_corrections(report),
        "crumbs": [*_crumbs(cycle.name, href=report.get_absolute_url()), {"label": _("Correction")}],
    }


def draft_page(cycle: Cycle, draft: Draft, form: IntroductionForm) -> dict[str, Any]:
    """The exact figures of a cycle while its reports come in."""
    context: dict[str, Any] = {"cycle": cycle, "draft": draft, "form": form, "crumbs": _crumbs(cycle.name)}
    if draft.document:
        context["figures"] = drawn_once(draft.document, get_language() or "")["figures"]
    return context


def shown(document: Document) -> dict[str, Any]:
    """Everything that a report says, as plain values for the template."""
    charts = national_charts(document)
    return {
        "d": document,
        "charts": dict(drawn_all({name: getattr(charts, name) for name in charts.__slots__})),
        "took_part": _took_part(document),
        "sections_by_type": _by_group(document, document.groups),
        "sections_by_region": _by_group(document, document.regions),
        "changed": _changed(document.change),
        "criteria_columns": _criteria_columns(document.audience),
        "criteria": [
            {"title": title, "rows": [_criterion(row, document.audience) for row in rows]}
            for title, rows in groupby(document.criteria, lambda row: row.section)
        ],
        "hidden_words": HIDDEN_WORDS if document.audience == "public" else "",
    }


def _crumbs(here: str, *, href: str = "") -> list[dict[str, str]]:
    last = {"label": here, "href": href} if href else {"label": here}
    return [{"label": _("National reports"), "href": reverse("reports:nationals")}, last]


def _downloads(report: NationalReport, audience: Audience) -> list[dict[str, str]]:
    exact = "_exact" if audience == "office" else ""
    pdf = report.office_pdf if exact else report.public_pdf
    links = [{"label": "PDF", "href": reverse(f"reports:national{exact}_pdf", args=[report.pk])}] if pdf else []
    figures = f"reports:national{exact}_figures"
    links += [{"label": end.upper(), "href": reverse(figures, args=[report.pk, end])} for end in ("csv", "json")]
    if not exact:
        package = reverse("reports:national_package", args=[report.pk])
        links.append({"label": _("Data package with codebook"), "href": package})
    return links


def _took_part(document: Document) -> dict[str, Any]:
    rows: list[dict[str, Any]] = [
        {"cells": [group.name, group.took_part, group.overall.short]} for group in document.groups
    ]
    rows.append({"cells": [_("All"), document.took_part_total, document.overall_agreed.short], "total": True})
    return {
        "columns": [
            {"label": _("Type of service")},
            {"label": _("Communities"), "kind": "number"},
            {"label": _("Met, over all sections"), "kind": "number"},
        ],
        "rows": rows,
    }


def _by_group(document: Document, groups: tuple[NationalGroup, ...]) -> dict[str, Any]:
    """Sections down, groups across."""
    names = [{"label": group.name, "kind": "number"} for group in groups]
    return {
        "columns": [{"label": _("Section")}, *names],
        "rows": [
            [section.title, *(group.sections[place].short for group in groups)]
            for place, section in enumerate(document.sections)
        ],
    }


def _changed(change: NationalChange | None) -> dict[str, Any] | None:
    if change is None or not change.criteria:
        return None
    return {
        "columns": [
            {"label": _("Criterion")},
            {"label": change.since, "kind": "number"},
            {"label": _("Now"), "kind": "number"},
            {"label": _("Communities"), "kind": "number"},
            {"label": _("Change")},
        ],
        "rows": [
            [row.title, row.before.short, row.now.short, row.now.counts.n if row.now.counts else "–", row.note]
            for row in change.criteria
        ],
    }


def _criteria_columns(audience: Audience) -> list[dict[str, str]]:
    words = [_("Met"), _("Partly met"), _("Not met")]
    if audience == "office":
        words += [_("Not applicable"), _("Not scored")]
    numbers = [{"label": label, "kind": "number"} for label in (*words, _("Self-review: met"))]
    return [{"label": _("Criterion")}, *numbers]


def _criterion(row: NationalCriterion, audience: Audience) -> list[Any]:
    return [
        {"text": f"{row.code} {row.statement}", "sub": row.level_word},
        *_marks(row.agreed, audience),
        row.self_figure.short,
    ]


def _marks(figure: Figure, audience: Audience) -> list[Any]:
    """The numbers of the marks; in public, what stands in their place where they may not be shown."""
    if audience == "office" and figure.counts:
        counts = figure.counts
        return [counts.met, counts.partly_met, counts.not_met, counts.not_applicable, counts.not_scored]
    if figure.parts:
        return [f"{part:g}%" for part in figure.parts]
    return [figure.short, "–", "–"]
