"""The points of a report and the decision on each."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.reports import actions, policy, queries
from communitas.reports.forms import DecideForm, ReasonForm
from communitas.reports.models import FactPoint, LocalReport
from communitas.reports.views.asking import (
    attempt,
    attempt_form,
    back_to_report,
    only_posted,
    point_of,
    report_for,
)
from communitas.reports.views.checking import point_form
from communitas.reports.views.showing import crumbs, ways

MARKS = {"open": "m0", "accepted": "m2", "declined": "mna", "noted": "mna", "withdrawn": "mna"}


@for_members
def points(request: MemberRequest, pk: int) -> HttpResponse:
    """Every point and comment with what was decided; in a new version, the place to enter corrections."""
    report = report_for(request, pk, policy.decide)
    form = point_form(report, request.POST or None) if report.version > 1 else None
    if form and attempt_form(
        form,
        lambda data: actions.raise_point(report=report, side="off", by=request.user, at=request.now, **data),
    ):
        return redirect("reports:points", report.pk)
    context = {
        "report": report,
        "points": points_of(report),
        "form": form,
        "ways": ways(request, report),
        "crumbs": crumbs(report, _("Points")),
    }
    return page(request, "reports/points.html", context, status=422 if form and form.errors else 200)


@for_members
def decide(request: MemberRequest, pk: int, point: int) -> HttpResponse:
    """Decide one point."""
    report = report_for(request, pk, policy.decide)
    found = point_of(report, point)
    comment = found.side == FactPoint.Side.TEAM
    form = DecideForm(
        request.POST or None,
        scale=queries.scale_of(report.enrolment),
        comment=comment,
        with_score=bool(found.criterion_key),
        initial={"new_score": found.wanted_score},
    )
    if attempt_form(form, lambda data: actions.decide(point=found, by=request.user, at=request.now, **data)):
        return redirect("reports:points", report.pk)
    context = {
        "report": report,
        "point": point_row(found, report),
        "form": form,
        "crumbs": crumbs(report, _("Decide a point")),
    }
    return page(request, "reports/decide.html", context, status=422 if form.errors else 200)


@for_members
def again(request: MemberRequest, pk: int, point: int) -> HttpResponse:
    """Open a decided point again, with a reason."""
    only_posted(request)
    report = report_for(request, pk, policy.decide)
    found = point_of(report, point)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    attempt(
        request,
        lambda: actions.decide_again(point=found, reason=reason, by=request.user, at=request.now),
        _("The point is open again."),
    )
    return redirect("reports:points", report.pk)


@for_members
def go_on(request: MemberRequest, pk: int) -> HttpResponse:
    """Go on without an answer of the host."""
    only_posted(request)
    report = report_for(request, pk, policy.decide)
    attempt(
        request,
        lambda: actions.go_on(report=report, by=request.user, at=request.now),
        _("The factual check has ended."),
    )
    return back_to_report(report)


def points_of(report: LocalReport) -> list[dict[str, Any]]:
    """The points in the order in which they came, those taken back last."""
    found = report.points.select_related("made_by", "decided_by")
    rows = [point_row(point, report) for point in found]
    return sorted(rows, key=lambda row: row["state"] == "withdrawn")


def point_row(point: FactPoint, report: LocalReport) -> dict[str, Any]:
    """One point as plain values, with the criterion and both scores."""
    criterion = queries.criteria_by_key(report.enrolment).get(point.criterion_key)
    return {
        "pk": point.pk,
        "side": point.get_side_display(),
        "state": point.state,
        "words": point.get_state_display(),
        "mark": MARKS[point.state],
        "code": criterion.code if criterion else "",
        "statement": criterion.statement if criterion else "",
        "text": point.text,
        "wanted": queries.as_score(point.wanted_score),
        "before": queries.as_score(point.score_before),
        "after": queries.as_score(point.new_score),
        "top": queries.scale_of(report.enrolment).top,
        "by": point.made_by.display_name,
        "decision": point.decision,
        "decided_by": point.decided_by.display_name if point.decided_by else "",
    }
