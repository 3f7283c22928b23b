"""People: of a community, of the network, one person with the roles held here."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members import actions, policy, queries
from communitas.members.forms import GrantForm, ReasonForm
from communitas.members.http import MemberRequest, for_members
from communitas.members.models import Community, RoleGrant
from communitas.members.views.answers import form_page
from communitas.members.views.communities import of
from communitas.members.views.lists import PEOPLE
from communitas.people.models import Account


@for_members
def community_people(request: MemberRequest, pk: int) -> HttpResponse:
    """Who belongs to a community, who is invited, and the ways to add somebody."""
    found = load(of(request), pk, actor=request.actor, may=policy.list_people)
    manages = policy.grant_member.allows(request.actor, found)
    invitations = queries.invitations_of(request.network, community_id=pk) if manages else []
    context = {
        "community": found,
        "people": [
            {
                "grant": grant,
                "contact": grant.account.email if policy.read_contact.allows(request.actor, grant) else None,
                "may_end": policy.end_role.allows(request.actor, grant),
                "may_code": manages and not grant.account.email and grant.account_id != request.user.pk,
            }
            for grant in queries.people_in(found)
        ],
        "invitations": [each for each in invitations if policy.manage_invitation.allows(request.actor, each)],
        "manages": manages,
    }
    return page(request, "members/community_people.html", context)


@for_members
def people(request: MemberRequest) -> HttpResponse:
    """Everybody in the network, for the office: one line for each role."""
    policy.list_network_people.require(request.actor, request.network)
    rows = queries.people_of_network(request.network, at=request.now)
    if PEOPLE.wants_download(request):
        return PEOPLE.download(rows, request)
    context = {"listing": PEOPLE.read(rows, request), "invitations": list(queries.invitations_of(request.network))}
    return page(request, "members/people.html", context, partial="list")


def person_here(request: MemberRequest, pk: int) -> Account:
    """Somebody who holds or held a role in this network; anybody else is not there."""
    policy.list_network_people.require(request.actor, request.network)
    found = queries.person_in_network(request.network, pk)
    if found is None:
        raise Http404
    return found


@for_members
def person(request: MemberRequest, pk: int) -> HttpResponse:
    """One person for the office: how to reach them, the roles held here with their history, one role more."""
    found = person_here(request, pk)
    form = GrantForm(request.POST or None, network=request.network)
    if request.method == "POST" and form.is_valid():
        try:
            actions.grant_role(
                account=found, network=request.network, **form.cleaned_data, by=request.user, at=request.now
            )
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, _("%(name)s has the role now.") % {"name": found.display_name})
            return redirect("members:person", pk)
    context = {
        "person": found,
        "grants": queries.roles_in_network(found, request.network),
        "form": form,
        "may_suspend": policy.suspend_account.allows(request.actor, found),
    }
    return page(request, "members/person.html", context)


@for_members
def role_end(request: MemberRequest, pk: int) -> HttpResponse:
    """End a role, with a reason."""
    held = RoleGrant.objects.filter(network=request.network).select_related("account", "community", "network__tenant")
    grant = load(held, pk, actor=request.actor, may=policy.end_role)
    back = _after(grant.community)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_role(grant=grant, **form.cleaned_data, by=request.user, at=request.now)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, _("The role has ended. What was done in it stays."))
            return redirect(back)
    title = _("End the role '%(role)s' of %(name)s?") % {
        "role": grant.get_role_display(),
        "name": grant.account.display_name,
    }
    note = _("Its rights are gone at once. You can give the role again.")
    return form_page(request, form, title=title, label=_("End the role"), back=back, note=note, kind="danger")


def _after(community: Community | None) -> str:
    return reverse("members:community_people", args=[community.pk]) if community else reverse("members:people")
