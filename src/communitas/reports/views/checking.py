"""The factual check of the host, point by point, and the comments of the team."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.reports import actions, policy, queries
from communitas.reports.forms import PointForm
from communitas.reports.models import FactPoint, LocalReport
from communitas.reports.views.asking import attempt, attempt_form, back_to_report, only_posted, point_of, report_for
from communitas.reports.views.showing import crumbs


@for_members
def check(request: MemberRequest, pk: int) -> HttpResponse:
    """The host's points: add one, take one back, send them all, or say that everything is right."""
    return _raise(request, report_for(request, pk, policy.check_facts), FactPoint.Side.HOST, "reports:check")


@for_members
def comments(request: MemberRequest, pk: int) -> HttpResponse:
    """The team's comments for the office."""
    return _raise(request, report_for(request, pk, policy.comment), FactPoint.Side.TEAM, "reports:comments")


@for_members
def send(request: MemberRequest, pk: int) -> HttpResponse:
    """Send the factual check."""
    only_posted(request)
    report = report_for(request, pk, policy.check_facts)
    done = _("Sent. Somebody who was not on the visit decides each point; you read the answers in the final report.")
    attempt(request, lambda: actions.answer(report=report, by=request.user, at=request.now), done)
    return back_to_report(report)


@for_members
def withdraw(request: MemberRequest, pk: int, point: int) -> HttpResponse:
    """Take a point back."""
    return _withdraw(request, pk, point, FactPoint.Side.HOST)


@for_members
def withdraw_comment(request: MemberRequest, pk: int, point: int) -> HttpResponse:
    """Take a comment back."""
    return _withdraw(request, pk, point, FactPoint.Side.TEAM)


def _raise(request: MemberRequest, report: LocalReport, side: FactPoint.Side, back: str) -> HttpResponse:
    host = side == FactPoint.Side.HOST
    form = point_form(report, request.POST or None, with_score=host)
    if attempt_form(
        form,
        lambda data: actions.raise_point(report=report, side=side, by=request.user, at=request.now, **data),
    ):
        return redirect(back, report.pk)
    context = {
        "report": report,
        "form": form,
        "host": host,
        "points": _points(report, side),
        "until": queries.check_until(report.enrolment),
        "crumbs": crumbs(report, _("Factual check") if host else _("Comments of the team")),
    }
    return page(request, "reports/check.html", context, status=422 if form.errors else 200)


def point_form(report: LocalReport, data: Any, *, with_score: bool = True) -> PointForm:
    """The form for a point about any criterion that applies."""
    criteria = queries.criteria_by_key(report.enrolment).items()
    return PointForm(data, criteria=criteria, scale=queries.scale_of(report.enrolment), with_score=with_score)


def _points(report: LocalReport, side: str) -> list[dict[str, Any]]:
    codes = queries.codes_by_key(report.enrolment)
    scale = queries.scale_of(report.enrolment)
    return [
        {
            "pk": point.pk,
            "code": codes.get(point.criterion_key, ""),
            "text": point.text,
            "wanted": queries.as_score(point.wanted_score),
            "top": scale.top,
            "by": point.made_by.display_name,
        }
        for point in report.points.filter(side=side, state=FactPoint.State.OPEN).select_related("made_by")
    ]


def _withdraw(request: MemberRequest, pk: int, point_pk: int, side: FactPoint.Side) -> HttpResponse:
    only_posted(request)
    host = side == FactPoint.Side.HOST
    report = report_for(request, pk, policy.check_facts if host else policy.comment)
    point = point_of(report, point_pk, side=side)
    attempt(request, lambda: actions.withdraw_point(point=point, by=request.user, at=request.now), _("Taken back."))
    return redirect("reports:check" if host else "reports:comments", report.pk)
