"""Reviewers' own pages: their days, where they set out from, where they are needed, and what they have done."""

from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from communitas.allocation import actions, policy
from communitas.allocation.forms import ComeForm, MyBaseForm, MyDaysForm
from communitas.allocation.models import Willing
from communitas.allocation.queries import needed, preparing, saying
from communitas.allocation.rules.saying import Changed
from communitas.allocation.views.showing import days_context, reviewing_context
from communitas.allocation.views.studio import WHOLE
from communitas.cycles.queries import today_in
from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.kit.prepared import Finder
from communitas.members.http import MemberRequest, for_members
from communitas.visits.models import Visit
from communitas.visits.queries import needy_days, settings_of

VISIT = Finder(lambda: Visit.objects.select_related("enrolment__cycle__network__tenant"))
OFFER = Finder(lambda: Willing.objects.select_related("visit__enrolment__cycle__network__tenant"))


@for_members
def my_reviewing(request: MemberRequest) -> HttpResponse:
    """What one has said, where one is needed, and what one has done."""
    policy.list_own.require(request.actor, request.network)
    return page(request, "allocation/my_reviewing.html", reviewing_context(request))


@for_members
def my_days(request: MemberRequest, pk: int) -> HttpResponse:
    """The days of a cycle on which one could visit, and what one says of the cycle as a whole."""
    cycle = load(WHOLE, pk, actor=request.actor, may=policy.say_days)
    today, network = today_in(request.network, request.now), request.network
    mine, wanted = preparing.days_of(network, request.user), needy_days(cycle, today=today)
    asked = saying.days_of_cycle(cycle, today=today, also=mine | wanted)
    taken = saying.taken_days(network, request.user, today=today)
    word, most = saying.word_of(cycle, request.user), settings_of(network).visits_per_reviewer
    first = {name: getattr(word, name, None) for name in ("none", "reason", "note", "most_visits")}
    form = MyDaysForm(request.POST or None, choices=asked, most=most, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            said = actions.say_availability(
                cycle=cycle, asked=asked, by=request.user, at=request.now, **form.cleaned_data
            )
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, _said_back(said))
            return redirect("allocation:my_days", pk)
    context = days_context(cycle, form, asked=asked, mine=mine, wanted=wanted, taken=taken)
    return page(request, "allocation/my_days.html", context, status=422 if form.errors else 200)


@for_members
def my_base(request: MemberRequest) -> HttpResponse:
    """Where one sets out from: one's community, or a point near home."""
    policy.list_own.require(request.actor, request.network)
    base = preparing.base_of(request.network, request.user)
    home = needed.home_of(request.network, request.user, at=request.now)
    first = {"latitude": getattr(base, "latitude", None), "longitude": getattr(base, "longitude", None)}
    start = {"start": "point" if base else "community"}
    form = MyBaseForm(request.POST or None, community=home.name if home else "", initial=first | start)
    if request.method == "POST" and form.is_valid():
        who = request.user
        if form.cleaned_data.pop("start") == "point":
            actions.set_home_base(network=request.network, account=who, by=who, at=request.now, **form.cleaned_data)
        else:
            actions.clear_home_base(network=request.network, account=who, by=who, at=request.now)
        messages.success(request, _("Saved. Plans count your way from there."))
        return redirect("allocation:my_reviewing")
    return page(request, "allocation/my_base.html", {"form": form}, status=422 if form.errors else 200)


@for_members
@require_POST
def come(request: MemberRequest, pk: int) -> HttpResponse:
    """Offer to come to a visit on one of its days."""
    visit, form = load(VISIT, pk, actor=request.actor, may=policy.come), ComeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose a day."))
        return redirect("allocation:my_reviewing")
    try:
        is_new = actions.offer_to_come(visit=visit, on=form.cleaned_data["on"], by=request.user, at=request.now)
    except NotAllowed as refused:
        messages.error(request, refused.why)
    else:
        words = _("Thank you. The office sees your offer and asks you when it suits.")
        messages.success(request, f"{words} {_('The day now stands among your days.')}" if is_new else words)
    return redirect("allocation:my_reviewing")


@for_members
@require_POST
def take_back(request: MemberRequest, pk: int) -> HttpResponse:
    """Take back that one could come."""
    offer = load(OFFER, pk, actor=request.actor, may=policy.own_offer)
    try:
        actions.take_back_offer(offer=offer, by=request.user, at=request.now)
    except NotAllowed as refused:
        messages.error(request, refused.why)
    else:
        messages.success(request, _("Taken back. The day still stands among your days."))
    return redirect("allocation:my_reviewing")


@for_members
@require_POST
def ask_for_days(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask everybody who has said no day to do so, by one mail."""
    cycle = load(WHOLE, pk, actor=request.actor, may=policy.propose)
    try:
        count = actions.ask_for_days(cycle=cycle, by=request.user, at=request.now)
    except NotAllowed as refused:
        messages.error(request, refused.why)
    else:
        words = ngettext("%(count)s person is asked.", "%(count)s people are asked.", count)
        messages.success(request, words % {"count": count})
    return redirect("allocation:reviewers", pk)


def _said_back(said: Changed) -> str:
    """What a saving changed, in words."""
    words = [_("Saved.")]
    if said.added:
        words.append(_("New: %(days)s.") % {"days": _days(said.added)})
    if said.removed:
        words.append(_("No longer: %(days)s.") % {"days": _days(said.removed)})
    return " ".join(words)


def _days(days: Sequence[date]) -> str:
    return ", ".join(date_format(day, "j F") for day in days)
