"""How staff and client members see a criterion: written beside it, each in their own words."""

from collections.abc import Collection
from dataclasses import replace

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.members.http import MemberRequest, for_members
from communitas.workbooks import policy, queries
from communitas.workbooks.actions.sides import write_side
from communitas.workbooks.models import Workbook
from communitas.workbooks.queries import pages, screens
from communitas.workbooks.queries.sides import TITLES, reader_of, role_for
from communitas.workbooks.rules.events import TEXT_LIMIT
from communitas.workbooks.views.self_review import holding, place_of


class SideForm(forms.Form):
    """One's own view, and whose it is."""

    side = forms.ChoiceField(choices=list(TITLES.items()))
    text = forms.CharField(required=False, max_length=TEXT_LIMIT)


@for_members
@require_POST
def side(request: MemberRequest, pk: int, key: str) -> HttpResponse:
    """Save how the writer's group sees one criterion."""
    workbook = load(queries.self_review, pk, actor=request.actor, may=policy.answer_self)
    book, form = holding(workbook, key), SideForm(request.POST)
    seen = {one for one in request.POST.get("seen", "").split(",")[:50] if one}
    error = _("This was not saved: the text is too long.")
    if form.is_valid():
        error = _write(request, workbook, key, form, seen)
    if request.htmx:
        return _parts(request, workbook, key, request.POST.get("side", ""), error, seen)
    if error:
        messages.error(request, error)
    else:
        messages.success(request, _("Saved: %(code)s.") % {"code": book.criteria[key].code})
    return redirect(place_of(workbook, book, key, "section"))


def _write(request: MemberRequest, workbook: Workbook, key: str, form: SideForm, seen: set[str]) -> str:
    """Write it and add it to what was `seen`; why it was refused, or nothing."""
    given = form.cleaned_data
    try:
        written = write_side(
            workbook=workbook,
            criterion_key=key,
            side=given["side"],
            text=given["text"].replace("\r\n", "\n"),
            seen=seen,
            role=role_for(workbook, request.actor, given["side"]),
            by=request.user,
            at=request.now,
        )
    except NotAllowed as refused:
        return refused.why
    seen |= {outcome.event_id for outcome in written}
    return ""


def _parts(
    request: MemberRequest, workbook: Workbook, key: str, of: str, error: str, seen: Collection[str]
) -> HttpResponse:
    """The small parts that changed: what the field now holds for the server, and that it is saved."""
    reader = reader_of(workbook, request.actor, may_answer=True)
    [item] = pages.self_items(workbook, [holding(workbook, key).criteria[key]], reader, request.now)
    found = next((one for one in item.sides if one.of == of), None)
    if found:  # what the same person wrote meanwhile on another device is not seen yet
        found = replace(found, seen=",".join(one for one in found.seen.split(",") if one in seen))
    context = {"item": item, "side": found, "error": error, "when": screens.moment(request.now, request.now)}
    return render(request, "workbooks/_side_saved.html", context, status=422 if error else 200)
