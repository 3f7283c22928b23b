"""A plan: its visits, what changed since the one before, one visit with who else could sit there, and accepting it."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communitas.allocation import actions, policy, queries
from communitas.allocation.lists import plan_list, visits_in
from communitas.allocation.models import Plan
from communitas.allocation.queries import following, needed, screens
from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members


@for_members
def plan(request: MemberRequest, pk: int) -> HttpResponse:
    """The visits of a plan, searched and filtered; beside it what differs from another plan of the cycle."""
    found = load(queries.plan_named, pk, actor=request.actor, may=policy.read)
    told, names = screens.told_of(found)
    spec, visits = plan_list(found, told, names), visits_in(found, told)
    if spec.wants_download(request):
        return spec.download(visits, request)
    others = list(queries.plans_of(found.cycle).exclude(pk=pk)[:50])
    other = _other(found, others, request.GET.get("with", ""))
    context = {
        "plan": found,
        "listing": spec.read(visits, request),
        "drawing": screens.drawn(found, names),
        "figures": screens.figures(found, told),
        "others": others,
        "other": other,
        "moved": screens.moved(other, found, names) if other else [],
        "settled": screens.settled_between(other, found) if other else 0,
        "shared": bool(other and queries.hosts_of(other) & queries.hosts_of(found)),
        "supposition": screens.supposition(found, names),
        **_arranged(found, request.now),
        "is_newest": not any(one.number > found.number and one.supposed is None for one in others),
    }
    return page(request, "allocation/plan.html", context, partial="list")


def _arranged(found: Plan, at: datetime) -> dict[str, Any]:
    """Who accepted the plan, and how many of its visits are left where its work broke off."""
    acceptance = queries.acceptance_of(found)
    left = queries.left_to_arrange(found) if acceptance and not queries.is_arranging(acceptance, at=at) else []
    return {"acceptance": acceptance, "left": len(left)}


def _other(found: Plan, others: list[Plan], wanted: str) -> Plan | None:
    """The plan to compare with: the one that was asked for, or the one before."""
    chosen = next((one for one in others if str(one.number) == wanted), None)
    return chosen or next((one for one in others if one.number < found.number and one.supposed is None), None)


@for_members
@require_POST
def go_on(request: MemberRequest, pk: int) -> HttpResponse:
    """Arrange the visits of an accepted plan that are left, in the background."""
    found = load(queries.plan_named, pk, actor=request.actor, may=policy.accept)
    try:
        job = actions.go_on(plan=found, by=request.user, at=request.now)
    except NotAllowed as refused:
        messages.error(request, refused.why)
        return redirect("allocation:plan", pk)
    return redirect("web:job", job.pk)


@for_members
def visit(request: MemberRequest, pk: int, community: int) -> HttpResponse:
    """One visit of a plan, seat by seat, and for one seat who else could sit there and what each would cost."""
    found = load(queries.plan_named, pk, actor=request.actor, may=policy.read)
    told, names = screens.told_of(found)
    if f"c{community}" not in told:
        raise Http404
    seat, leaving = request.GET.get("seat", ""), request.GET.get("leaving") or None
    host, at = f"c{community}", request.now
    choice = screens.choice_for(found, host, seat, leaving, names, at=at) if seat else None
    context = {
        "plan": found,
        "community": community,
        "name": names.get(host, ""),
        "willing": needed.offered_to(found.cycle, community, told[host].on) if seat else set(),
        "choice": choice,
        "arranged": queries.visit_of(found, community),
        "offers": following.offers_in(found, community),
        **screens.visit_in(found, community, told[host], names),
    }
    return page(request, "allocation/visit.html", context)


@for_members
@require_POST
def accept(request: MemberRequest, pk: int) -> HttpResponse:
    """Accept the plan: dates are locked and people asked."""
    found = load(queries.plan_named, pk, actor=request.actor, may=policy.accept)
    try:
        accepted = actions.accept(plan=found, by=request.user, at=request.now)
    except NotAllowed as refused:
        messages.error(request, refused.why)
    else:
        if accepted.job_id:
            return redirect("web:job", accepted.job_id)
        messages.success(request, _("The plan is accepted: its dates are locked, and its people have been asked."))
    return redirect("allocation:plan", pk)
