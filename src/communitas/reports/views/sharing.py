"""Private links to a final report: made and ended by its community lead or the office, opened by whoever holds one."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communitas.kit import files
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, NetworkRequest, for_members, of_network
from communitas.reports import queries
from communitas.reports.actions import sharing as acts
from communitas.reports.forms.sharing import ShareForm
from communitas.reports.models import LocalReport, ReportLink
from communitas.reports.policy.sharing import share as may_share
from communitas.reports.queries import sharing as links_kept
from communitas.reports.queries.designs import logo_bytes
from communitas.reports.rules.sharing import is_open
from communitas.reports.typesetting.local import local_pdf
from communitas.reports.views.asking import attempt, attempt_form, report_for
from communitas.reports.views.design import logo_answer, pdf_answer
from communitas.reports.views.document import document_context
from communitas.reports.views.showing import crumbs


@for_members
def links(request: MemberRequest, pk: int) -> HttpResponse:
    """The links of a report, and a form for a new one. Its address is shown in the answer, once."""
    report = report_for(request, pk, may_share)
    form = ShareForm(request.POST or None)
    made: list[str] = []
    posted = request.method == "POST" and attempt_form(form, lambda data: made.append(_share(request, report, **data)))
    context = {
        "report": report,
        "form": ShareForm() if posted else form,
        "address": made[0] if made else "",
        "lines": links_kept.link_lines(report, at=request.now),
        "crumbs": crumbs(report, _("Private links")),
    }
    answer = page(request, "reports/links.html", context, status=422 if form.errors else 200)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _share(request: MemberRequest, report: LocalReport, *, edition: str, **data: Any) -> str:
    return acts.share(report=report, reduced=edition == "reduced", **data, by=request.user, at=request.now)


@require_POST
@for_members
def end_link(request: MemberRequest, pk: int, link: int) -> HttpResponse:
    """End a link at once."""
    report = report_for(request, pk, may_share)
    found = report.private_links.filter(pk=link).first()
    if found is None:
        raise Http404
    found.report = report
    done = _("The link is ended. It opens nothing any more.")
    attempt(request, lambda: acts.end_link(link=found, by=request.user, at=request.now), done)
    return redirect("reports:links", report.pk)


@require_safe
@of_network
def shared(request: NetworkRequest, secret: str) -> HttpResponse:
    """The report as its link shows it: this page and its PDF, and no way to anything else."""

    def answer(link: ReportLink) -> HttpResponse:
        document = links_kept.document_behind(link, at=request.now)
        context: dict[str, Any] = {
            "link": link,
            "report": link.report,
            "has_pdf": link.reduced or link.report.pdf is not None,
            "secret": secret,
            "has_logo": bool(document.design.logo),
            **document_context(document, open_all=request.GET.get("open") == "all"),
        }
        acts.record_opening(link=link, file=False, by=None, at=request.now)
        return page(request, "reports/shared.html", context)

    return _through(request, secret, answer)


@require_safe
@of_network
def shared_pdf(request: NetworkRequest, secret: str) -> HttpResponse:
    """The PDF of the report as it was signed; that of a reduced edition is set at once, with the plan of this day."""

    def answer(link: ReportLink) -> HttpResponse:
        content = _pdf_behind(request, link)
        acts.record_opening(link=link, file=True, by=None, at=request.now)
        return pdf_answer(content, f"local-report-v{link.report.version}.pdf")

    return _through(request, secret, answer)


def _pdf_behind(request: NetworkRequest, link: ReportLink) -> bytes:
    if link.reduced:
        document = links_kept.document_behind(link, at=request.now)
        return local_pdf(document, logo=logo_bytes(document.design, request.network))
    if link.report.pdf is None:
        raise Http404
    return files.read(link.report.pdf)


@require_safe
@of_network
def shared_logo(request: NetworkRequest, secret: str) -> HttpResponse:
    """The logo on the page."""

    def answer(link: ReportLink) -> HttpResponse:
        content = logo_bytes(queries.document_of(link.report, at=request.now).design, request.network)
        if not content:
            raise Http404
        return logo_answer(content)

    return _through(request, secret, answer)


def _through(request: NetworkRequest, secret: str, answer: Callable[[ReportLink], HttpResponse]) -> HttpResponse:
    """Answer through a link that works; after its end say so (410). No answer is kept, indexed or named to others."""
    link = links_kept.link_of(request.network, secret)
    if link is None:
        raise Http404
    if is_open(links_kept.as_link(link), at=request.now):
        response = answer(link)
    else:
        response = page(request, "reports/shared_gone.html", {"office": request.network.office_name}, status=410)
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
