"""Lists of visits: the office's, and a reviewer's own; and what the network sets for its visits."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communitas.cycles.queries import today_in
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.visits import actions, policy, queries
from communitas.visits.forms import SettingsForm
from communitas.visits.lists import VISITS
from communitas.visits.models import TeamPlace
from communitas.visits.queries.settings import SEATS, settings_of
from communitas.visits.rules.visit import EDITABLE_STATES


@for_members
def visit_list(request: MemberRequest) -> HttpResponse:
    """Every visit of the network, for the office."""
    policy.list_visits.require(request.actor, request.network)
    visits = queries.visits().filter(enrolment__cycle__network=request.network).prefetch_related("places").distinct()
    visits = queries.in_time(visits, today_in(request.network, request.now))
    if VISITS.wants_download(request):
        return VISITS.download(visits, request)
    return page(request, "visits/list.html", {"listing": VISITS.read(visits, request)}, partial="list")


@for_members
def mine(request: MemberRequest) -> HttpResponse:
    """The visits to which a person was asked, those that wait for an answer first."""
    places = list(queries.my_places(request.user, request.network.pk)[:200])
    context = {
        "asked": [place for place in places if place.state == "asked"],
        "lapsed": _lapsed(places),
        "coming": [place for place in places if place.state == "accepted" and place.visit.state != "closed"],
        "past": [
            {"place": place, "visit": place.visit, "readable": policy.read.allows(request.actor, place.visit)}
            for place in places
            if place.visit.state == "closed" and place.state in {"accepted", "absent"}
        ],
    }
    return page(request, "visits/mine.html", context)


def _lapsed(places: list[TeamPlace]) -> list[TeamPlace]:
    """Places that were freed for want of an answer, while their visits are to come and nobody asked anew."""
    again = {place.visit_id for place in places if place.state in {"asked", "accepted", "absent", "declined"}}
    return [
        place
        for place in places
        if place.state == "lapsed" and place.visit.state in EDITABLE_STATES and place.visit_id not in again
    ]


@for_members
def visit_settings(request: MemberRequest) -> HttpResponse:
    """The seats of teams and the limits of the conflict rules."""
    policy.configure.require(request.actor, request.network)
    current = settings_of(request.network)
    seats = {pathway: current.seats.get(pathway) or usual for pathway, usual in SEATS.items()}
    initial = {name: getattr(current, name) for name in SettingsForm.base_fields}
    form = SettingsForm(request.POST or None, seats=seats, initial=initial)
    if request.method == "POST" and form.is_valid():
        limits = {name: form.cleaned_data[name] for name in initial}
        actions.change_settings(network=request.network, seats=form.seats(), by=request.user, at=request.now, **limits)
        messages.success(request, _("Saved. Teams that exist stay as they are."))
        return redirect("visits:settings")
    return page(request, "visits/settings.html", {"form": form}, status=422 if form.errors else 200)
