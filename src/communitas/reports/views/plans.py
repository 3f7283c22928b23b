"""The action plan in the browser: the plan of a community, one action with its history, and the list of all.

How actions go on stands in `moving`, what shows it in `proofs`.
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communitas.cycles.queries import today_in
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.reports import actions, policy, queries
from communitas.reports.forms import ActionForm, CarryForm
from communitas.reports.forms.plan import initial_of
from communitas.reports.models import Action
from communitas.reports.views.asking import action_for, attempt, attempt_form, enrolment_for, only_posted
from communitas.reports.views.lists import action_list
from communitas.reports.views.planning import action_page, plan_page


@require_safe
@for_members
def actions_list(request: MemberRequest) -> HttpResponse:
    """Every action that this person may read: the office all, a community its own."""
    mine = queries.actions().filter(enrolment__cycle__network=request.network)
    mine = policy.read_action.visible(mine, request.actor)
    spec = action_list(today_in(request.network, request.now))
    if spec.wants_download(request):
        return spec.download(mine, request)
    oversees = policy.oversee_plans.allows(request.actor, request.network)
    return page(
        request, "reports/actions.html", {"listing": spec.read(mine, request), "oversees": oversees}, partial="list"
    )


@require_safe
@for_members
def plan(request: MemberRequest, pk: int) -> HttpResponse:
    """A community's plan: each area for improvement with what is done about it."""
    enrolment = enrolment_for(request, pk, policy.read_plan)
    return page(request, "reports/plan.html", plan_page(request, enrolment))


@for_members
def add(request: MemberRequest, pk: int) -> HttpResponse:
    """Plan an action, for an area of the report or of one's own idea."""
    enrolment = enrolment_for(request, pk, policy.write_plan)
    asked = {name: request.GET.get(name, "") for name in ("improvement", "criterion_key")}
    form = ActionForm(request.POST or None, people=queries.writers_of(enrolment, request.now), initial=asked)
    if attempt_form(
        form, lambda data: actions.add_action(enrolment=enrolment, by=request.user, at=request.now, **data)
    ):
        return redirect("reports:plan", enrolment.pk)
    improvement = request.POST.get("improvement", asked["improvement"])
    context = {"enrolment": enrolment, "form": form, "improvement": improvement}
    return page(request, "reports/action_form.html", context, status=422 if form.errors else 200)


@for_members
def carry(request: MemberRequest, pk: int, action: int) -> HttpResponse:
    """Take an action of last time into this plan."""
    only_posted(request)
    enrolment = enrolment_for(request, pk, policy.write_plan)
    older = action_for(request, action, policy.read_action)
    form = CarryForm(request.POST)
    if form.is_valid():
        day = form.cleaned_data["due_on"]
        attempt(
            request,
            lambda: actions.carry_on(action=older, enrolment=enrolment, due_on=day, by=request.user, at=request.now),
            _("Carried on into this plan."),
        )
    return redirect("reports:plan", enrolment.pk)


@for_members
def send(request: MemberRequest, pk: int) -> HttpResponse:
    """Send the plan, which completes the cycle."""
    only_posted(request)
    enrolment = enrolment_for(request, pk, policy.send_plan)
    done = _("Sent. Your community has completed this cycle. Your actions stay here: say how they go on.")
    attempt(request, lambda: actions.send_plan(enrolment=enrolment, by=request.user, at=request.now), done)
    return redirect("reports:plan", enrolment.pk)


@require_safe
@for_members
def action(request: MemberRequest, pk: int) -> HttpResponse:
    """One action: what is planned, how it stands, and everything noted about it."""
    found = action_for(request, pk, policy.read_action)
    return page(request, "reports/action.html", action_page(request, found))


@for_members
def change(request: MemberRequest, pk: int) -> HttpResponse:
    """Change what is planned."""
    found = action_for(request, pk, policy.write_action)
    people = queries.writers_of(found.enrolment, request.now)
    form = ActionForm(request.POST or None, people=people, initial=initial_of(found))
    if attempt_form(form, lambda data: _change(found, data, request)):
        return redirect("reports:action", found.pk)
    context = {"enrolment": found.enrolment, "form": form, "improvement": found.improvement, "action": found}
    return page(request, "reports/action_form.html", context, status=422 if form.errors else 200)


def _change(found: Action, data: dict[str, Any], request: MemberRequest) -> None:
    actions.change_action(
        action=found,
        text=data["text"],
        owner_name=data["owner_name"],
        due_on=data["due_on"],
        no_action_reason=data["no_action_reason"],
        owner=data["owner"],
        by=request.user,
        at=request.now,
    )
