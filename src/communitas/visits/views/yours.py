"""The answer of a person who was asked onto a team."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communitas.cycles.queries import today_in
from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.kit.prepared import Finder
from communitas.members.http import MemberRequest, for_members
from communitas.visits import actions, policy
from communitas.visits.forms import ReasonForm
from communitas.visits.models import TeamPlace
from communitas.visits.rules.answering import has_day_come

PLACES = Finder(lambda: TeamPlace.objects.select_related("account", "visit__enrolment__cycle__network__tenant"))


@require_POST
@for_members
def accept(request: MemberRequest, pk: int) -> HttpResponse:
    """Say yes."""
    place = load(PLACES, pk, actor=request.actor, may=policy.accept_place)
    try:
        actions.accept_place(place=place, by=request.user, at=request.now)
    except NotAllowed as refused:
        messages.error(request, refused.why)
        return redirect("visits:mine")
    messages.success(request, _("Thank you. You are on the team."))
    return redirect("visits:visit", place.visit_id)


@for_members
def decline(request: MemberRequest, pk: int) -> HttpResponse:
    """Say no, with a reason that only the office reads."""
    place = load(PLACES, pk, actor=request.actor, may=policy.decline_place)
    if place.state == TeamPlace.State.ACCEPTED:
        return redirect("visits:withdraw", pk)
    done = _("The office knows and will ask somebody else. Thank you for saying so.")
    return _give_reason(request, place, actions.decline_place, done)


@for_members
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Say after a yes that one cannot come."""
    place = load(PLACES, pk, actor=request.actor, may=policy.decline_place)
    done = _("Thank you for saying so. The office, the community and your lead reviewer know.")
    return _give_reason(request, place, actions.withdraw, done)


def _give_reason(request: MemberRequest, place: TeamPlace, act: Callable[..., None], done: str) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(place=place, by=request.user, at=request.now, **form.cleaned_data)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, done)
            return redirect("visits:mine")
    today = today_in(request.network, request.now)
    context = {"place": place, "form": form, "withdrawing": place.state == TeamPlace.State.ACCEPTED}
    context["on_the_day"] = has_day_come(place.visit.on, today)
    return page(request, "visits/decline.html", context, status=422 if form.errors else 200)
