"""The dates that the host offers, and the one that the office locks."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communitas.cycles.queries import today_in
from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.visits import actions, policy, queries
from communitas.visits.forms import DatesForm

MOST = 5  # fields for dates, when the network asks for fewer


@for_members
def dates(request: MemberRequest, pk: int) -> HttpResponse:
    """Offer dates; the office locks one of them here."""
    found = load(queries.visit, pk, actor=request.actor, may=policy.offer_dates)
    asked, offered = queries.offering_of(request.network), queries.offered_dates(found)
    initial = {f"on{number}": one.on for number, one in enumerate(offered, start=1)}
    form = DatesForm(request.POST or None, count=max(asked.dates, min(MOST, asked.dates + 2)), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.offer_dates(visit=found, days=form.days(), by=request.user, at=request.now)
        except NotAllowed as refused:
            form.add_error(None, refused.why)
        else:
            messages.success(request, _("Your dates are offered. The office chooses one and tells everybody."))
            return redirect("visits:dates", pk)
    context = {
        "visit": found,
        "form": form,
        "offered": offered,
        "asked": asked,
        "may_lock": policy.lock_date.allows(request.actor, found),
        "today": today_in(request.network, request.now),
    }
    return page(request, "visits/dates.html", context, status=422 if form.errors else 200)


@require_POST
@for_members
def lock_date(request: MemberRequest, pk: int) -> HttpResponse:
    """Lock one of the offered dates."""
    found = load(queries.visit, pk, actor=request.actor, may=policy.lock_date)
    chosen = next((one for one in found.offered.all() if str(one.pk) == request.POST.get("date")), None)
    if chosen is None:
        raise Http404
    try:
        actions.lock_date(visit=found, offered=chosen, by=request.user, at=request.now)
    except NotAllowed as refused:
        messages.error(request, refused.why)
        return redirect("visits:dates", pk)
    messages.success(request, _("The date is locked, the others are free again, and everybody has been told."))
    return redirect("visits:visit", pk)
