"""A reviewer's own notes: nobody else ever reads them, and they never reach the report."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.workbooks import actions, policy, queries
from communitas.workbooks.day_forms import NoteForm
from communitas.workbooks.models import Workbook
from communitas.workbooks.queries import book_of
from communitas.workbooks.queries.notes import own_notes
from communitas.workbooks.rules.registers import PRIVATE_NOTE
from communitas.workbooks.views.frame import frame


@for_members
def notes(request: MemberRequest, pk: int) -> HttpResponse:
    """One's own notes: write one, or take one back."""
    workbook = load(queries.peer_review, pk, actor=request.actor, may=policy.keep_note)
    book = book_of(workbook.review.enrolment)
    form = NoteForm(request.POST or None, book, initial=request.GET.dict())
    if request.method == "POST" and (form.is_valid() or "take_back" in request.POST):
        try:
            _write(request, workbook, form)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, _("Saved. Only you read it."))
            return redirect("workbooks:notes", pk)
    own = [{"note": note, "at": parse_datetime(note.made_at)} for note in own_notes(workbook, book, request.user)]
    context = frame(workbook) | {"form": form, "notes": own}
    return page(request, "workbooks/notes.html", context, status=422 if form.errors else 200)


def _write(request: MemberRequest, workbook: Workbook, form: forms.Form) -> None:
    role = queries.writer_of(workbook, request.actor).role
    if taken := request.POST.get("take_back", ""):
        mine = own_notes(workbook, book_of(workbook.review.enrolment), request.user)
        if taken not in {note.event_id for note in mine}:
            raise NotAllowed(_("There is nothing here to take back."))
        actions.take_back_note(workbook=workbook, event_id=taken, role=role, by=request.user, at=request.now)
        return
    actions.write_note(
        workbook=workbook,
        criterion_key=form.cleaned_data["criterion"] or None,
        register=PRIVATE_NOTE,
        text=form.cleaned_data["text"],
        role=role,
        by=request.user,
        at=request.now,
    )
