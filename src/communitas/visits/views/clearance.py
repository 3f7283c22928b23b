"""Papers for a secure site: what it asks for, and how far each person's are."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.kit.prepared import Finder
from communitas.members import policy as members
from communitas.members.http import MemberRequest, for_members
from communitas.members.models import Community
from communitas.visits import actions, policy, queries
from communitas.visits.forms import ClearanceForm, SiteClearanceForm
from communitas.visits.views.answering import answer_form
from communitas.visits.views.yours import PLACES

COMMUNITIES = Finder(lambda: Community.objects.select_related("network__tenant", "site_clearance"))


@for_members
def record_clearance(request: MemberRequest, pk: int) -> HttpResponse:
    """Record how far somebody's papers are."""
    place = load(PLACES, pk, actor=request.actor, may=policy.record_clearance)
    form = ClearanceForm(request.POST or None)
    return answer_form(
        request,
        place.visit,
        form,
        title=_("Papers of %(name)s") % {"name": place.account.display_name},
        label=_("Record"),
        done=_("Recorded."),
        act=lambda: actions.record_clearance(place=place, by=request.user, at=request.now, **form.cleaned_data),
        note=_("If the site refuses somebody, their seat is free again. They are told that the team has changed."),
    )


@for_members
def site_clearance(request: MemberRequest, pk: int) -> HttpResponse:
    """What a secure site asks of everybody who comes."""
    found = load(COMMUNITIES, pk, actor=request.actor, may=members.update_profile)
    kept = queries.site_clearance_of(found)
    initial = {"weeks": kept.weeks, "words": kept.words} if kept else {"weeks": 0}
    form = SiteClearanceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.change_site_clearance(community=found, by=request.user, at=request.now, **form.cleaned_data)
        messages.success(request, _("Saved. Teams that exist stay as they are."))
        return redirect("members:community", pk)
    context = {"form": form, "community": found}
    return page(request, "visits/site_clearance.html", context, status=422 if form.errors else 200)
