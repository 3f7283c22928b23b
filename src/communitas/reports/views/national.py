"""National reports: the list, the report for everybody and for the office, from the first draft to the release."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communitas.cycles.models import Cycle
from communitas.cycles.queries import today_in
from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.packing import packed
from communitas.kit.pages import page
from communitas.kit.permissions import Permission
from communitas.members.http import MemberRequest, NetworkRequest, for_members, of_network
from communitas.reports import policy
from communitas.reports.actions import national as actions
from communitas.reports.actions.errata import propose_erratum
from communitas.reports.forms.national import CorrectionForm, IntroductionForm
from communitas.reports.models import NationalReport
from communitas.reports.queries import national as queries
from communitas.reports.queries.designs import logo_bytes
from communitas.reports.rules.documents.national_parts import Audience
from communitas.reports.views.asking import attempt
from communitas.reports.views.design import logo_answer
from communitas.reports.views.showing_national import correction_page, draft_page, report_page

MEMBERS = frozenset({"staff", "client_member", "community_lead"})


def _the_report(request: NetworkRequest, pk: int, may: Permission) -> NationalReport:
    mine = queries.reports().filter(release__cycle__network=request.network)
    if may is policy.read_national:
        mine = mine.defer("release__exact", "release__protected", "release__audit")
    return load(mine, pk, actor=request.actor, may=may)


@require_safe
@of_network
def nationals(request: NetworkRequest) -> HttpResponse:
    """The national reports of the network; for the office also the cycles that have none yet."""
    office = policy.oversee_nationals.allows(request.actor, request.network)
    context: dict[str, Any] = {
        "released": queries.released(request.network),
        "cycles": queries.cycles_to_report(request.network) if office else None,
        "member": any(held.network == request.network.pk and held.role in MEMBERS for held in request.actor.held),
    }
    return page(request, "reports/national/list.html", context)


@require_safe
@of_network
def national(request: NetworkRequest, pk: int) -> HttpResponse:
    """What everybody may read: protected figures. The office looks at it before the release too."""
    report = _the_report(request, pk, policy.read_national)
    return page(request, "reports/national/report.html", report_page(request, report, "public"))


@require_safe
@for_members
def national_exact(request: MemberRequest, pk: int) -> HttpResponse:
    """The same cycle with exact figures, for the office."""
    report = _the_report(request, pk, policy.read_exact)
    return page(request, "reports/national/report.html", report_page(request, report, "office"))


@for_members
def national_draft(request: MemberRequest, pk: int) -> HttpResponse:
    """Exact figures of a cycle while its reports come in, and the button that freezes them."""
    mine = Cycle.objects.filter(network=request.network)
    source = mine.select_related("network__tenant", "edition__standard_set", "previous__edition")
    cycle = load(source, pk, actor=request.actor, may=policy.build_national)
    form = IntroductionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["introduction"]
        job = actions.start_freeze(cycle=cycle, introduction=words, by=request.user, at=request.now)
        return redirect("web:job", job.pk)
    draft = queries.draft_of(cycle, today_in(request.network, request.now))
    return page(request, "reports/national/draft.html", draft_page(cycle, draft, form))


@for_members
def national_introduction(request: MemberRequest, pk: int) -> HttpResponse:
    """Write the words that open the report."""
    report = _the_report(request, pk, policy.write_national)
    form = IntroductionForm(request.POST or None, initial={"introduction": report.introduction})
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["introduction"]
        try:
            actions.write_introduction(report=report, text=text, by=request.user, at=request.now)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, _("Saved. The PDFs are being set anew."))
            return redirect("reports:national", pk)
    context = {"report": report, "form": form}
    return page(request, "reports/national/introduction.html", context, status=422 if form.errors else 200)


@for_members
def national_correction(request: MemberRequest, pk: int) -> HttpResponse:
    """Propose to say in a released report what was not right; a second person reads it here."""
    report = _the_report(request, pk, policy.release_national)
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["correction"]
        try:
            propose_erratum(report=report, text=text, by=request.user, at=request.now)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, _("Another person of the office now reads the correction and adds it."))
            return redirect("reports:national", pk)
    context = correction_page(request, report, form)
    return page(request, "reports/national/correction.html", context, status=422 if form.errors else 200)


@for_members
@require_POST
def national_release(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask a second person to release the figures."""
    report = _the_report(request, pk, policy.release_national)
    attempt(
        request,
        lambda: actions.propose_release(report=report, by=request.user, at=request.now),
        _("Another person of the office now looks at the figures and releases them."),
    )
    return redirect("reports:national", pk)


@require_safe
@of_network
def national_pdf(request: NetworkRequest, pk: int) -> HttpResponse:
    """The PDF for everybody."""
    return _pdf(_the_report(request, pk, policy.read_national), "public")


@require_safe
@for_members
def national_exact_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    """The PDF for the office."""
    return _pdf(_the_report(request, pk, policy.read_exact), "office")


@require_safe
@of_network
def national_logo(request: NetworkRequest, pk: int) -> HttpResponse:
    """The logo of the report's design."""
    report = _the_report(request, pk, policy.read_national)
    content = logo_bytes(queries.design_of(report), request.network)
    if not content:
        raise Http404
    return logo_answer(content)


@require_safe
@of_network
def national_figures(request: NetworkRequest, pk: int, ending: str) -> HttpResponse:
    """The protected cells as CSV or JSON."""
    return _figures(_the_report(request, pk, policy.read_national), "public", ending)


@require_safe
@of_network
def national_package(request: NetworkRequest, pk: int) -> HttpResponse:
    """The protected cells with their codebook as a data package."""
    report = _the_report(request, pk, policy.read_national)
    parts = ((name, [content]) for name, content in queries.package(report).items())
    return _file(report, "public", b"".join(packed(parts)), "application/zip", "zip")


@require_safe
@for_members
def national_exact_figures(request: MemberRequest, pk: int, ending: str) -> HttpResponse:
    """The exact figures as CSV or JSON, for the office."""
    return _figures(_the_report(request, pk, policy.read_exact), "office", ending)


def _pdf(report: NationalReport, audience: Audience) -> HttpResponse:
    content = queries.pdf_of(report, audience)
    if content is None:
        raise Http404
    return _file(report, audience, content, "application/pdf", "pdf")


def _figures(report: NationalReport, audience: Audience, ending: str) -> HttpResponse:
    if ending == "csv":
        return _file(report, audience, queries.figures_csv(report, audience), "text/csv; charset=utf-8", "csv")
    return _file(report, audience, queries.figures_json(report, audience), "application/json", "json")


def _file(report: NationalReport, audience: Audience, content: bytes, kind: str, ending: str) -> HttpResponse:
    """A browser saves it and never guesses what it is; what is not public is kept nowhere on the way."""
    response = HttpResponse(content, content_type=kind)
    name = f"national-{report.release.cycle_id}-v{report.release.version}-{audience}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    public = audience == "public" and report.release.released_at
    response["Cache-Control"] = "public, max-age=300" if public else "private, no-store"
    return response
