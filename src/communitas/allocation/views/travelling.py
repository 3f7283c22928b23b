"""The travel and cost sheet: of one visit, of a cycle, and what one person enters."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communitas.allocation import actions, policy
from communitas.allocation.forms import JourneyForm, SettleForm
from communitas.allocation.queries import travelling
from communitas.allocation.queries.facts import travel_of
from communitas.allocation.travel_lists import travel_list
from communitas.allocation.views.studio import WHOLE
from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.visits.models import TeamPlace
from communitas.visits.queries import visit as visit_named


@for_members
def travel(request: MemberRequest, pk: int) -> HttpResponse:
    """Who travels how and arrives when; with what it costs for the office alone."""
    found = load(visit_named, pk, actor=request.actor, may=policy.read_travel)
    costs = policy.read_costs.allows(request.actor, found)
    currency, places = travel_of(request.network).currency, travelling.sheet_of(found)
    spec = travel_list(_("Who travels how"), currency=currency, with_money=costs, with_visits=False)
    if spec.wants_download(request):
        return spec.download(places, request)
    own = next((one for one in places if one.account_id == request.user.pk), None)
    context = {"visit": found, "own": own, "listing": spec.read(places, request)}
    sums = _sums(spec.narrow(places, request), currency) if costs else []
    return page(request, "allocation/travel.html", {**context, "sums": sums}, partial="list")


@for_members
def cycle_travel(request: MemberRequest, pk: int) -> HttpResponse:
    """What journeys cost in all visits of a cycle, for the office."""
    cycle = load(WHOLE, pk, actor=request.actor, may=policy.list_travel)
    currency, places = travel_of(request.network).currency, travelling.sheet_in(cycle)
    name = _("Travel in the %(cycle)s cycle") % {"cycle": cycle.name}
    spec = travel_list(name, currency=currency, with_money=True, with_visits=True)
    if spec.wants_download(request):
        return spec.download(places, request)
    sums = _sums(spec.narrow(places, request), currency)
    context = {"cycle": cycle, "listing": spec.read(places, request), "sums": sums}
    return page(request, "allocation/travel.html", context, partial="list")


@for_members
def journey(request: MemberRequest, pk: int) -> HttpResponse:
    """How one person travels, entered by themselves or by the office."""
    place = load(travelling.place_named, pk, actor=request.actor, may=policy.enter_journey)
    currency = travel_of(request.network).currency
    form = JourneyForm(request.POST or None, initial=_initial(place), currency=currency)
    if request.method == "POST" and form.is_valid():
        try:
            actions.enter_journey(place=place, by=request.user, at=request.now, **form.said())
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, _("Saved. The team and the host see how and when you arrive, and no amounts."))
            return redirect("allocation:journey", pk)
    return _page(request, place, form=form)


@for_members
@require_POST
def settle_journey(request: MemberRequest, pk: int) -> HttpResponse:
    """Agree what is paid, and say when it was."""
    place = load(travelling.place_named, pk, actor=request.actor, may=policy.settle_journey)
    form = SettleForm(request.POST, currency=travel_of(request.network).currency)
    if form.is_valid():
        try:
            actions.settle_journey(place=place, by=request.user, at=request.now, **form.said())
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, _("Saved."))
            return redirect("allocation:journey", pk)
    return _page(request, place, settle=form)


def _page(request: MemberRequest, place: TeamPlace, **forms_said: forms.Form) -> HttpResponse:
    office = policy.settle_journey.allows(request.actor, place)
    there = getattr(place, "journey", None)
    km, currency = travelling.road_of(place), travel_of(request.network).currency
    begun: dict[str, Any] = {"initial": _initial(place), "currency": currency}
    context = {
        "place": place,
        "visit": place.visit,
        "form": forms_said.get("form") or JourneyForm(**begun),
        "settle": (forms_said.get("settle") or SettleForm(**begun)) if office and there else None,
        "journey": there,
        "own": place.account_id == request.user.pk,
        "agreed": travelling.money(there.agreed, currency) if there else "",
        "km": km,
        "drive": travelling.money(travelling.drive_cost(place, km), currency),
        "rate": travelling.rate_in_words(place),
        "history": travelling.before(place),
    }
    wrong = any(form.errors for form in forms_said.values())
    return page(request, "allocation/journey.html", context, status=422 if wrong else 200)


def _initial(place: TeamPlace) -> dict[str, Any]:
    there = getattr(place, "journey", None)
    if there is None:
        return {}
    plain = {name: getattr(there, name) for name in ("mode", "lift_with", "arrives", "overnight", "paid_on")}
    amounts = {name: getattr(there, name) for name in travelling.AMOUNTS}
    return plain | {name: None if pence is None else f"{pence / 100:.2f}" for name, pence in amounts.items()}


def _sums(places: Any, currency: str) -> list[tuple[str, str]]:
    found, words = travelling.totals(places), (_("Expected"), _("Cost"), _("Agreed"))
    return [(label, travelling.money(found[name], currency)) for name, label in zip(found, words, strict=True)]
