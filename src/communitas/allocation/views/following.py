"""The office's page of the seats of one visit: who follows when one falls empty, and who keeps the day free."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communitas.allocation import actions, policy
from communitas.allocation.forms import ReserveForm, SeatForm
from communitas.allocation.models import Offer, Reserve
from communitas.allocation.queries import following, preparing, seats_screen
from communitas.cycles.queries import today_in
from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.kit.prepared import Finder
from communitas.members.http import MemberRequest, for_members
from communitas.visits.queries import visit as visit_named

RESERVES = Finder(lambda: Reserve.objects.select_related("account", "visit__enrolment__cycle__network__tenant"))


@for_members
def seats(request: MemberRequest, pk: int) -> HttpResponse:
    """The seats of a visit, what was offered to whom, reserves, and for one seat who could keep the day free."""
    found = load(visit_named, pk, actor=request.actor, may=policy.fill_seats)
    today = today_in(request.network, request.now)
    context = seats_screen.seats_of(found, request.GET.get("seat", ""), on=today, at=request.now)
    return page(request, "allocation/seats.html", {"visit": found, **context})


@for_members
@require_POST
def ask_next(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask whoever follows onto an empty seat."""
    found, form = load(visit_named, pk, actor=request.actor, may=policy.fill_seats), SeatForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose a seat."))
        return redirect("allocation:seats", pk)
    try:
        offer = actions.ask_next(visit=found, by=request.user, at=request.now, **form.cleaned_data)
    except NotAllowed as refused:
        messages.error(request, refused.why)
    else:
        say = messages.warning if offer.how == Offer.How.NOBODY else messages.success
        say(request, following.in_words(offer))
    return redirect("allocation:seats", pk)


@for_members
@require_POST
def stop_asking(request: MemberRequest, pk: int) -> HttpResponse:
    """Let nobody new be asked by itself for this visit."""
    words = _("For this visit you ask yourselves from now on. Reserves are still called.")
    return _done(request, pk, actions.stop_asking, words)


@for_members
@require_POST
def go_on_asking(request: MemberRequest, pk: int) -> HttpResponse:
    """Let the next person be asked by itself again."""
    return _done(request, pk, actions.go_on_asking, _("The next person is asked by itself again."))


@for_members
@require_POST
def ask_reserve(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask somebody to keep the day free."""
    form = ReserveForm(request.POST)
    asked = form.cleaned_data["account"] if form.is_valid() else 0
    account = preparing.reviewer_of(request.network, asked, at=request.now)
    if account is None:
        load(visit_named, pk, actor=request.actor, may=policy.fill_seats)
        messages.error(request, _("Please choose a seat and a person."))
        return redirect("allocation:seats", pk)
    words = _("%(name)s is asked to keep the day free.") % {"name": account.display_name}
    said = {"account": account, "seat": form.cleaned_data["seat"]}
    return _done(request, pk, actions.ask_reserve, words, **said)


@for_members
@require_POST
def release_reserve(request: MemberRequest, pk: int) -> HttpResponse:
    """Let a reserve have the day back."""
    found = load(RESERVES, pk, actor=request.actor, may=policy.release_reserve)
    try:
        actions.release_reserve(reserve=found, by=request.user, at=request.now)
    except NotAllowed as refused:
        messages.error(request, refused.why)
    else:
        messages.success(request, _("The day is theirs again, and they are told."))
    return redirect("allocation:seats", found.visit_id)


def _done(request: MemberRequest, pk: int, act: Any, words: str, **said: Any) -> HttpResponse:
    found = load(visit_named, pk, actor=request.actor, may=policy.fill_seats)
    try:
        act(visit=found, by=request.user, at=request.now, **said)
    except NotAllowed as refused:
        messages.error(request, refused.why)
    else:
        messages.success(request, words)
    return redirect("allocation:seats", pk)
