"""Communities: the list, the public directory, the page of one, its profile and what happens to it."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members import actions, policy, queries, slots
from communitas.members.actors import Actor
from communitas.members.forms import AddForm, ChangeForm, ProfileForm
from communitas.members.http import MemberRequest, NetworkRequest, for_members, of_network
from communitas.members.models import Community
from communitas.members.rules.changing import STANDING
from communitas.members.rules.roles import COMMUNITY_ROLES
from communitas.members.views.answers import form_page
from communitas.members.views.lists import COMMUNITIES, DIRECTORY, OWN


def of(request: NetworkRequest) -> QuerySet[Community]:
    """The communities of the network of the address, ready for a page."""
    found = Community.objects.filter(network=request.network)
    return found.select_related("network__tenant", "service_type", "organisation")


def is_insider(actor: Actor, community: Community) -> bool:
    """Whether the person may know a hidden address: people of the community, and the office."""
    own = any(community.pk in actor.communities_as(role) for role in COMMUNITY_ROLES)
    return own or actor.holds("office", community.network_id)


@for_members
def communities(request: MemberRequest) -> HttpResponse:
    """The communities whose profile the person may read; the office gets all columns and downloads."""
    office = policy.create_community.allows(request.actor, request.network)
    spec = COMMUNITIES if office else OWN
    rows = policy.read_profile.visible(
        queries.listed_communities(request.network, on=request.now.date()), request.actor
    )
    if spec.wants_download(request):
        return spec.download(rows, request)
    context = {"listing": spec.read(rows, request), "office": office}
    return page(request, "members/communities.html", context, partial="list")


@of_network
def directory(request: NetworkRequest) -> HttpResponse:
    """The active communities, for everybody; hidden places stay hidden."""
    rows = policy.read_directory.visible(
        queries.listed_communities(request.network, on=request.now.date()), request.actor
    )
    rows = rows.filter(status=Community.Status.ACTIVE)
    if DIRECTORY.wants_download(request):
        return DIRECTORY.download(rows, request)
    return page(request, "members/directory.html", {"listing": DIRECTORY.read(rows, request)}, partial="list")


@for_members
def community(request: MemberRequest, pk: int) -> HttpResponse:
    """One community: what it is, its membership, its people's number, its history."""
    found = load(of(request), pk, actor=request.actor, may=policy.read_profile)
    memberships = list(found.memberships.all()) if policy.read_membership.allows(request.actor, found) else None
    context = {
        "community": found,
        "lines": queries.profile_lines(found, insider=is_insider(request.actor, found)),
        "memberships": memberships,
        "history": queries.community_history(found),
        "notes": [note for notes in slots.about_community.ask([found.pk]).get(found.pk, []) for note in notes],
        **_allowed(request.actor, found),
    }
    return page(request, "members/community.html", context)


def _allowed(actor: Actor, found: Community) -> dict[str, object]:
    may_change = policy.change_community.allows(actor, found)
    return {
        "may_manage_membership": policy.manage_membership.allows(actor, found),
        "may_edit": policy.update_profile.allows(actor, found),
        "sees_people": policy.list_people.allows(actor, found),
        "changes": STANDING.allowed(found.status) if may_change else (),
    }


@for_members
def community_add(request: MemberRequest) -> HttpResponse:
    """A new community with its first membership."""
    policy.create_community.require(request.actor, request.network)
    form = AddForm(request.POST or None, network=request.network, initial={"since": request.now.date()})
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.join(network=request.network, **form.cleaned_data, by=request.user, at=request.now)
        except NotAllowed as refused:
            form.add_error("code", refused.why)
        else:
            messages.success(request, _("%(name)s is a member now. Invite its community lead next.") % {"name": added})
            return redirect("members:community", added.pk)
    back = reverse("members:communities")
    return form_page(request, form, title=_("Add a community"), label=_("Add the community"), back=back)


@for_members
def community_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """The profile, kept by the community lead and the office."""
    found = load(of(request), pk, actor=request.actor, may=policy.update_profile)
    may_move = policy.change_community.allows(request.actor, found)
    back = reverse("members:community", args=[pk])
    form = ProfileForm(request.POST or None, instance=found, network=request.network, may_move=may_move)
    if request.method == "POST" and form.is_valid():
        fresh = of(request).get(pk=pk)  # the form has filled the one it was given
        actions.edit_community(community=fresh, profile=form.cleaned_data, by=request.user, at=request.now)
        messages.success(request, _("The profile is saved."))
        return redirect(back)
    title = _("Profile of %(name)s") % {"name": found.name}
    return form_page(request, form, title=title, label=_("Save the profile"), back=back)


@for_members
def community_change(request: MemberRequest, pk: int, kind: str) -> HttpResponse:
    """Rename, change the type, close, merge, withdraw or take back: with a reason and a day."""
    found = load(of(request), pk, actor=request.actor, may=policy.change_community)
    move = next((each for each in STANDING.allowed(found.status) if each.verb == kind), None)
    if move is None:
        raise Http404
    back = reverse("members:community", args=[pk])
    form = ChangeForm(request.POST or None, community=found, kind=kind, initial={"effective_on": request.now.date()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_community(community=found, kind=kind, **form.cleaned_data, by=request.user, at=request.now)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, _("Recorded. It stands in the history with its reason."))
            return redirect(back)
    title, label = f"{_(move.label)}: {found.name}", _(move.label)
    return form_page(
        request, form, title=title, label=label, back=back, kind="primary" if move.to is None else "danger"
    )
