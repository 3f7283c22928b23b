"""Invitations: into a community, into the network, and their acceptance."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members import actions, policy
from communitas.members.forms import AcceptForm, InviteForm, NetworkInviteForm
from communitas.members.forms.people import OF_A_LEAD, OF_THE_OFFICE
from communitas.members.http import MemberRequest, NetworkRequest, for_members, of_network
from communitas.members.models import Invitation
from communitas.members.rules.granting import TWO_PERSON_ROLES
from communitas.members.rules.invitations import hashed
from communitas.members.views.answers import form_page
from communitas.members.views.communities import of
from communitas.people.models import Account


@for_members
def community_invite(request: MemberRequest, pk: int) -> HttpResponse:
    """Invite somebody into a community; a lead invites staff and client members, the office community leads too."""
    found = load(of(request), pk, actor=request.actor, may=policy.send_invitation)
    roles = OF_THE_OFFICE if policy.grant_lead.allows(request.actor, found) else OF_A_LEAD
    form = InviteForm(request.POST or None, roles=roles)
    back = reverse("members:community_people", args=[pk])
    if request.method == "POST" and form.is_valid():
        try:
            policy.grant_member.require(request.actor, found)
            actions.invite(
                network=request.network, community=found, **form.cleaned_data, by=request.user, at=request.now
            )
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, _("The invitation is on its way to %(email)s.") % form.cleaned_data)
            return redirect(back)
    title = _("Invite somebody to %(name)s") % {"name": found.name}
    note = _("The link in the e-mail works for 14 days.")
    return form_page(request, form, title=title, label=_("Send the invitation"), back=back, note=note)


@for_members
def invite(request: MemberRequest) -> HttpResponse:
    """Invite a reviewer, or propose somebody for the office or the committee, which a colleague confirms."""
    policy.grant_in_network.require(request.actor, request.network)
    form = NetworkInviteForm(request.POST or None, network=request.network)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _invite(request, dict(form.cleaned_data)))
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            return redirect("members:people")
    note = _("Office and committee wait until a second person of the office confirms.")
    return form_page(
        request,
        form,
        title=_("Invite somebody to the network"),
        label=_("Send the invitation"),
        back=reverse("members:people"),
        note=note,
    )


def _invite(request: MemberRequest, values: dict[str, object]) -> str:
    common = {"network": request.network, "by": request.user, "at": request.now}
    if values["role"] in TWO_PERSON_ROLES:
        values.pop("community")
        actions.propose_invitation(**values, **common)  # type: ignore[arg-type]  # the form's clean values
        return _("Proposed. It waits for a second person of the office.")
    values.pop("duties")
    actions.invite(**values, **common)  # type: ignore[arg-type]  # likewise
    return _("The invitation is on its way to %(email)s.") % values


def _of(request: MemberRequest, pk: int) -> Invitation:
    found = Invitation.objects.filter(network=request.network).select_related("community", "network__tenant")
    return load(found, pk, actor=request.actor, may=policy.manage_invitation)


@for_members
@require_POST
def invitation_resend(request: MemberRequest, pk: int) -> HttpResponse:
    """Send a new link."""
    invitation = _of(request, pk)
    try:
        actions.resend_invitation(invitation=invitation, by=request.user, at=request.now)
        messages.success(request, _("A new link is on its way. The old one no longer works."))
    except NotAllowed as refused:
        messages.error(request, refused.why)
    return redirect(_back(invitation, request))


@for_members
@require_POST
def invitation_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = _of(request, pk)
    try:
        actions.withdraw_invitation(invitation=invitation, by=request.user, at=request.now)
        messages.success(request, _("The invitation is withdrawn. Its link no longer works."))
    except NotAllowed as refused:
        messages.error(request, refused.why)
    return redirect(_back(invitation, request))


def _back(invitation: Invitation, request: MemberRequest) -> str:
    community = invitation.community
    if community is not None and policy.list_people.allows(request.actor, community):
        return reverse("members:community_people", args=[community.pk])
    return reverse("web:home")


@never_cache
@of_network
def accept(request: NetworkRequest, secret: str) -> HttpResponse:
    """What the link of an invitation opens. Opening it changes nothing; the button does."""
    found = Invitation.objects.filter(network=request.network, secret_hash=hashed(secret))
    invitation = found.select_related("network__tenant", "community", "invited_by").first()
    account = request.user if isinstance(request.user, Account) else None
    if invitation is None or not _is_open(invitation, request):
        return page(request, "members/accept_gone.html", {}, status=404)
    known = Account.objects.filter(email__iexact=invitation.email).exists()
    form = AcceptForm(request.POST or None, initial={"display_name": invitation.display_name})
    if request.method == "POST" and (account is not None or form.is_valid()):
        try:
            values = {} if account else form.cleaned_data
            made = actions.accept_invitation(invitation=invitation, **values, by=account, at=request.now)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            return _welcome(request, made, new=account is None)
    context = {"invitation": invitation, "form": form, "known": known, "here": request.get_full_path()}
    return page(request, "members/accept.html", context)


def _is_open(invitation: Invitation, request: NetworkRequest) -> bool:
    settled = invitation.accepted_at or invitation.withdrawn_at or invitation.waiting
    return not settled and invitation.expires_at > request.now


def _welcome(request: HttpRequest, account: Account, *, new: bool) -> HttpResponse:
    if new:
        login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    messages.success(request, _("Welcome, %(name)s.") % {"name": account.display_name})
    return redirect("web:home")
