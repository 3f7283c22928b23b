"""The membership of a community."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.members import actions, policy
from communitas.members.forms import EditMembershipForm, MembershipForm
from communitas.members.http import MemberRequest, for_members
from communitas.members.views.answers import form_page
from communitas.members.views.communities import of


@for_members
def membership_change(request: MemberRequest, pk: int) -> HttpResponse:
    """Another membership from a day on."""
    found = load(of(request), pk, actor=request.actor, may=policy.manage_membership)
    back = reverse("members:community", args=[pk])
    form = MembershipForm(request.POST or None, initial={"since": request.now.date()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_membership(community=found, **form.cleaned_data, by=request.user, at=request.now)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, _("The membership is recorded."))
            return redirect(back)
    title = _("Another membership for %(name)s") % {"name": found.name}
    return form_page(request, form, title=title, label=_("Record the membership"), back=back)


@for_members
def membership_edit(request: MemberRequest, pk: int, membership: int) -> HttpResponse:
    """Fee, payment, end and note of one membership."""
    found = load(of(request), pk, actor=request.actor, may=policy.manage_membership)
    edited = found.memberships.filter(pk=membership).first()
    if edited is None:
        raise Http404
    back = reverse("members:community", args=[pk])
    initial = {name: getattr(edited, name) for name in ("fee", "fee_paid_on", "until", "note")}
    form = EditMembershipForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_membership(membership=edited, **form.cleaned_data, by=request.user, at=request.now)
        except NotAllowed as refused:
            form.add_error("until", refused.why)
        else:
            messages.success(request, _("The membership is saved."))
            return redirect(back)
    return form_page(request, form, title=str(edited), label=_("Save the membership"), back=back)
