"""One visit: its page, its date, what the team needs to know."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from communitas.cycles.models import Enrolment
from communitas.cycles.queries import today_in
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.visits import actions, policy, queries
from communitas.visits.forms import DateForm, PlanForm, PracticalForm, ReasonForm
from communitas.visits.views.answering import act_and_return, answer_form
from communitas.visits.views.showing import visit_context


@for_members
def visit(request: MemberRequest, pk: int) -> HttpResponse:
    """The page of a visit, for the host, the team and the office."""
    found = load(queries.visit, pk, actor=request.actor, may=policy.read)
    return page(request, "visits/visit.html", visit_context(found, request.actor, request.user, request.now))


@for_members
def plan(request: MemberRequest, pk: int) -> HttpResponse:
    """Plan the visit of an enrolment, or go to the one there is."""
    enrolment = load(
        Enrolment.objects.select_related("cycle__network__tenant"), pk, actor=request.actor, may=policy.create
    )
    there = queries.visits().filter(enrolment=enrolment).first()
    if there:
        return redirect("visits:visit", there.pk)
    form = PlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        planned = actions.plan(enrolment=enrolment, by=request.user, at=request.now, **form.cleaned_data)
        messages.success(request, _("The visit is planned. Now ask people onto the team."))
        return redirect("visits:visit", planned.pk)
    context = {"form": form, "enrolment": enrolment, "title": _("Plan the visit"), "label": _("Plan the visit")}
    return page(request, "visits/form.html", context, status=422 if form.errors else 200)


@for_members
def set_date(request: MemberRequest, pk: int) -> HttpResponse:
    """Set or move the date."""
    found = load(queries.visit, pk, actor=request.actor, may=policy.lock_date)
    form = DateForm(request.POST or None, initial={"on": found.on})
    again = found.state == found.State.POSTPONED

    def act() -> None:
        words = {"visit": found, "on": form.cleaned_data["on"], "by": request.user, "at": request.now}
        if again:
            actions.plan_again(**words)
        else:
            actions.set_date(reason=form.cleaned_data["reason"], **words)

    return answer_form(
        request,
        found,
        form,
        title=_("Date of the visit"),
        label=_("Set the date"),
        done=_("The date is set."),
        act=act,
        note=_("Every due date of this community is counted from the date of its visit."),
    )


@for_members
def practical(request: MemberRequest, pk: int) -> HttpResponse:
    """The form of the visit, where to come, and what the team needs to know."""
    found = load(queries.visit, pk, actor=request.actor, may=policy.edit_practical)
    fields = ("form", "place", "starts", "ends", "link", "practical")
    form = PracticalForm(request.POST or None, initial={field: getattr(found, field) for field in fields})
    return answer_form(
        request,
        found,
        form,
        title=_("What the team needs to know"),
        label=_("Save"),
        done=_("Saved. The team sees it on the page of the visit."),
        act=lambda: actions.change_practical(visit=found, by=request.user, at=request.now, **form.cleaned_data),
    )


@for_members
def postpone(request: MemberRequest, pk: int) -> HttpResponse:
    """Postpone the visit with a reason."""
    found = load(queries.visit, pk, actor=request.actor, may=policy.postpone)
    form = ReasonForm(request.POST or None)
    return answer_form(
        request,
        found,
        form,
        title=_("Postpone the visit"),
        label=_("Postpone the visit"),
        done=_("The visit is postponed. Set a new date when there is one."),
        act=lambda: actions.postpone(visit=found, by=request.user, at=request.now, **form.cleaned_data),
        note=_("The date is taken away and the due dates wait. The team stays."),
    )


@for_members
def cancel(request: MemberRequest, pk: int) -> HttpResponse:
    """Cancel the visit with a reason."""
    found = load(queries.visit, pk, actor=request.actor, may=policy.postpone)
    form = ReasonForm(request.POST or None)
    return answer_form(
        request,
        found,
        form,
        title=_("Cancel the visit"),
        label=_("Cancel the visit"),
        done=_("The visit is cancelled. What was written stays."),
        act=lambda: actions.cancel(visit=found, by=request.user, at=request.now, **form.cleaned_data),
        note=_("A cancelled visit cannot be planned again. To move it to another day, postpone it."),
    )


@require_POST
@for_members
def hold(request: MemberRequest, pk: int) -> HttpResponse:
    """Record that the visit took place."""
    found = load(queries.visit, pk, actor=request.actor, may=policy.close)
    today = today_in(found.enrolment.cycle.network, request.now)

    def act() -> None:
        actions.hold(visit=found, by=request.user, at=request.now, today=today)

    return act_and_return(request, found, act, str(_("Recorded: the visit took place.")))
