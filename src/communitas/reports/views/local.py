"""The pages of local reports: the list, the report itself, its summary, its PDF."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communitas.cycles.models import Enrolment
from communitas.kit import files, tasks
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.reports import actions, policy, queries
from communitas.reports.forms import SummaryForm
from communitas.reports.policy.sharing import design
from communitas.reports.queries.designs import logo_bytes
from communitas.reports.rules.documents.easy import easy_page
from communitas.reports.typesetting import local as typesetting
from communitas.reports.views.asking import attempt, attempt_form, back_to_report, only_posted, report_for
from communitas.reports.views.design import logo_answer, pdf_answer
from communitas.reports.views.lists import REPORTS
from communitas.reports.views.showing import crumbs, page_of


@require_safe
@for_members
def reports(request: MemberRequest) -> HttpResponse:
    """Every report that this person may read: the office all, a community its own of all years, a team its drafts."""
    mine = policy.read.visible(queries.reports_listed(request.network), request.actor).distinct()
    if REPORTS.wants_download(request):
        return REPORTS.download(mine, request)
    keeps_design = design.allows(request.actor, request.network)
    context = {"listing": REPORTS.read(mine, request), "keeps_design": keeps_design}
    return page(request, "reports/list.html", context, partial="list")


@require_safe
@for_members
def local(request: MemberRequest, pk: int) -> HttpResponse:
    """One report: a page that a resident can read first, then everything in it."""
    report = report_for(request, pk, policy.read)
    return page(request, "reports/local.html", page_of(request, report))


@for_members
def begin(request: MemberRequest, pk: int) -> HttpResponse:
    """Begin a draft that did not begin by itself."""
    only_posted(request)
    mine = Enrolment.objects.filter(cycle__network=request.network).select_related("cycle__network__tenant")
    enrolment = load(mine, pk, actor=request.actor, may=policy.begin)
    if not attempt(
        request,
        lambda: actions.begin_draft(enrolment=enrolment, by=request.user, at=request.now),
        _("The draft has begun."),
    ):
        return redirect("reports:locals")
    return redirect("reports:local", enrolment.local_reports.values_list("pk", flat=True)[0])


@for_members
def summary(request: MemberRequest, pk: int) -> HttpResponse:
    """Write the words that open the report."""
    report = report_for(request, pk, policy.edit)
    form = SummaryForm(request.POST or None, initial={"text": report.summary})
    if attempt_form(
        form,
        lambda data: actions.write_summary(report=report, text=data["text"], by=request.user, at=request.now),
    ):
        return back_to_report(report)
    history = [
        {"what": _("Written"), "by": edit.by.display_name, "when": edit.at, "before": edit.before}
        for edit in report.edits.select_related("by")
    ]
    context = {"report": report, "form": form, "crumbs": crumbs(report, _("Summary")), "history": history}
    return page(request, "reports/summary.html", context, status=422 if form.errors else 200)


@for_members
def deliver(request: MemberRequest, pk: int) -> HttpResponse:
    """Deliver the draft to the community and the team."""
    only_posted(request)
    report = report_for(request, pk, policy.edit)
    done = _("Delivered. The community and the team can read the draft now; the time to check facts runs.")
    attempt(request, lambda: actions.deliver(report=report, by=request.user, at=request.now), done)
    return back_to_report(report)


@for_members
def make_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    """Set the PDF in the background and show how far it is. That of a signed report is made once."""
    only_posted(request)
    report = report_for(request, pk, policy.read)
    if report.signed_at and report.pdf:
        return redirect("reports:local_pdf", report.pk)
    job = tasks.start(
        "reports.local_pdf",
        report.pk,
        request.now.isoformat(),
        tenant=request.network.tenant,
        by=request.user,
        at=request.now,
        title=_("PDF of the local report of %(name)s") % {"name": report.enrolment.community_name},
    )
    return redirect("web:job", job.pk)


@require_safe
@for_members
def local_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    """The PDF as it was set. A browser saves it and never guesses what it is; nothing on the way keeps a copy."""
    report = report_for(request, pk, policy.read)
    if report.pdf is None:
        raise Http404
    return pdf_answer(files.read(report.pdf), f"local-report-{report.pk}-v{report.version}.pdf")


@require_safe
@for_members
def large(request: MemberRequest, pk: int) -> HttpResponse:
    """The short version in large print, for a resident to read alone."""
    report = report_for(request, pk, policy.read)
    document = queries.document_of(report, at=request.now)
    context = {"report": report, "d": document, "easy": easy_page(document), "crumbs": crumbs(report, _("Large print"))}
    return page(request, "reports/large.html", context)


@require_safe
@for_members
def large_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    """The same as PDF, set at once: it is a page or two."""
    report = report_for(request, pk, policy.read)
    content = typesetting.large_pdf(queries.document_of(report, at=request.now))
    return pdf_answer(content, f"local-report-{report.pk}-v{report.version}-large-print.pdf")


@require_safe
@for_members
def logo(request: MemberRequest, pk: int) -> HttpResponse:
    """The logo of the design that the report has."""
    report = report_for(request, pk, policy.read)
    content = logo_bytes(queries.document_of(report, at=request.now).design, request.network)
    if not content:
        raise Http404
    return logo_answer(content)
