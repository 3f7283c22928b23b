"""Changes of one enrolment: a later date, a move by hand, a withdrawal, a change of its community, its modules."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from communitas.cycles import actions, policy, queries
from communitas.cycles.forms import ExtendForm, MergeForm, ModulesForm, ReasonForm, RenameForm, TypeForm
from communitas.cycles.models import Enrolment
from communitas.cycles.queries.enrolments import due_rows
from communitas.cycles.rules.changes import Change, effects
from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.kit.prepared import Finder
from communitas.members.http import MemberRequest, for_members

WHOLE = Finder(
    lambda: Enrolment.objects.select_related("cycle__network__tenant", "cycle__edition", "community", "service_type")
)
TITLES = {
    Change.WITHDRAW: (gettext_lazy("Withdraw from the cycle"), gettext_lazy("Withdraw")),
    Change.CLOSE: (gettext_lazy("The community closes"), gettext_lazy("Close the community")),
    Change.MERGE: (gettext_lazy("The community joins another one"), gettext_lazy("Merge")),
    Change.RENAME: (gettext_lazy("The community has a new name"), gettext_lazy("Rename")),
    Change.CHANGE_TYPE: (gettext_lazy("The community changes its type"), gettext_lazy("Change the type")),
}


@for_members
def extend(request: MemberRequest, pk: int) -> HttpResponse:
    """Give one due date a later day, with a reason."""
    found = load(WHOLE, pk, actor=request.actor, may=policy.extend)
    dues = due_rows(found, queries.today_in(request.network, request.now))
    initial = {"stage": request.GET.get("stage", found.stage)}
    form = ExtendForm(dues, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.extend(enrolment=found, by=request.user, at=request.now, **form.cleaned_data)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, _("The due date is extended."))
            return redirect(found)
    return page(request, "cycles/extend.html", {"enrolment": found, "form": form, "dues": dues})


@for_members
@require_POST
def move(request: MemberRequest, pk: int) -> HttpResponse:
    """A move that the office makes by hand."""
    found = load(WHOLE, pk, actor=request.actor, may=policy.change)
    verb, reason = request.POST.get("verb", ""), request.POST.get("reason", "")
    try:
        if verb == "reinstate":
            actions.reinstate(enrolment=found, reason=reason, by=request.user, at=request.now)
        elif verb == "open_self_review":
            actions.open_self_review(enrolment=found, by=request.user, at=request.now)
        elif verb == "complete":
            actions.complete(enrolment=found, by=request.user, at=request.now)
        else:
            raise Http404
    except NotAllowed as refused:
        messages.error(request, refused.why)
    else:
        words = {"name": found.community_name, "stage": found.get_stage_display()}
        messages.success(request, _("%(name)s now stands at: %(stage)s.") % words)
    return redirect(found)


@for_members
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """The community leaves the cycle: says what that means, asks for the reason."""
    found = load(WHOLE, pk, actor=request.actor, may=policy.withdraw)
    return _change(request, found, Change.WITHDRAW)


@for_members
def change(request: MemberRequest, pk: int, kind: str) -> HttpResponse:
    """The community closes, merges, is renamed or changes its type."""
    found = load(WHOLE, pk, actor=request.actor, may=policy.change)
    name = kind.replace("-", "_")
    if name not in {each.value for each in Change} - {Change.WITHDRAW.value}:
        raise Http404
    return _change(request, found, Change(name))


@for_members
def modules(request: MemberRequest, pk: int) -> HttpResponse:
    """Choose the optional modules of one community."""
    found = load(WHOLE, pk, actor=request.actor, may=policy.change)
    form = ModulesForm(found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_modules(enrolment=found, by=request.user, at=request.now, **form.cleaned_data)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, _("Saved."))
            return redirect(found)
    return page(request, "cycles/modules.html", {"enrolment": found, "form": form})


def _change(request: MemberRequest, found: Enrolment, kind: Change) -> HttpResponse:
    form = _form(request, found, kind)
    if request.method == "POST" and form.is_valid():
        try:
            _act(request, found, kind, form.cleaned_data)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, _("Recorded: %(what)s.") % {"what": TITLES[kind][0]})
            return redirect(found)
    title, label = TITLES[kind]
    other = {Change.MERGE: _("the other community"), Change.RENAME: _("the new name")}.get(kind, _("the new type"))
    context = {
        "enrolment": found,
        "form": form,
        "title": title,
        "label": label,
        "effects": effects(kind, community=found.community_name, other=other),
        "harmless": kind in {Change.RENAME, Change.CHANGE_TYPE},
        "office": policy.change.allows(request.actor, found),
    }
    return page(request, "cycles/change.html", context)


def _form(request: MemberRequest, found: Enrolment, kind: Change) -> Form:
    data = request.POST if request.method == "POST" else None
    if kind == Change.MERGE:
        return MergeForm(found, data)
    if kind == Change.CHANGE_TYPE:
        return TypeForm(found, data)
    return RenameForm(data) if kind == Change.RENAME else ReasonForm(data)


def _act(request: MemberRequest, found: Enrolment, kind: Change, cleaned: dict[str, Any]) -> None:
    reason, by, at = cleaned["reason"], request.user, request.now
    if kind == Change.WITHDRAW:
        actions.withdraw(enrolment=found, reason=reason, by=by, at=at)
    elif kind == Change.CLOSE:
        actions.close_community(enrolment=found, reason=reason, by=by, at=at)
    elif kind == Change.MERGE:
        actions.merge(enrolment=found, into=cleaned["other"], reason=reason, by=by, at=at)
    elif kind == Change.RENAME:
        actions.rename(enrolment=found, name=cleaned["other"], reason=reason, by=by, at=at)
    else:
        actions.change_type(enrolment=found, service_type=cleaned["other"], reason=reason, by=by, at=at)
