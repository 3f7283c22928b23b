"""The office's studio: what is missing, one button to have a plan proposed, how the search stands, and the plans."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communitas.allocation import actions, policy, queries
from communitas.allocation.forms import ProposeForm
from communitas.allocation.models import Run
from communitas.cycles.models import Cycle
from communitas.cycles.queries import today_in
from communitas.cycles.queries.rounds import current_cycle
from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.kit.prepared import Finder
from communitas.members.http import MemberRequest, for_members

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
    stated = queries.state_problem(found, on=today_in(request.network, request.now), at=request.now)
    plans = list(queries.plans_of(found)[:50])
    context = {
        "cycle": found,
        "stated": stated,
        "groups": queries.grouped(stated.gaps),
        "hosts": len(stated.content["hosts"]),
        "reviewers": len(stated.content["reviewers"]),
        "run": queries.last_run(found),
        "plans": plans,
        "newest": plans[0] if plans else None,
        "form": ProposeForm(),
        "ready": stated.problem is not None and bool(stated.visits) and found.state != Cycle.State.CLOSED,
    }
    return page(request, "allocation/cycle.html", context)


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
@require_POST
def stop(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a search up."""
    run = load(RUN, pk, actor=request.actor, may=policy.stop)
    try:
        actions.stop(run=run, by=request.user, at=request.now)
    except NotAllowed as refused:
        messages.error(request, refused.why)
    return redirect("allocation:cycle", run.cycle_id)
