"""Sending a self-review, and opening it again."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.workbooks import actions, policy, queries
from communitas.workbooks.forms import ReasonForm, SendForm
from communitas.workbooks.queries import on_paper, sides
from communitas.workbooks.views.frame import frame
from communitas.workbooks.views.self_review import gap_of


@for_members
def send(request: MemberRequest, pk: int) -> HttpResponse:
    """What is missing, what happens next, and the button."""
    workbook = load(queries.self_review, pk, actor=request.actor, may=policy.send_self)
    form = SendForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.send(workbook=workbook, reason=form.cleaned_data["reason"], by=request.user, at=request.now)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, _("Your self-review is sent. Thank you all for the work in it."))
            return redirect(workbook)
    missing = [gap_of(workbook, gap) for gap in queries.missing_in(workbook)]
    context = frame(workbook) | _sending(form, missing) | {"views": sides.views(workbook, request.now)}
    context["on_paper"] = on_paper.still_on_paper(workbook)
    return page(request, "workbooks/confirm.html", context)


@for_members
def reopen(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a self-review back to the community, with a reason."""
    workbook = load(queries.self_review, pk, actor=request.actor, may=policy.reopen_self)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reopen_self_review(
                workbook=workbook, reason=form.cleaned_data["reason"], by=request.user, at=request.now
            )
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, _("The self-review is open again. The community lead is told why."))
            return redirect(workbook)
    words = {
        "form": form,
        "title": _("Open the self-review again"),
        "lead": _("The community can change its answers until it sends them again. Nothing is lost."),
        "label": _("Open it again"),
    }
    return page(request, "workbooks/confirm.html", frame(workbook) | words)


def _sending(form: Form, missing: list[dict[str, Any]]) -> dict[str, Any]:
    if not missing:
        form.fields.pop("reason")
    return {
        "form": form,
        "title": _("Send the self-review"),
        "lead": _("When it is sent, it is locked and the visit team may read it. The office can open it again."),
        "label": _("Send self-review"),
        "missing": missing,
        "missing_title": _("Not answered yet"),
        "note": _("You can send it like this if you say why. Or go back: everything is saved.") if missing else "",
    }
