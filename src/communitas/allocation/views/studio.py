"""The office's studio: what is missing, one button to have a plan proposed, how the search stands, and the plans."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communitas.allocation import actions, policy, queries
from communitas.allocation.forms import ProposeForm, WhatIfForm
from communitas.allocation.lists import history_list
from communitas.allocation.models import Run
from communitas.allocation.queries import following, needed, preparing, screens
from communitas.cycles.models import Cycle
from communitas.cycles.queries import today_in
from communitas.cycles.queries.rounds import current_cycle
from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.kit.prepared import Finder
from communitas.members.http import MemberRequest, NetworkRequest, for_members, of_network

SHOWN = 6  # plans on the studio's first page; all of them stand on the page behind it
WHOLE = Finder(lambda: Cycle.objects.select_related("network__tenant"))
RUN = Finder(lambda: Run.objects.select_related("cycle__network__tenant"))


@for_members
def now(request: MemberRequest) -> HttpResponse:
    """The way from the navigation to the studio of the cycle that people mean by 'the cycle'."""
    policy.list_plans.require(request.actor, request.network)
    found = current_cycle(request.network)
    return redirect("allocation:cycle", found.pk) if found else page(request, "allocation/no_cycle.html", {})


@for_members
def cycle(request: MemberRequest, pk: int) -> HttpResponse:
    """What is missing, the button, the search, and the plans so far."""
    found = load(WHOLE, pk, actor=request.actor, may=policy.read_cycle)
    today = today_in(request.network, request.now)
    stated = queries.state_problem(found, on=today, at=request.now)
    plans, run = list(queries.plans_of(found)[:SHOWN]), queries.last_run(found)
    context = {
        "cycle": found,
        "stated": stated,
        "groups": queries.grouped(stated.gaps),
        "offers": needed.offers_of(found, on=today),
        "hosts": len(stated.content["hosts"]),
        "reviewers": len(stated.content["reviewers"]),
        "run": run,
        "is_lost": run is not None and queries.is_lost(run, at=request.now),
        "plans": plans,
        "newest": next((one for one in plans if one.supposed is None), None),
        "form": ProposeForm(),
        "short": following.without_reserves(found, on=today_in(request.network, request.now)),
        "overrides": screens.told_overrides(queries.overrides_in(found)),
        "ready": stated.problem is not None and bool(stated.visits) and found.state != Cycle.State.CLOSED,
    }
    return page(request, "allocation/cycle.html", context)


@for_members
def plans(request: MemberRequest, pk: int) -> HttpResponse:
    """Every plan of a cycle, searched, sorted and downloaded."""
    found = load(WHOLE, pk, actor=request.actor, may=policy.read_cycle)
    spec, rows = history_list(found), queries.plans_of(found)
    if spec.wants_download(request):
        return spec.download(rows, request)
    return page(request, "allocation/plans.html", {"cycle": found, "listing": spec.read(rows, request)}, partial="list")


@for_members
@require_POST
def propose(request: MemberRequest, pk: int) -> HttpResponse:
    """Begin to look for a plan. The page of the work can be left."""
    found = load(WHOLE, pk, actor=request.actor, may=policy.propose)
    form = ProposeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose how long to look."))
        return redirect("allocation:cycle", pk)
    keep = queries.newest_of(found) if form.cleaned_data["keep"] else None
    try:
        run = actions.propose(
            cycle=found, seconds=form.cleaned_data["seconds"], keep=keep, by=request.user, at=request.now
        )
    except NotAllowed as refused:
        messages.error(request, refused.why)
        return redirect("allocation:cycle", pk)
    return redirect("web:job", run.job_id)


@for_members
def what_if(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask what a plan would be if one thing were otherwise. It is compared, and never accepted."""
    found = load(WHOLE, pk, actor=request.actor, may=policy.propose)
    stated = queries.state_problem(found, on=today_in(request.network, request.now), at=request.now)
    form = WhatIfForm(request.POST or None, people=screens.who_might_lead(stated))
    if request.method == "POST" and form.is_valid():
        said = {"seconds": form.cleaned_data["seconds"], "by": request.user, "at": request.now}
        keep = queries.newest_of(found)
        try:
            run = actions.propose(cycle=found, keep=keep, supposed=form.supposed(), **said)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            return redirect("web:job", run.job_id)
    context = {"cycle": found, "form": form}
    return page(request, "allocation/what_if.html", context, status=422 if form.errors else 200)


@of_network
def explained(request: NetworkRequest) -> HttpResponse:
    """How plans come about, in plain words, with what this network has set. For everybody."""
    context = {
        "limits": preparing.limits_in_words(request.network),
        "own": preparing.own_communities(request.network, request.actor),
    }
    return page(request, "allocation/explained.html", context)


@for_members
@require_POST
def stop(request: MemberRequest, pk: int) -> HttpResponse:
    """End a search early: the best plan so far is kept."""
    run = load(RUN, pk, actor=request.actor, may=policy.stop)
    try:
        actions.stop(run=run, by=request.user, at=request.now)
    except NotAllowed as refused:
        messages.error(request, refused.why)
    else:
        messages.success(request, _("The search ends. If it has found a plan, that plan is kept."))
    return redirect("allocation:cycle", run.cycle_id)
