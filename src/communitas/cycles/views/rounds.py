"""The list of cycles, a new one, its settings, opening and closing."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communitas.cycles import actions, policy, queries
from communitas.cycles.forms import CycleForm, new_cycle
from communitas.cycles.models import Cycle
from communitas.cycles.queries.rounds import cycles_of
from communitas.cycles.rules.rounds import as_settings
from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.kit.prepared import Finder
from communitas.members.http import MemberRequest, for_members

WHOLE = Finder(lambda: Cycle.objects.select_related("network__tenant", "edition__standard_set"))


@for_members
def cycles(request: MemberRequest) -> HttpResponse:
    """Every cycle of the network, newest first."""
    policy.list_cycles.require(request.actor, request.network)
    return page(request, "cycles/cycles.html", {"cycles": cycles_of(request.network)})


@for_members
def new(request: MemberRequest) -> HttpResponse:
    """Begin a cycle, with what the network usually does filled in."""
    policy.open_cycle.require(request.actor, request.network)
    form = new_cycle(request.network, queries.today_in(request.network, request.now), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cycle = actions.open_cycle(network=request.network, by=request.user, at=request.now, **form.cleaned_data)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, _("The %(name)s cycle has begun. Now enrol communities.") % {"name": cycle.name})
            return redirect("cycles:enrol", cycle.pk)
    return page(request, "cycles/cycle_form.html", {"form": form})


@for_members
def settings(request: MemberRequest, pk: int) -> HttpResponse:
    """Change a cycle's name, dates and windows."""
    cycle = load(WHOLE, pk, actor=request.actor, may=policy.edit_cycle)
    initial = {
        "name": cycle.name,
        "opens_on": cycle.opens_on,
        "closes_on": cycle.closes_on,
        "edition": cycle.edition_id,
    }
    initial |= as_settings(queries.windows_of_cycle(cycle))
    form = CycleForm(request.network, request.POST or None, initial=initial)
    del form.fields["edition"]
    if request.method == "POST" and form.is_valid():
        try:
            count = actions.set_windows(cycle=cycle, by=request.user, at=request.now, **form.cleaned_data)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, _("Saved. %(count)s enrolments have new dates.") % {"count": count})
            return redirect("cycles:cockpit", cycle.pk)
    return page(request, "cycles/cycle_form.html", {"form": form, "cycle": cycle})


@for_members
def turn(request: MemberRequest, pk: int) -> HttpResponse:
    """Open a planned cycle, close an open one, or open a closed one again. GET asks first."""
    cycle = load(WHOLE, pk, actor=request.actor, may=policy.close_cycle)
    if request.method == "POST":
        try:
            _turn(request, cycle)
        except NotAllowed as refused:
            messages.error(request, refused.why)
            return redirect("cycles:turn", cycle.pk)
        messages.success(request, _("The %(name)s cycle is now %(state)s.") % _now(cycle))
        return redirect("cycles:cockpit", cycle.pk)
    return page(request, "cycles/turn.html", {"cycle": cycle, "under_way": queries.under_way(cycle)})


def _turn(request: MemberRequest, cycle: Cycle) -> None:
    if cycle.state == Cycle.State.PLANNED:
        actions.begin_cycle(cycle=cycle, by=request.user, at=request.now)
    elif cycle.state == Cycle.State.OPEN:
        actions.close_cycle(cycle=cycle, by=request.user, at=request.now)
    else:
        reason = request.POST.get("reason", "")
        actions.reopen_cycle(cycle=cycle, reason=reason, by=request.user, at=request.now)


def _present(cycle: Cycle) -> dict[str, Any]:
    named = {"name": cycle.name, "opens_on": cycle.opens_on, "closes_on": cycle.closes_on}
    return named | as_settings(queries.windows_of_cycle(cycle))


def _now(cycle: Cycle) -> dict[str, str]:
    return {"name": cycle.name, "state": cycle.get_state_display()}
