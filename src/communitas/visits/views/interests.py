"""Declared interests: a person's own, and all of them for the office."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communitas.kit.exceptions import NotAllowed
from communitas.kit.lists import ListSpec
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.members.models import Community, Organisation
from communitas.visits import actions, policy, queries
from communitas.visits.forms import InterestForm
from communitas.visits.interest_lists import DERIVED, INTERESTS, WHICH, derived_list
from communitas.visits.models import Interest


@for_members
def interests(request: MemberRequest) -> HttpResponse:
    """One's own interests, and a form to declare another."""
    policy.declare_interest.require(request.actor, request.network)
    communities = Community.objects.filter(network=request.network, status=Community.Status.ACTIVE)
    organisations = Organisation.objects.filter(network=request.network)
    form = InterestForm(request.POST or None, communities=communities, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        try:
            actions.declare_interest(by=request.user, at=request.now, **form.cleaned_data)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, _("Declared. You will not be asked to review there."))
            return redirect("visits:interests")
    context = {
        "form": form,
        "own": _here(request).filter(account=request.user),
        "derived": queries.derived_of(request.network, request.user, now=request.now),
    }
    return page(request, "visits/interests.html", context, status=422 if form.errors else 200)


@require_POST
@for_members
def withdraw_interest(request: MemberRequest, pk: int) -> HttpResponse:
    """Withdraw an interest that is over."""
    interest = load(_here(request), pk, actor=request.actor, may=policy.own_interest)
    try:
        actions.withdraw_interest(interest=interest, by=request.user, at=request.now)
    except NotAllowed as refused:
        messages.error(request, refused.why)
    else:
        messages.success(request, _("Withdrawn. The declaration stays on record."))
    return redirect("visits:interests")


@for_members
def all_interests(request: MemberRequest) -> HttpResponse:
    """Every declared interest, for the office; or what follows from people's roles."""
    policy.read_interests.require(request.actor, request.network)
    spec: ListSpec = INTERESTS
    rows: QuerySet[Any] = _here(request)
    if request.GET.get(WHICH.key) == DERIVED:
        spec = derived_list(queries.settings_of(request.network).former_years)
        rows = queries.derived_rows(request.network, now=request.now)
    if spec.wants_download(request):
        return spec.download(rows, request)
    return page(request, "visits/all_interests.html", {"listing": spec.read(rows, request)}, partial="list")


def _here(request: MemberRequest) -> QuerySet[Interest]:
    """The interests of the network in whose pages one is."""
    network = request.network
    found = Interest.objects.filter(Q(community__network=network) | Q(organisation__network=network))
    return found.select_related("account", "community__network__tenant", "organisation__network__tenant")
