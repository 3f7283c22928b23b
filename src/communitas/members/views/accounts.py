"""Accounts without an address, their printed cards, and accounts that are closed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from communitas.kit.addresses import address_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members import actions, policy, queries
from communitas.members.forms import AccountForm, ReasonForm
from communitas.members.http import MemberRequest, for_members
from communitas.members.models import Community
from communitas.members.views.answers import form_page
from communitas.members.views.communities import of
from communitas.people.models import Account


@never_cache
@for_members
def account_add(request: MemberRequest, pk: int) -> HttpResponse:
    """An account with a username; the card with its code is shown once, to be printed."""
    found = load(of(request), pk, actor=request.actor, may=policy.create_without_email)
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account, code = actions.create_account_without_email(
                community=found, **form.cleaned_data, by=request.user, at=request.now
            )
        except NotAllowed as refused:
            form.add_error("username", refused.why)
        else:
            return _card(request, found, account, code)
    title = _("Make an account for somebody at %(name)s") % {"name": found.name}
    back = reverse("members:community_people", args=[pk])
    note = _("You get a card with a code to print. It works once, for 14 days.")
    return form_page(request, form, title=title, label=_("Make the account"), back=back, note=note)


@never_cache
@for_members
@require_POST
def code_new(request: MemberRequest, pk: int, account: int) -> HttpResponse:
    """A new card for somebody of the community who has no address; the old card stops working."""
    found = load(of(request), pk, actor=request.actor, may=policy.create_without_email)
    held = [grant for grant in queries.people_in(found) if grant.account_id == account]
    if not held:
        raise Http404
    person = held[0].account
    try:
        code = actions.make_new_code(account=person, network=request.network, by=request.user, at=request.now)
    except NotAllowed as refused:
        messages.error(request, refused.why)
        return redirect("members:community_people", pk)
    return _card(request, found, person, code)


def _card(request: MemberRequest, community: Community, account: Account, code: str) -> HttpResponse:
    where = address_of(request.network.slug, "people:code")
    return page(request, "members/card.html", {"community": community, "person": account, "code": code, "where": where})


@for_members
def account_suspend(request: MemberRequest, pk: int) -> HttpResponse:
    """Close an account or open it again: the site administrator's, with a reason."""
    found = get_object_or_404(Account, pk=pk) if request.actor.administrator else None
    if found is None:
        raise Http404
    policy.suspend_account.require(request.actor, found)
    act = actions.suspend_account if found.is_active else actions.restore_account
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(account=found, network=request.network, **form.cleaned_data, by=request.user, at=request.now)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, _("Done. It stands in the audit trail with its reason."))
            return redirect("web:home")
    title = _("Close the account of %(name)s?") if found.is_active else _("Open the account of %(name)s again?")
    label = _("Close the account") if found.is_active else _("Open the account again")
    return form_page(request, form, title=title % {"name": found.display_name}, label=label, back=reverse("web:home"))
