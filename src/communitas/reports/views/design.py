"""The design of local reports: its versions, the page and the PDF in which one is looked at, and taking one up."""

import hashlib
import re
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communitas.cycles.queries import today_in
from communitas.kit import files
from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members, of_network
from communitas.reports.actions import designs as designing
from communitas.reports.forms.design import DesignForm
from communitas.reports.models import ReportDesign
from communitas.reports.policy import sharing as may
from communitas.reports.queries import designs as kept
from communitas.reports.rules.design import refuse_pale_colours
from communitas.reports.rules.documents.local import LocalReport as Document
from communitas.reports.rules.documents.sample import sample_report
from communitas.reports.rules.drawn_logo import is_drawn
from communitas.reports.typesetting.local import large_pdf, local_pdf
from communitas.reports.views.asking import attempt, attempt_form
from communitas.reports.views.document import document_context

FIELDS: Final = ("main", "accent", "cover", "welcome", "how_to_read", "contact", "logo_words")
_PAIR: Final = re.compile(r"([0-9a-f]{6})-([0-9a-f]{6})\Z")


@for_members
def designs(request: MemberRequest) -> HttpResponse:
    """Every version with who made it and when it was used; a form that makes the next one."""
    may.design.require(request.actor, request.network)
    newest = kept.design_to_change(request.network)
    start = {name: getattr(newest, name) for name in FIELDS} if newest else None
    form = DesignForm(request.POST or None, request.FILES or None, initial=start)
    made: list[ReportDesign] = []
    if request.method == "POST" and attempt_form(form, lambda data: made.append(_keep(request, data))):
        return redirect("reports:design", made[0].pk)
    context = {
        "form": form,
        "lines": kept.design_lines(request.network),
        "crumbs": [{"label": _("Reports"), "href": _reports()}, {"label": _("Design of local reports")}],
    }
    return page(request, "reports/design/list.html", context, status=422 if form.errors else 200)


@require_safe
@for_members
def design(request: MemberRequest, pk: int) -> HttpResponse:
    """A version as a page of a report would show it, on a sample."""
    found = _design(request, pk)
    line = next(line for line in kept.design_lines(request.network) if line.pk == found.pk)
    document = _sample(request, found)
    context = {
        "design": found,
        "line": line,
        "logo_url": _logo_url(found),
        **document_context(document, open_all="open" in request.GET),
    }
    return page(request, "reports/design/one.html", context)


@require_safe
@for_members
def design_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    """The sample in this version, as PDF; `?large` in large print."""
    found = _design(request, pk)
    document = _sample(request, found)
    if "large" in request.GET:
        content = large_pdf(document)
    else:
        content = local_pdf(document, logo=files.read(found.logo) if found.logo else b"")
    return pdf_answer(content, f"design-{found.number}.pdf")


@require_safe
@for_members
def design_logo(request: MemberRequest, pk: int) -> HttpResponse:
    """The logo of a version."""
    found = _design(request, pk)
    if found.logo is None:
        raise Http404
    return logo_answer(files.read(found.logo))


@require_POST
@for_members
def use_design(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a version up; taking an older one up again undoes the change."""
    found = _design(request, pk)
    done = _("Version %(number)s is used from now on. Signed reports keep the design they were signed with.")
    attempt(
        request,
        lambda: designing.use_design(design=found, by=request.user, at=request.now),
        done % {"number": found.number},
    )
    return redirect("reports:designs")


@require_safe
@of_network
def colours(request: HttpRequest, pair: str) -> HttpResponse:
    """Two colours as a style sheet for the pages of a report. It holds nothing but them, and never changes."""
    found = _PAIR.match(pair)
    if found is None:
        raise Http404
    main, accent = (f"#{colour}" for colour in found.groups())
    try:
        refuse_pale_colours(main=main, accent=accent)
    except NotAllowed as pale:
        raise Http404 from pale
    # The dark theme keeps the house's colours, and the charts keep them everywhere.
    rule = (
        f"main {{ --spruce: light-dark({main}, #8fd0bf); --spruce-deep: light-dark({main}, #b4e3d6);"
        f" --apricot: light-dark({accent}, #f6b27b); }}\n"
        "main h1, main h2 { color: var(--spruce); }\n"
        "main .drawing { --spruce: light-dark(#1d5148, #8fd0bf); --apricot: light-dark(#98420c, #f6b27b); }\n"
    )
    response = HttpResponse(rule, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    """A PDF to keep. A browser saves it and never guesses what it is; nothing on the way keeps a copy."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def logo_answer(content: bytes) -> HttpResponse:
    """A logo, which the reader's browser may keep for a day. One that is opened by itself may do nothing at all."""
    response = HttpResponse(content, content_type="image/svg+xml" if is_drawn(content) else "image/png")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=86400"
    response["ETag"] = f'"{hashlib.sha256(content).hexdigest()}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _design(request: MemberRequest, pk: int) -> ReportDesign:
    mine = ReportDesign.objects.filter(network=request.network).select_related("network__tenant", "logo__tenant")
    return load(mine, pk, actor=request.actor, may=may.design_version)


def _sample(request: MemberRequest, found: ReportDesign) -> Document:
    today = today_in(request.network, request.now)
    return sample_report(kept.as_design(found), network=request.network.name, on=today)


def _keep(request: MemberRequest, data: dict[str, Any]) -> ReportDesign:
    return designing.keep_design(network=request.network, **data, by=request.user, at=request.now)


def _logo_url(found: ReportDesign) -> str:
    return reverse("reports:design_logo", args=[found.pk]) if found.logo else ""


def _reports() -> str:
    return reverse("reports:locals")
