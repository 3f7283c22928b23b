"""Signing a report, taking the first signature back, and beginning a correction."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.reports import actions, policy
from communitas.reports.forms import ReasonForm
from communitas.reports.models import LocalReport
from communitas.reports.views.asking import attempt, attempt_form, back_to_report, only_posted, report_for
from communitas.reports.views.showing import crumbs


@for_members
def sign(request: MemberRequest, pk: int) -> HttpResponse:
    """Sign as the first person. A second one confirms."""
    only_posted(request)
    report = report_for(request, pk, policy.sign)
    done = _("You have signed. The report is final when a second person signs the same words.")
    attempt(request, lambda: actions.sign_first(report=report, by=request.user, at=request.now), done)
    return back_to_report(report)


@for_members
def back(request: MemberRequest, pk: int) -> HttpResponse:
    """Take the first signature back."""
    only_posted(request)
    report = report_for(request, pk, policy.decide)
    reason = request.POST.get("reason", "")
    attempt(
        request,
        lambda: actions.return_to_points(report=report, reason=reason, by=request.user, at=request.now),
        _("The report is back at its points. Nobody has signed it."),
    )
    return back_to_report(report)


@for_members
def correct(request: MemberRequest, pk: int) -> HttpResponse:
    """Begin a new version of a final report, with the reason."""
    report = report_for(request, pk, policy.decide)
    form = ReasonForm(request.POST or None)
    made: list[LocalReport] = []
    if attempt_form(
        form,
        lambda data: made.append(
            actions.begin_correction(report=report, reason=data["reason"], by=request.user, at=request.now)
        ),
    ):
        return redirect("reports:points", made[0].pk)
    context = {"report": report, "form": form, "crumbs": crumbs(report, _("New version"))}
    return page(request, "reports/correct.html", context, status=422 if form.errors else 200)
