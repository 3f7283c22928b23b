"""Rules that two people set aside for one reviewer at one visit: proposed here, confirmed where such acts wait."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communitas.allocation import actions, policy, queries
from communitas.allocation.forms import OverrideForm
from communitas.allocation.models import Override
from communitas.allocation.views.deciding import carried_out, reviewer_named, taken_back, visit_meant
from communitas.kit.loading import load
from communitas.kit.prepared import Finder
from communitas.members.http import MemberRequest, for_members

OVERRIDE = Finder(lambda: Override.objects.select_related("visit__enrolment__cycle__network__tenant"))


@for_members
@require_POST
def override(request: MemberRequest, pk: int, community: int) -> HttpResponse:
    """Propose that somebody may visit in spite of the rules that keep them away. A second person decides."""
    found = load(queries.plan_named, pk, actor=request.actor, may=policy.propose_override)
    visit, form = visit_meant(found, community), OverrideForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please name the person and give a reason."))
        return redirect("allocation:visit", pk, community)
    account = reviewer_named(request, form.cleaned_data["account"])
    words = _("Proposed. The rules hold until a second person confirms it.")
    reason = form.cleaned_data["reason"]
    return carried_out(
        request, pk, community, actions.propose_override, words, visit=visit, account=account, reason=reason
    )


@for_members
@require_POST
def lift(request: MemberRequest, pk: int) -> HttpResponse:
    """Let the rules hold again."""
    found = load(OVERRIDE, pk, actor=request.actor, may=policy.override)
    return taken_back(request, found.visit, actions.lift_override, override=found)
