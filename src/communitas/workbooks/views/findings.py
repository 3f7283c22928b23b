"""What the team writes for the report: achievements, areas for improvement, feedback."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.workbooks import actions, policy, queries
from communitas.workbooks.forms import FindingForm
from communitas.workbooks.models import Workbook
from communitas.workbooks.queries import book_of
from communitas.workbooks.rules.registers import Register
from communitas.workbooks.views.frame import frame


@for_members
def findings(request: MemberRequest, pk: int) -> HttpResponse:
    """What was written so far; add to it, or take something back."""
    workbook = load(queries.peer_review, pk, actor=request.actor, may=policy.answer_peer)
    form = FindingForm(request.POST or None, book_of(workbook.review.enrolment), initial=request.GET.dict())
    if request.method == "POST" and (form.is_valid() or "take_back" in request.POST):
        try:
            _write(request, workbook, form)
        except NotAllowed as refused:
            messages.error(request, refused.why)
        else:
            messages.success(request, _("Saved."))
        return redirect("workbooks:findings", pk)
    context = frame(workbook) | {"form": form, "findings": queries.findings(workbook.review.enrolment)}
    return page(request, "workbooks/findings.html", context, status=422 if form.errors else 200)


def _write(request: MemberRequest, workbook: Workbook, form: FindingForm) -> None:
    """Store one finding, or take one back; the event it replaces says to which criterion it belongs."""
    role = queries.writer_of(workbook, request.actor).role
    if taken := request.POST.get("take_back", ""):
        actions.take_back_note(workbook=workbook, event_id=taken, role=role, by=request.user, at=request.now)
        return
    actions.write_note(
        workbook=workbook,
        criterion_key=form.cleaned_data["criterion"] or None,
        register=Register(form.cleaned_data["list"]),
        text=form.cleaned_data["text"],
        role=role,
        by=request.user,
        at=request.now,
    )
