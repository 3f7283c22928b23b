"""Declared interests: a person's own, and all of them for the office."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.members.models import Community
from communitas.visits import actions, policy
from communitas.visits.forms import InterestForm
from communitas.visits.lists import INTERESTS
from communitas.visits.models import Interest


@for_members
def interests(request: MemberRequest) -> HttpResponse:
    """One's own interests, and a form to declare another."""
    policy.declare_interest.require(request.actor, request.network)
    communities = Community.objects.filter(network=request.network, status=Community.Status.ACTIVE)
    form = InterestForm(request.POST or None, communities=communities)
    if request.method == "POST" and form.is_valid():
        try:
            actions.declare_interest(by=request.user, at=request.now, **form.cleaned_data)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, _("Declared. You will not be asked to review this community."))
            return redirect("visits:interests")
    own = Interest.objects.filter(account=request.user, community__network=request.network).select_related("community")
    return page(request, "visits/interests.html", {"form": form, "own": own}, status=422 if form.errors else 200)


@require_POST
@for_members
def withdraw_interest(request: MemberRequest, pk: int) -> HttpResponse:
    """Withdraw an interest that is over."""
    found = Interest.objects.select_related("community__network__tenant")
    interest = load(found, pk, actor=request.actor, may=policy.own_interest)
    try:
        actions.withdraw_interest(interest=interest, by=request.user, at=request.now)
    except NotAllowed as refused:
        messages.error(request, refused.why)
    else:
        messages.success(request, _("Withdrawn. The declaration stays on record."))
    return redirect("visits:interests")


@for_members
def all_interests(request: MemberRequest) -> HttpResponse:
    """Every declared interest, for the office."""
    policy.read_interests.require(request.actor, request.network)
    found = Interest.objects.filter(community__network=request.network).select_related("account", "community")
    if INTERESTS.wants_download(request):
        return INTERESTS.download(found, request)
    return page(request, "visits/all_interests.html", {"listing": INTERESTS.read(found, request)}, partial="list")
