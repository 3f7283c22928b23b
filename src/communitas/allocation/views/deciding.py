"""What the office decides about one visit of a plan: swap, pin, keep somebody off, and take that back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communitas.allocation import actions, policy, queries
from communitas.allocation.forms import ForbidForm, PinForm, SwapForm
from communitas.allocation.models import Forbidden, Pin, Plan
from communitas.allocation.queries import preparing
from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.prepared import Finder
from communitas.members.http import MemberRequest, for_members
from communitas.people.models import Account
from communitas.visits.models import Visit

PIN = Finder(lambda: Pin.objects.select_related("visit__enrolment__cycle__network__tenant"))
FORBIDDEN = Finder(lambda: Forbidden.objects.select_related("visit__enrolment__cycle__network__tenant"))


@for_members
@require_POST
def swap(request: MemberRequest, pk: int, community: int) -> HttpResponse:
    """Put somebody else in a seat: a new plan comes of it."""
    found = load(queries.plan_named, pk, actor=request.actor, may=policy.pin)
    form = SwapForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose a seat and a person."))
        return redirect("allocation:visit", pk, community)
    said = form.cleaned_data | {"leaving": form.cleaned_data["leaving"] or None}
    try:
        new = actions.swap(plan=found, host=f"c{community}", by=request.user, at=request.now, **said)
    except NotAllowed as refused:
        messages.error(request, refused.why)
        return redirect("allocation:visit", pk, community)
    messages.success(request, _("Plan %(number)s has the change. The plan before stays as it was.") % vars(new))
    return redirect("allocation:visit", new.pk, community)


@for_members
@require_POST
def pin(request: MemberRequest, pk: int, community: int) -> HttpResponse:
    """Let every plan keep to the date of this one, and to a person where one is named."""
    found = load(queries.plan_named, pk, actor=request.actor, may=policy.pin)
    visit, on = visit_meant(found, community), queries.day_of(found, f"c{community}")
    form = PinForm(request.POST)
    if not form.is_valid() or on is None:
        messages.error(request, _("Please choose a visit that has a date."))
        return redirect("allocation:visit", pk, community)
    account = reviewer_named(request, form.cleaned_data["account"])
    said = {"on": on, "account": account, "seat": form.cleaned_data["seat"]}
    words = _("Pinned. Every plan that is proposed from now on keeps to it.")
    return carried_out(request, pk, community, actions.pin, words, visit=visit, **said)


@for_members
@require_POST
def forbid(request: MemberRequest, pk: int, community: int) -> HttpResponse:
    """Keep somebody off the visit, with a reason."""
    found = load(queries.plan_named, pk, actor=request.actor, may=policy.pin)
    visit, form = visit_meant(found, community), ForbidForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please name the person and give a reason."))
        return redirect("allocation:visit", pk, community)
    account = reviewer_named(request, form.cleaned_data["account"])
    words = _("No plan that is proposed from now on puts this person there.")
    reason = form.cleaned_data["reason"]
    return carried_out(request, pk, community, actions.forbid, words, visit=visit, account=account, reason=reason)


@for_members
@require_POST
def unpin(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a pin back."""
    found = load(PIN, pk, actor=request.actor, may=policy.take_back)
    return taken_back(request, found.visit, actions.unpin, pin=found)


@for_members
@require_POST
def allow_again(request: MemberRequest, pk: int) -> HttpResponse:
    """Let a plan put somebody on a visit again."""
    found = load(FORBIDDEN, pk, actor=request.actor, may=policy.take_back)
    return taken_back(request, found.visit, actions.allow_again, forbidden=found)


def carried_out(request: MemberRequest, pk: int, community: int, act: Any, words: str, **said: Any) -> HttpResponse:
    """Do it and say so, or say why not; then back to the visit."""
    try:
        act(by=request.user, at=request.now, **said)
    except NotAllowed as refused:
        messages.error(request, refused.why)
    else:
        messages.success(request, words)
    return redirect("allocation:visit", pk, community)


def taken_back(request: MemberRequest, visit: Visit, act: Any, **said: Any) -> HttpResponse:
    """Take it back, or say why not; then on to the visit in the newest plan that holds it."""
    try:
        act(by=request.user, at=request.now, **said)
    except NotAllowed as refused:
        messages.error(request, refused.why)
    else:
        messages.success(request, _("Taken back."))
    newest = queries.newest_of(visit.enrolment.cycle)
    if newest is None or not queries.is_in(newest, f"c{visit.enrolment.community_id}"):
        return redirect("allocation:cycle", visit.enrolment.cycle_id)
    return redirect("allocation:visit", newest.pk, visit.enrolment.community_id)


def visit_meant(plan: Plan, community: int) -> Visit:
    """The visit that the plan means by a community; 404 for one that it does not hold."""
    found = queries.visit_of(plan, community)
    if found is None:
        raise Http404
    return found


def reviewer_named(request: MemberRequest, pk: int | None) -> Account | None:
    """Somebody who may review in the network; 404 for anybody else."""
    if pk is None:
        return None
    found = preparing.reviewer_of(request.network, pk, at=request.now)
    if found is None:
        raise Http404
    return found
