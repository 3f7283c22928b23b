"""Removing words for data protection."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.workbooks import actions, policy, queries
from communitas.workbooks.forms import ReasonForm
from communitas.workbooks.queries.quarantine import quarantined
from communitas.workbooks.queries.removals import removable, removable_one
from communitas.workbooks.views.frame import frame


@for_members
def removals(request: MemberRequest, pk: int) -> HttpResponse:
    """Every entry of a workbook, to find the words that must go."""
    workbook = load(queries.workbook, pk, actor=request.actor, may=policy.redact)
    words = request.GET.get("q", "")[:100]
    lines, found = removable(workbook, request.actor, words, request.now)
    context = frame(workbook) | {"lines": lines, "found": found, "words": words}
    return page(request, "workbooks/removals.html", context)


@for_members
def redact(request: MemberRequest, pk: int, event_id: UUID) -> HttpResponse:
    """Remove the words of one entry, with a reason."""
    workbook = load(queries.workbook, pk, actor=request.actor, may=policy.redact)
    found = removable_one(workbook, event_id, request.actor, request.now)
    if found is None:
        raise Http404
    event, line = found
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            actions.redact(workbook=workbook, event=event, reason=reason, by=request.user, at=request.now)
            messages.success(request, _("Removed. The entry stays in the history without its words."))
            return redirect("workbooks:removals", pk)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
    context = frame(workbook) | {"form": form, "line": line, "who": line.who}
    return page(request, "workbooks/redact.html", context, status=422 if form.errors else 200)


@for_members
def redact_quarantined(request: MemberRequest, pk: int) -> HttpResponse:
    """Remove the words of an answer that waits in quarantine, with a reason."""
    row = load(quarantined(), pk, actor=request.actor, may=policy.redact_quarantined)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            actions.redact_quarantined(quarantined=row, reason=reason, by=request.user, at=request.now)
            messages.success(request, _("Removed. What came stays listed without its words."))
            return redirect("workbooks:quarantined", pk)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
    context = {"form": form, "row": row, "who": row.author.display_name}
    return page(request, "workbooks/redact.html", context, status=422 if form.errors else 200)
