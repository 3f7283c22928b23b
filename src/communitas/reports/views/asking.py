"""How the views of reports find their object, and answer when a rule may refuse."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from communitas.cycles.models import Enrolment
from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.permissions import Permission
from communitas.members.http import MemberRequest
from communitas.reports import queries
from communitas.reports.models import Action, FactPoint, LocalReport


def report_for(request: MemberRequest, pk: int, may: Permission) -> LocalReport:
    """The report, within the network of the address."""
    return load(queries.reports().filter(enrolment__cycle__network=request.network), pk, actor=request.actor, may=may)


def enrolment_for(request: MemberRequest, pk: int, may: Permission) -> Enrolment:
    """The enrolment, within the network of the address."""
    mine = Enrolment.objects.filter(cycle__network=request.network)
    related = mine.select_related("cycle__network__tenant", "community", "edition", "service_type", "organisation")
    return load(related, pk, actor=request.actor, may=may)


def action_for(request: MemberRequest, pk: int, may: Permission) -> Action:
    """The action, within the network of the address."""
    return load(queries.actions().filter(enrolment__cycle__network=request.network), pk, actor=request.actor, may=may)


def point_of(report: LocalReport, pk: int, **fields: Any) -> FactPoint:
    """One point of a report that was loaded already."""
    point = report.points.filter(pk=pk, **fields).first()
    if point is None:
        raise Http404
    point.report = report
    return point


def attempt(request: MemberRequest, act: Callable[[], object], done: str) -> bool:
    """Do it and say so; a refusal is said with its rule's sentence."""
    try:
        act()
    except NotAllowed as refused:
        messages.error(request, refused.why)
        return False
    messages.success(request, done)
    return True


def attempt_form(form: forms.Form, act: Callable[[dict[str, Any]], object]) -> bool:
    """Do it with what a valid form holds; a refusal stands on top of the form."""
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except NotAllowed as refused:
        form.add_error(None, refused.why)
        return False
    return True


def only_posted(request: MemberRequest) -> None:
    """These addresses change something: whoever opens one finds no page."""
    if request.method != "POST":
        raise Http404


def back_to_report(report: LocalReport) -> HttpResponse:
    """The report's page."""
    return redirect("reports:local", report.pk)
